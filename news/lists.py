"""The lists of published news, newest first: counted from kept counts, read part by part through an index."""

from dataclasses import dataclass

from news.models.listing import Listing, ListingCount
from news.models.news import NewsPage
from news.selection import Selection

EVERYTHING = Selection()


@dataclass(frozen=True)
class NewsList:
    """The published items of a language that belong to `selection`: what a paginator counts and slices."""

    locale_id: int
    selection: Selection = EVERYTHING

    def count(self) -> int:
        return self._counts().total()

    def exists(self) -> bool:
        return self._counts().filled().exists()

    def _counts(self):
        return ListingCount.objects.of(self.locale_id, self.selection.topic).filter(period__startswith=self.selection.period)

    def __getitem__(self, part: slice):
        """Return the pages in `part` of the list, as cards."""
        listings = self.selection.of(Listing.objects.of(self.locale_id, self.selection.topic)).newest_first()
        return NewsPage.objects.for_cards().filter(pk__in=listings[part].values("page"))
