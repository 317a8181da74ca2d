"""A part of the news: everything, a year, a month, or a topic; each has an address and feeds."""

from dataclasses import dataclass

from news.models.topic import Topic


@dataclass(frozen=True)
class Selection:
    year: int | None = None
    month: int | None = None
    topic: Topic | None = None

    @property
    def is_everything(self) -> bool:
        return self.year is None and self.topic is None

    @property
    def is_period(self) -> bool:
        return self.year is not None

    @property
    def period(self) -> str:
        """The year or month as a partial date: "2023" or "2023-03"; "" for other selections."""
        if self.year is None:
            return ""
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @property
    def route(self) -> str:
        """The selection's path below the news list: "2023/03/", "topics/base/", or "" for everything."""
        if self.topic:
            return f"topics/{self.topic.slug}/"
        return self.period.replace("-", "/") + "/" if self.period else ""

    def of(self, listings):
        """Return those rows of the Listing queryset `listings`, of the selection's topic, that stand in its period."""
        return listings.in_period(self.year, self.month) if self.year else listings
