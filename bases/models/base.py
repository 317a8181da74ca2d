import babel
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from bases.models.category import BaseCategory
from bases.models.province import Province
from bases.panels import base_panels
from bases.redirects import redirect_old_address
from core.dependencies import narrowed
from core.findable import Findable, FindableRecord, Kind
from core.languages import CHINESE, LANGUAGES, current_language
from core.links import WebAddressField
from core.memory import remembered
from core.models import PortalImage, Record, RecordQuerySet
from core.partial_dates import PartialDateField
from core.pinyin import pinyin_search_text, pinyin_sort_key

CHINA = "CN"


class BaseQuerySet(RecordQuerySet):
    def for_cards(self):
        """Join what a card in a list shows."""
        return self.select_related("category", "province")

    def named_like(self, text: str):
        """Return the bases whose name, host, city (in either language) or pinyin holds `text`."""
        found = Q(pinyin__icontains=text.replace(" ", ""))
        for name in ("name", "short_name", "host", "city"):
            found |= Q(**{f"{name}_zh_hans__icontains": text}) | Q(**{f"{name}_en__icontains": text})
        return self.filter(found)

    def by_name(self, language):
        return self.order_by("sort_key_zh" if language is CHINESE else "sort_key_en", "pk")

    def by_year(self, language):
        """Newest first; bases without a known year last."""
        return self.order_by(F("year").desc(nulls_last=True), "sort_key_zh" if language is CHINESE else "sort_key_en", "pk")


