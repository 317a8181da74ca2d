from django.db import models
from django.db.models import Q, Sum
from wagtail.models import Locale

from news.models.topic import Topic


class ListQuerySet(models.QuerySet):
    """Rows of one list: those of a language, of a topic or, without one, of everything."""

    def of(self, locale_id: int, topic: Topic | None = None):
        return self.filter(locale=locale_id, **({"topic": topic} if topic else {"topic__isnull": True}))


class ListingQuerySet(ListQuerySet):
    def newest_first(self):
        """A date of the year alone stands last in its year."""
        return self.order_by("-date", "-page")

    def in_period(self, year: int, month: int | None = None):
        """Return the rows dated in `year` ("2023…") or in its `month` ("2023-03…"): a range that the index serves."""
        if month is None:
            return self.filter(date__gte=f"{year:04d}", date__lt=f"{year + 1:04d}")
        after = f"{year:04d}-{month + 1:02d}" if month < 12 else f"{year + 1:04d}"
        return self.filter(date__gte=f"{year:04d}-{month:02d}", date__lt=after)

    def before(self, date: str, pk: int):
        """Return what stands after the item of `date` and key `pk`, the nearest first."""
        # The first condition says nothing new, but is a bound that an index is entered at.
        return self.filter(Q(date__lte=date), Q(date__lt=date) | Q(page__lt=pk)).newest_first()

    def after(self, date: str, pk: int):
        """Return what stands before the item of `date` and key `pk`, the nearest first."""
        return self.filter(Q(date__gte=date), Q(date__gt=date) | Q(page__gt=pk)).order_by("date", "page")


class Listing(models.Model):
    """A published news item in one list of its language: that of everything, or that of a topic.

    It repeats what stands on three tables (date, language and public state, topics), so that one index serves each list in its
    order, however many items there are. `news.listing` keeps it in step.
    """

    page = models.ForeignKey("news.NewsPage", on_delete=models.CASCADE, related_name="listings")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    date = models.CharField(max_length=10)

    objects = ListingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        # The list of everything has an index of its own: PostgreSQL takes no order from one after a column that is null.
        indexes = [
            models.Index(fields=["locale", "date", "page"], condition=Q(topic__isnull=True), name="news_of_all_topics"),
            models.Index(fields=["topic", "locale", "date", "page"], name="news_of_a_topic"),
        ]

    def __str__(self):
        return f"{self.date} {self.page_id}"


class ListingCountQuerySet(ListQuerySet):
    def filled(self):
        return self.filter(number__gt=0)

    def total(self) -> int:
        return self.aggregate(total=Sum("number"))["total"] or 0


class ListingCount(models.Model):
    """How many items a list has in `period`, a month ("2023-03") or, for those dated by the year alone, a year ("2023")."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    period = models.CharField(max_length=7)
    number = models.IntegerField()

    objects = ListingCountQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "period"], condition=Q(topic__isnull=True), name="one_count_of_all_topics"
            ),
            models.UniqueConstraint(fields=["topic", "locale", "period"], name="one_count_of_a_topic"),
        ]

    def __str__(self):
        return f"{self.period}: {self.number}"
