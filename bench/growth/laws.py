"""What grows by a law of the thing: the kinds of page with the reason, by the figure that grows."""

COUNTED = "it tells how many there are of each kind: every hit of the full-text index is read"
BASES = "how many bases each choice leaves is counted anew from all of them after a change of one"
PARTS = "it names every part, found by one look-up each"
ADDRESSES = "it holds every address of its part: up to 5,000 pages, and all bases in both languages"
OWN_TEXT = "the names of all bases are looked through for the reader's text, in no index"

FILLED = "with few items a month is a short page; one that is full, with 12, costs the same however many follow"

SEARCH = {
    "search": COUNTED,
    "search, a common word": COUNTED,
    "search, a common word, by date": COUNTED + ", and put in order by its date",
}
PUBLIC = SEARCH | {"sitemap.xml": PARTS, "sitemap, a part": ADDRESSES, "directory, by text": OWN_TEXT}
PUBLIC |= {"archive: a month": FILLED}

LAWS: dict[str, dict[str, str]] = {
    "warm": PUBLIC | {"explorer, search": COUNTED},
    "first": PUBLIC | {"directory": BASES, "directory, page 3": BASES, "directory, a kind": BASES},
}