class Base(FindableRecord, Record):
    """A base accredited under the programme, as sources describe it.

    Every doubt is a field: whether the kind is stated or inferred, what the year means, how sure the facts are.
    """

    class Basis(models.TextChoices):
        STATED = "stated", _("stated in the source")
        INFERRED = "inferred", _("inferred")

    class NameBasis(models.TextChoices):
        AS_IN_SOURCE = "as-in-source", _("as in the source")
        COMPOSED = "composed", _("composed from the source")

    class HostType(models.TextChoices):
        UNIVERSITY = "university", _("University")
        PARK = "park", _("Park or zone")
        RESEARCH_INSTITUTE = "research-institute", _("Research institute")
        ORGANISATION = "organisation", _("Organisation")
        ENTERPRISE = "enterprise", _("Enterprise")

    class YearBasis(models.TextChoices):
        ROUND = "round", _("accreditation round")
        REPORTED = "reported", _("year of the report")
        SET_UP = "set-up", _("set up")
        OPENED = "opened", _("opened")
        APPROVED = "approved", _("approved")
        PILOT = "pilot", _("start of the pilot")
        UNVEILED = "unveiled", _("unveiled")
        LAUNCHED = "launched", _("launched")

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("full name"), max_length=200)
    name_zh_basis = models.CharField(
        _("basis of the Chinese name"), max_length=20, choices=NameBasis, default=NameBasis.AS_IN_SOURCE
    )
    name_en_official = models.BooleanField(_("the English name is official"), default=False)
    short_name = models.CharField(_("short name"), max_length=80, help_text=_("As readers call it in a list."))
    category = models.ForeignKey(BaseCategory, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="bases")
    category_basis = models.CharField(_("the kind is"), max_length=10, choices=Basis, default=Basis.STATED)
    host_type = models.CharField(_("type of host"), max_length=20, choices=HostType, blank=True)
    host = models.CharField(_("host"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, default=CHINA, help_text=_("ISO 3166-1 code, such as CN."))
    province = models.ForeignKey(
        Province, verbose_name=_("province"), null=True, blank=True, on_delete=models.PROTECT, related_name="bases"
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    year_basis = models.CharField(_("the year is that of"), max_length=10, choices=YearBasis, blank=True)
    accredited_on = PartialDateField(_("exact date"), blank=True)
    website = WebAddressField(_("website"), max_length=500, blank=True)
    enquiry_email = models.EmailField(
        _("e-mail for enquiries"),
        blank=True,
        help_text=_("Enquiries to this base go there instead of to the programme office. Readers do not see the address."),
    )
    description = models.TextField(_("description"), blank=True)
    image = models.ForeignKey(
        PortalImage, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(_("source"), max_length=255)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)
    other_sources = models.TextField(_("further sources"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.HIGH)
    related_bases = ParentalManyToManyField("self", verbose_name=_("related bases"), blank=True, symmetrical=True)

    # Derived on every save, so that both databases sort and find alike.
    sort_key_zh = models.CharField(max_length=255, editable=False, db_index=True)
    sort_key_en = models.CharField(max_length=255, editable=False, db_index=True)
    pinyin = models.CharField(max_length=500, editable=False)

    objects = BaseQuerySet.as_manager()

    search_prefetch = ("category", "province")
    search_fields = [
        index.AutocompleteField(f"{name}_{suffix}")
        for name in ("name", "short_name", "host", "city")
        for suffix in ("zh_hans", "en")
    ]

    edit_handler = base_panels()

    class Meta:
        verbose_name = _("base")
        verbose_name_plural = _("bases")
        ordering = ["sort_key_zh", "pk"]

    def __str__(self):
        return self.name or self.slug

    def clean(self):
        super().clean()
        errors = {}
        if (self.year is None) != (not self.year_basis):
            errors["year_basis"] = _("Say what the year means, or leave both empty.")
        if self.country == CHINA and self.province_id is None:
            errors["province"] = _("A base in China needs its province.")
        if self.country != CHINA and self.province_id is not None:
            errors["province"] = _("A base abroad has no province.")
        if errors:
            raise ValidationError(errors)

    def derive_sort_keys(self) -> None:
        """Set what sorting and finding go by from the names."""
        chinese = self.short_name_zh_hans or self.name_zh_hans or ""
        self.sort_key_zh = pinyin_sort_key(chinese)
        self.sort_key_en = pinyin_sort_key(self.short_name_en or self.name_en or "")
        self.pinyin = f"{pinyin_search_text(chinese)} {pinyin_search_text(self.name_zh_hans or '')}"[:500]

    def save(self, *args, **kwargs):
        self.derive_sort_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key_zh", "sort_key_en", "pinyin"}
        before = Base.objects.filter(pk=self.pk, live=True).values_list("slug", flat=True).first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before != self.slug:
            redirect_old_address(apps.get_model("bases", "BaseIndexPage"), before, self.slug)

    def get_absolute_url(self) -> str | None:
        """Return the path of the base's page in the active language, None while there is no directory."""
        directory = apps.get_model("bases", "BaseIndexPage").objects.serving(current_language())
        return directory.path_of(f"{self.slug}/") if directory else None

    def get_preview_template(self, request, mode_name):
        return "pages/base.html"

    def get_preview_context(self, request, mode_name):
        # Editors preview a base before its directory is published.
        directories = apps.get_model("bases", "BaseIndexPage").objects.select_related("locale")
        directory = get_object_or_404(directories, locale__language_code=mode_name)
        return super().get_preview_context(request, mode_name) | directory.base_context(request, self)

    def findables(self) -> list[Findable]:
        """Return what search finds the base by, in each language that has a public directory."""
        found = []
        directories = apps.get_model("bases", "BaseIndexPage").objects.live()
        served = set(directories.values_list("locale__language_code", flat=True))
        for language in (language for language in LANGUAGES if language.code in served):
            with translation.override(language.code):
                place = self.province.name if self.province else self.country_name
                kind = (self.category.name, self.category.short_name, str(self.get_host_type_display()))
                facts = [*kind, self.host, place, self.city]
                found.append(
                    Findable(
                        language,
                        Kind.BASES,
                        self.short_name or "",
                        self.name or "",
                        "\n".join(filter(None, [self.description, " · ".join(dict.fromkeys(filter(None, facts)))])),
                        names=self._all_names(),
                        date=self.accredited_on or str(self.year or ""),
                        labels=(("province", self.province_id),) if self.province_id else (),
                    )
                )
        return found

    def _all_names(self) -> tuple[str, ...]:
        names = (
            getattr(self, f"{name}_{suffix}") for suffix in ("zh_hans", "en") for name in ("short_name", "name", "host", "city")
        )
        return tuple(filter(None, names))

    def findable_dependents(self):
        """Return the news that names this base: search filters it by the base's province."""
        return self.news_pages.live()

    @classmethod
    def kept(cls, key: int) -> "Base":
        """Return the base with `key`, and its kind, as the process remembers them for all requests: for a link to it."""

        def find():
            with narrowed(aspect="link"):
                return cls.objects.select_related("category").get(pk=key)

        return remembered(("base", key), find)

    def public_path(self, structure, language) -> str | None:
        directory = structure.page_of_type(apps.get_model("bases", "BaseIndexPage"), language)
        return f"{directory.get_url()}{self.slug}/" if directory else None

    @property
    def is_abroad(self) -> bool:
        return self.country != CHINA

    @property
    def country_name(self) -> str:
        """The country's name in the active language, as Unicode's CLDR has it; the code itself for an unknown one."""
        return territory_name(self.country, current_language())

    @property
    def kind_is_inferred(self) -> bool:
        return self.category_basis == self.Basis.INFERRED

    @property
    def doubt(self) -> str:
        """What the portal must say wherever it names the base: an inferred kind, a confidence below high; else ""."""
        doubts = []
        if self.kind_is_inferred:
            doubts.append(gettext("kind inferred"))
        if self.confidence == self.Confidence.MEDIUM:
            doubts.append(gettext("medium confidence"))
        return gettext("; ").join(doubts)

    def name_in(self, language) -> str:
        return getattr(self, f"name_{language.code.replace('-', '_')}") or ""


def territory_name(code: str, language) -> str:
    """Return the name of a country (ISO 3166-1) in `language`, as Unicode's CLDR has it; the code itself for an unknown one."""
    return babel.Locale.parse(language.code, sep="-").territories.get(code, code)
