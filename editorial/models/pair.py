from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from core.languages import CHINESE, LANGUAGES, Language
from editorial.gravity import Gravity
from editorial.texts import Statement, from_json

TEXTS = ("says_zh", "says_en", "agreed_zh", "agreed_en", "ties")


class PairQuerySet(models.QuerySet):
    def listed(self):
        """Leave the texts in the database, and join what a list shows."""
        return self.defer(*TEXTS).select_related("page_zh", "page_en", "content_type", "declared_by")

    def lacking(self, *languages: Language):
        """Return the pairs whose text in one of `languages` is missing or behind."""
        found = models.Q(pk__in=[])
        for language in languages:
            found |= models.Q(**{f"behind_{language.prefix}__gt": Gravity.NONE})
            found |= models.Q(state=Pair.State.MISSING, **{f"has_{language.prefix}": False})
        return self.filter(found, urgency__gt=Gravity.NONE)

    def of_gravity(self, gravity: Gravity):
        """Return the pairs whose gravest change is of `gravity`."""
        return self.annotate(gravest=Greatest("behind_zh", "behind_en")).filter(gravest=gravity)

    def gravest_first(self):
        """Grave ones first, then what is missing, then the rest; each with what changed last in front."""
        return self.order_by("-urgency", "-changed_at", "pk")


class Pair(models.Model):
    """A page and its counterpart, or a record, with what each language says and what it said when both were agreed to say the
    same.

    A text counts as it stands in the newest version, published or not. Nothing here goes by time: the state follows from the
    texts alone.
    """

    class State(models.TextChoices):
        MISSING = "missing", gettext_lazy("missing in one language")
        IN_PROGRESS = "in-progress", gettext_lazy("in progress")
        IN_LINE = "in-line", gettext_lazy("in line")
        DRIFTED = "drifted", gettext_lazy("drifted")

    #: "page:<translation key>" or "bases.base:<primary key>"
    subject = models.CharField(max_length=120, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, verbose_name=gettext_lazy("kind"), on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, editable=False)  # of a record; pages have their own columns
    page_zh = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    page_en = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    title_zh = models.CharField(gettext_lazy("Chinese title"), max_length=255, blank=True)
    title_en = models.CharField(gettext_lazy("English title"), max_length=255, blank=True)
    has_zh = models.BooleanField(default=False)
    has_en = models.BooleanField(default=False)
    says_zh = models.JSONField(default=list)
    says_en = models.JSONField(default=list)
    agreed_zh = models.JSONField(null=True)
    agreed_en = models.JSONField(null=True)
    ties = models.JSONField(default=list)  # of blocks matched by hand: [[ids in Chinese], [ids in English]]
    state = models.CharField(gettext_lazy("state"), max_length=12, choices=State, default=State.MISSING)
    behind_zh = models.PositiveSmallIntegerField(gettext_lazy("Chinese behind in"), choices=Gravity, default=Gravity.NONE)
    behind_en = models.PositiveSmallIntegerField(gettext_lazy("English behind in"), choices=Gravity, default=Gravity.NONE)
    #: the gravity of what is behind; what is missing counts as ordinary: set with the state, for an index in the desk's order
    urgency = models.PositiveSmallIntegerField(default=Gravity.NONE, editable=False)
    changed_at = models.DateTimeField(gettext_lazy("text last changed"), auto_now_add=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("declared in line by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="declared_pairs",
    )
    declared_at = models.DateTimeField(gettext_lazy("declared in line"), null=True)

    objects = PairQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # a page is not in use because it has a pair

    class Meta:
        verbose_name = gettext_lazy("pair of texts")
        verbose_name_plural = gettext_lazy("pairs of texts")
        default_permissions = ()
        indexes = [
            models.Index(fields=["-urgency", "-changed_at", "id"], name="pairs_gravest_first"),
            models.Index(fields=["state"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self):
        return self.title_zh or self.title_en or self.subject

    @property
    def standing(self) -> str:
        """The state in words, with the language that is missing where one of them is."""
        missing = [language for language in LANGUAGES if not self.has(language)]
        if self.state == self.State.MISSING and len(missing) == 1:
            return _("%(language)s is missing") % {"language": missing[0].label}
        return str(self.get_state_display())

    @property
    def is_of_pages(self) -> bool:
        return self.object_id is None

    @property
    def gravity(self) -> Gravity:
        return Gravity(max(self.behind_zh, self.behind_en))

    def title_in(self, language: Language) -> str:
        return getattr(self, f"title_{language.prefix}")

    def page_in(self, language: Language) -> Page | None:
        return self.page_zh if language is CHINESE else self.page_en

    def has(self, language: Language) -> bool:
        return getattr(self, f"has_{language.prefix}")

    def says(self, language: Language) -> list[Statement]:
        return from_json(getattr(self, f"says_{language.prefix}"))

    def agreed(self, language: Language) -> list[Statement] | None:
        """Return the text as it was when both were declared in line, None before that."""
        stored = getattr(self, f"agreed_{language.prefix}")
        return None if stored is None else from_json(stored)

    def behind(self, language: Language) -> Gravity:
        return Gravity(getattr(self, f"behind_{language.prefix}"))

    @property
    def languages_behind(self) -> list[Language]:
        return [language for language in LANGUAGES if self.behind(language)]
