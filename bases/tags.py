"""The tags by which answers depend on which bases there are; bases.touched announces them."""

#: How many public bases each province has, and how many there are abroad.
NUMBERS = "bases:numbers"
#: What the directory shows of the bases: their cards, in their order, and what its facets count.
DIRECTORY = "bases:directory"


def base_at(slug: str) -> str:
    """The public base of a slug, or that there is none."""
    return f"bases:slug:{slug}"


def bases_of(province_id: str | None) -> str:
    """Which public bases are in a province, in their order."""
    return f"bases:province:{province_id}"


def news_about(base_id: int, locale_id: int) -> str:
    """Which news of a language names a base, in its order; announced where the news is."""
    return f"bases:{base_id}:news:{locale_id}"
