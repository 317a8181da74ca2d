"""The one public search: what a stranger may find on this site, in this language."""

from dataclasses import replace

from django.db.models.functions import Substr

from core.findable import Kind
from core.languages import CHINESE, Language
from core.structure import HOME_DEPTH, SiteStructure
from search.backends import planned_for_the_index
from search.findings import Asked, Findings, Group, Hit
from search.highlights import SEARCHED, Piece, pieces, snippet
from search.lookup import Order, Scope, counts, first_ids
from search.models.entry import Entry
from search.paths import paths_of
from search.ranking import rank
from search.understanding import Understood, as_pinyin, respelt, understand
from search.vocabulary import vocabulary

RANKED = 40  # hits of a kind that are put in order by what is read of them; those after are, page by page
CANDIDATES = 8  # of which the best of a group are chosen
GROUP_SIZE = 3
PER_PAGE = 10
OPENING = 120  # characters of a text that are shown where nothing in it matches
LIST_FIELDS = ("content_type_id", "item_id", "page_id", "language", "kind", "title", "summary", "names", "date")


class Search:
    """Searches of one site for one reader: `structure` is the site's, `home` a home page of it."""

    def __init__(self, structure: SiteStructure, home, language: Language):
        self.structure, self.home, self.language = structure, home, language
        self.names = vocabulary()
        hidden = Entry.objects.hidden()
        keys = None if hidden is None else hidden.order_by().values("pk").query.sql_with_params()
        self.scope = Scope(_homes(structure, home), hidden=keys)

    def find(self, asked: Asked) -> Findings:
        """Return the findings; a query that finds nothing in this language is read as pinyin and as misspelt, in the order
        that the language suggests."""
        with planned_for_the_index():
            return self._find(asked)

    def _find(self, asked: Asked) -> Findings:
        findings = self._read(asked)
        if asked.kind and (asked.page - 1) * PER_PAGE >= findings.counts[asked.kind]:
            return findings
        if asked.kind:
            findings.hits = self._hits(findings.understood, self._page(findings, asked))
        elif findings.total:
            findings.groups = self._groups(findings, asked)
        return findings

    def _read(self, asked: Asked) -> Findings:
        """Return the counts of the first reading of the query that finds something in either language, whatever the filters:
        as it stands, with misspelt words mended, as pinyin; of the first one if none does."""
        understood = understand(asked.query, self.names)
        first = self._count(understood, asked)
        if first.total or first.elsewhere or (asked.filters and self._finds(understood)):
            return first
        for reading in (respelt(understood, self.names), as_pinyin(asked.query, self.names)):
            if reading is not None and self._finds(reading):
                return self._count(reading, asked)
        return first

    def _finds(self, understood: Understood) -> bool:
        found = self._count(understood, Asked(understood.query))
        return bool(found.total or found.elsewhere)

    def nearest(self, query: str, limit: int) -> list[str]:
        """Return at most `limit` known names that resemble `query` and find something in this language."""
        found = []
        for name in self.names.like(query, limit * 3):
            if self._count(understand(name, self.names), Asked(name)).total:
                found.append(name)
        return found[:limit]

    def _count(self, understood: Understood, asked: Asked) -> Findings:
        findings = Findings(understood)
        if understood.expression is not None:
            for (language, kind), count in counts(understood.expression, understood.column, self._scope(asked)).items():
                if language == self.language.code:
                    findings.counts[Kind(kind)] = count
                else:
                    findings.elsewhere += count
        return findings

    def _scope(self, asked: Asked) -> Scope:
        return replace(self.scope, labels=asked.filters)

    def first_ids(self, understood: Understood, column: str, asked: Asked, kinds: list[Kind], order: Order, limit: int):
        return first_ids(understood.expression, column, self._scope(asked), self.language.code, kinds, order, limit)

    def _best(self, findings: Findings, asked: Asked, kinds: list[Kind], limit: int, needed: int):
        """Return the best hits of each kind as a dict, put in order by what is read of them: at most `limit` of those whose
        title, names or summary answer the query, and where these are fewer than `needed`, others."""
        understood = findings.understood
        column = "title" if understood.column == "text" else understood.column
        ids = self.first_ids(understood, column, asked, kinds, Order.TITLE, limit)
        wanting = [kind for kind in kinds if len(ids[kind]) < min(needed, findings.counts[kind])]
        if wanting:
            others = self.first_ids(understood, understood.column, asked, wanting, Order.WRITTEN, limit)
            ids |= {kind: list(dict.fromkeys([*ids[kind], *others[kind]]))[:limit] for kind in wanting}
        entries = self.entries([number for kind in kinds for number in ids[kind]])
        best = {kind: [entries[number] for number in ids[kind] if number in entries] for kind in kinds}
        for found in best.values():
            _put_in_order(found, understood)
        return best

    @staticmethod
    def entries(ids: list[int]) -> dict[int, Entry]:
        """Return the entries by their keys, with what a list shows and the `opening` of their texts."""
        found = Entry.objects.only(*LIST_FIELDS).annotate(opening=Substr("text", 1, SEARCHED))
        return {entry.pk: entry for entry in found.filter(pk__in=ids)}

    def _page(self, findings: Findings, asked: Asked) -> list[Entry]:
        kind, start = Kind(asked.kind), (asked.page - 1) * PER_PAGE
        if asked.by_date:
            return self._newest(findings, asked, [kind], slice(start, start + PER_PAGE))[kind]
        best = self._best(findings, asked, [kind], RANKED, RANKED)[kind]
        if start < RANKED:
            return best[start : start + PER_PAGE]
        first, understood = {entry.pk for entry in best}, findings.understood
        ids = self.first_ids(understood, understood.column, asked, [kind], Order.WRITTEN, start + PER_PAGE + RANKED)[kind]
        ids = [number for number in ids if number not in first][start - RANKED : start - RANKED + PER_PAGE]
        found = list(self.entries(ids).values())
        _put_in_order(found, understood)
        return found

    def _newest(self, findings: Findings, asked: Asked, kinds: list[Kind], shown: slice) -> dict[Kind, list[Entry]]:
        """Return the hits of each kind from the newest on, those at `shown`."""
        understood = findings.understood
        ids = self.first_ids(understood, understood.column, asked, kinds, Order.DATE, shown.stop)
        entries = self.entries([number for kind in kinds for number in ids[kind][shown]])
        for entry in entries.values():
            entry.rank = rank(entry, understood)
        return {kind: [entries[number] for number in ids[kind][shown] if number in entries] for kind in kinds}

    def _groups(self, findings: Findings, asked: Asked) -> list[Group]:
        """Return a group for each kind that is found, in the order of their best hits."""
        kinds = list(findings.counts)
        if asked.by_date:
            best = self._newest(findings, asked, kinds, slice(GROUP_SIZE))
        else:
            best = self._best(findings, asked, kinds, CANDIDATES, GROUP_SIZE)
        shown = [entry for found in best.values() for entry in found[:GROUP_SIZE]]
        hits = self._hits(findings.understood, shown)
        groups = [Group(kind, findings.counts[kind], [hit for hit in hits if hit.entry.kind == kind]) for kind in kinds]
        if asked.by_date:
            return sorted(groups, key=lambda group: max((hit.entry.date for hit in group.hits), default=""), reverse=True)
        return sorted(groups, key=lambda group: -max((hit.rank.total for hit in group.hits), default=0.0))

    def _hits(self, understood: Understood, found: list[Entry]) -> list[Hit]:
        """Return `found` as hits; an item that is not public any more is left out."""
        paths = self.paths(found)
        return [self._hit(understood, entry, paths[entry.pk]) for entry in found if entry.pk in paths]

    def paths(self, found: list[Entry]) -> dict[int, str]:
        """Return the path of each entry's item by the entry's key, read from what is public at this moment."""
        return paths_of(found, self.structure, self.home, self.language)

    def _hit(self, understood: Understood, entry: Entry, path: str) -> Hit:
        whole, text = Piece(entry.summary or entry.opening[:OPENING]), entry.opening
        if understood.column == "names":  # found by its sound: none of its letters match
            return Hit(entry, path, [Piece(entry.title)], [whole], entry.rank)
        is_chinese = self.language is CHINESE
        shown = snippet(entry.summary, understood.expression, is_chinese) or snippet(text, understood.expression, is_chinese)
        return Hit(entry, path, pieces(entry.title, understood.expression), shown or [whole], entry.rank)


def _put_in_order(found: list[Entry], understood: Understood) -> None:
    for entry in found:
        entry.rank = rank(entry, understood)
    found.sort(key=lambda entry: (entry.rank.total, entry.date, entry.pk), reverse=True)


def _homes(structure: SiteStructure, home) -> tuple[str, ...]:
    """Return the home paths of the entries of a site, "" for records; () where there is no other site."""
    homes = [page for page in structure.pages if page.depth == HOME_DEPTH]
    own = [page.path for page in homes if page.translation_key == home.translation_key]
    return () if len(own) == len(homes) else ("", *own)
