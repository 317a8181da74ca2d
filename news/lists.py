"""The lists of published news, newest first: counted from kept counts, read part by part through an index."""

from dataclasses import dataclass

from core.memory import remembered
from core.visibility import narrowed_to_public
from news import tags
from news.models.listing import Listing, ListingCount
from news.models.news import NewsPage
from news.selection import Selection

EVERYTHING = Selection()


@dataclass(frozen=True)
class NewsList:
    """The published items of a language that belong to `selection`: what a paginator counts and slices. The process remembers
    the numbers and the parts that it was asked for; all requests share their pages."""

    locale_id: int
    selection: Selection = EVERYTHING

    def count(self) -> int:
        return remembered(("number of news", self), self._read_count)

    def _read_count(self) -> int:
        with narrowed_to_public(self._tag()):
            return self._counts().total()

    def exists(self) -> bool:
        return self.count() > 0

    def _counts(self):
        return ListingCount.objects.of(self.locale_id, self.selection.topic).filter(period__startswith=self.selection.period)

    def __getitem__(self, part: slice) -> list[NewsPage]:
        """Return the pages in `part` of the list, as cards."""
        return remembered(("news", self, part.start, part.stop), lambda: self._read_part(part))

    def _read_part(self, part: slice) -> list[NewsPage]:
        with narrowed_to_public(self._tag(part.stop), aspect="card"):
            return list(self.cards(part))

    def cards(self, part: slice):
        """Return a query for the pages in `part` of the list."""
        listings = self.selection.of(Listing.objects.of(self.locale_id, self.selection.topic)).newest_first()
        return NewsPage.objects.for_cards().filter(pk__in=listings[part].values("page"))

    def _tag(self, stop: int | None = None) -> str:
        """Return the tag of the items before `stop`, of all items without it."""
        if self.selection.is_everything and (stop is None or stop > tags.NEWEST):
            return tags.news_in(self.locale_id)
        return tags.news_of(self.locale_id, self.selection)
