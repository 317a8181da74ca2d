from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from bases.models import Base, BaseIndexPage
from core.blocks import AttachmentBlocks, body_field
from core.dependencies import narrowed
from core.findable import Kind
from core.links import WebAddressField
from core.memory import remembered
from core.models import PortalImage, PortalPage
from core.pairing import language_of
from core.partial_dates import PartialDateField, format_partial_date
from core.reading import reading_minutes
from core.roots import path_of
from core.structure import structure_of
from core.visibility import visible
from news.around import around
from news.models.concerned import ConcernedBase
from news.models.topic import Topic
from news.public_record import corrections_of, date_corrections, note_date, note_removals
from news.routes import is_reserved_slug
from news.structured_data import news_article

#: The fields that a link to an item shows, and those that a card or a feed does.
LINK = ("id", "title", "url_path", "date")
CARD = (*LINK, "summary", "lead_image", "locale", "translation_key", "last_published_at")


class NewsQuerySet(PageQuerySet):
    def published(self):
        """Return what readers may see, newest first; a date of the year alone stands last in its year."""
        return visible(self).order_by("-date", "-pk")

    def for_links(self):
        """Published items with only what a link to them shows."""
        return self.published().only(*LINK)

    def for_links_of(self, keys):
        """Live items of `keys` with only what a link to them shows, and what tells whether they are public."""
        return self.filter(pk__in=keys, live=True).only(*LINK, "live", "path")

    def for_cards(self):
        """Published items with only what a card or a feed shows."""
        return self.published().only(*CARD).prefetch_related(models.Prefetch("topics", Topic.objects.live()))


class NewsPage(PortalPage):
    """A news item. Its date is the event's (or its report's), as exactly as the source gives it.

    When it was first published here is recorded by the system in `first_published_at`; nobody edits that.
    """

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")

    date = PartialDateField(_("date"), null=True)
    #: Each date that readers have seen here, with the moment (ISO 8601) since when, in their order; written by `save` alone.
    shown_dates = models.JSONField(default=list, editable=False)
    date_note = models.CharField(
        _("about the date"), max_length=200, blank=True, help_text=_("For instance: date of the university's announcement.")
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=255, blank=True)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.HIGH)
    author = models.CharField(_("author"), max_length=100, blank=True)
    editor = models.CharField(_("editor"), max_length=100, blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="news_pages")
    bases = models.ManyToManyField(
        Base, verbose_name=_("bases concerned"), through=ConcernedBase, blank=True, related_name="news_pages"
    )
    lead_image = models.ForeignKey(
        PortalImage, verbose_name=_("lead picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = body_field()
    attachments = StreamField(AttachmentBlocks(), verbose_name=_("attachments"), blank=True)

    objects = PageManager.from_queryset(NewsQuerySet)()

    # The bases are copied with the links in `concerned_bases`; a copy was never public.
    exclude_fields_in_copy = ["bases", "shown_dates"]

    is_published_in_pairs = True
    search_kind = Kind.NEWS
    search_prefetch = ("topics", "concerned_bases__base")
    column_type = _("News reports")
    template = "pages/news.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("date"),
                        FieldPanel(
                            "place",
                            help_text=_(
                                "Where it happened, by the name that readers would look for, such as Qinhuangdao, Hebei."
                            ),
                        ),
                    ]
                ),
                FieldPanel("date_note"),
            ],
            heading=_("When and where"),
        ),
        FieldPanel(
            "lead_image",
            help_text=_("Shown above the text and in lists. Without one, a cover is drawn from the title and the topic."),
        ),
        FieldPanel("body", help_text=_("Built from blocks. Headings make the list of contents of a long page.")),
        FieldPanel(
            "attachments", help_text=_("Documents that readers may download; their kind and size are shown beside them.")
        ),
        MultiFieldPanel(
            [
                FieldPanel("source", help_text=_("Who published it first, in the language of this page.")),
                FieldPanel("source_url", help_text=_("Where a reader can check it.")),
                FieldPanel("confidence", help_text=_("How sure the facts are. Below “high”, readers are told so.")),
                FieldRowPanel([FieldPanel("author"), FieldPanel("editor")]),
            ],
            heading=_("Source"),
        ),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        MultipleChooserPanel("concerned_bases", chooser_field_name="base", heading=_("Bases concerned"), label=_("base")),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["date"])]

    def save(self, *args, update_fields=None, **kwargs):
        """Save the page, and keep what changes of what readers have seen; a draft of a public page saves some fields only."""
        if update_fields is not None:
            super().save(*args, update_fields=update_fields, **kwargs)
            return
        was_public = self.pk is not None and self.first_published_at is not None
        corrections = corrections_of(self) if was_public else set()
        if self.live:
            note_date(self)
        super().save(*args, **kwargs)
        if was_public:
            note_removals(self, corrections)

    save.alters_data = True

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.shown_dates = self.shown_dates
        return page

    def clean(self):
        super().clean()
        if is_reserved_slug(self.slug):
            message = _("“%(slug)s” is an address of the news list itself; choose another slug.")
            raise ValidationError({"slug": message % {"slug": self.slug}})

    def suggested_slug(self) -> str:
        slug = super().suggested_slug()
        return f"news-{slug}" if is_reserved_slug(slug) else slug

    def get_context(self, request, *args, **kwargs):
        directory = structure_of(request).page_of_type(BaseIndexPage, language_of(self))
        context = super().get_context(request, *args, **kwargs)
        beside = self.beside_the_text()
        return context | {
            "index_path": context["breadcrumb"][-2].path,
            "article": self,
            "structured_data": [news_article(self, beside["corrections"])],
            "date_corrections": date_corrections(self.shown_dates),
            "directory_path": path_of(directory) if directory else "",
            "minutes": reading_minutes(self.body, language_of(self)),
            **beside,
        }

    def beside_the_text(self) -> dict:
        """Return the bases, topics and corrections of the item and what leads on from it; the process remembers them of a page
        that a reader asked for."""
        if self.read_since is None:
            return self._find_beside_the_text()
        return remembered(("beside the text", self.pk), self._find_beside_the_text, self.read_since)

    def _find_beside_the_text(self) -> dict:
        # In a preview the chosen records are not saved yet: their relations are no real querysets.
        # What they are is part of the page: only the records themselves count as read besides.
        with narrowed():
            links, corrections = list(self.concerned_bases.all()), list(self.corrections.all())
            chosen = list(self.topics.values_list("id", flat=True))
        bases = [base for link in links if (base := Base.kept(link.base_id)).live]
        topics = [topic for topic in map(Topic.kept, chosen) if topic.live]
        return {"bases": bases, "topics": topics, "corrections": corrections, **around(self, topics)}

    @property
    def search_date(self) -> str:
        return self.date or ""

    def search_labels(self) -> list[tuple[str, str]]:
        provinces = {link.base.province_id for link in self.concerned_bases.all() if link.base.live} - {None}
        return [("topic", topic.slug) for topic in self.topics.all()] + [("province", code) for code in sorted(provinces)]

    def searchable_text(self) -> str:
        return "\n".join(filter(None, [super().searchable_text(), self.place, self.source]))

    @property
    def shown_date(self) -> str:
        return format_partial_date(self.date or "")

    @property
    def is_uncertain(self) -> bool:
        return self.confidence != self.Confidence.HIGH
