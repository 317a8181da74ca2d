from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface

from core.memory import remembered
from core.models import Record
from core.models.record import TranslatedTabs


class Topic(Record):
    """What news is about: bases, events, people, policy, awards, exchange."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("name_zh_hans"), FieldPanel("description_zh_hans")], heading=TranslatedTabs.CHINESE),
            ObjectList([FieldPanel("name_en"), FieldPanel("description_en")], heading=TranslatedTabs.ENGLISH),
            ObjectList([FieldPanel("slug"), FieldPanel("position")], heading=TranslatedTabs.FACTS),
        ]
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name or self.slug

    @classmethod
    def kept(cls, key: int) -> "Topic":
        """Return the topic with `key` as the process remembers it for all requests."""
        return remembered(("topic", key), lambda: cls.objects.get(pk=key))

    @classmethod
    def public(cls) -> list["Topic"]:
        """Return the topics that readers see, in order, as the process remembers them for all requests."""
        return remembered("topics", lambda: list(cls.objects.live()))

    def findable_dependents(self):
        """Return the news of this topic: search filters it by the topic's slug."""
        return self.news_pages.live()
