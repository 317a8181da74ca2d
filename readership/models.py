import datetime

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGES

# PostgreSQL and SQLite (3.24 and newer) read this alike.
UPSERT = """
    INSERT INTO readership_dailyviews (path, language, day, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (path, language, day) DO UPDATE SET count = readership_dailyviews.count + EXCLUDED.count
"""


class DailyViewsManager(models.Manager):
    @transaction.atomic
    def add(self, counts: dict[tuple[str, str, datetime.date], int]) -> None:
        """Add to the count of each path, language code and day, all or none; the database does the sum, so that no process
        undoes another's."""
        adapt = connection.ops.adapt_datefield_value
        # In one order everywhere: two processes never wait for each other.
        rows = [(path, language, adapt(day), count) for (path, language, day), count in sorted(counts.items())]
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT, rows)

    def forget_old(self) -> int:
        """Delete the days more than VIEWS_KEPT_DAYS ago and return how many rows there were."""
        oldest = timezone.localdate() - datetime.timedelta(days=settings.VIEWS_KEPT_DAYS)
        return self.filter(day__lt=oldest).delete()[0]


class DailyViews(models.Model):
    """How often a public page was read in a language on a day; nothing about who read it.

    `path` is the address below the language's prefix: "news/yanshan-university-accredited/" for both languages' pages,
    "" for the front pages.
    """

    path = models.CharField(_("address"), max_length=255, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=[(language.code, language.name) for language in LANGUAGES]
    )
    day = models.DateField(_("day"), db_index=True)
    count = models.PositiveIntegerField(_("views"))

    objects = DailyViewsManager()

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views of a day")
        constraints = [models.UniqueConstraint(fields=["path", "language", "day"], name="one_row_per_page_and_day")]

    def __str__(self):
        return f"{self.language} {self.path} {self.day}"


class CountedLog(models.Model):
    """A log of the web server whose views are counted, until the file is removed (readership.mirror_log)."""

    name = models.CharField(max_length=255, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
