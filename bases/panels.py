"""The forms of the admin for a base and its evaluations."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from core.models.record import TranslatedTabs


def base_panels() -> TabbedInterface:
    def in_language(suffix: str) -> list:
        names = ("name", "short_name", "host", "city", "description", "source", "other_sources")
        return [FieldPanel(f"{name}_{suffix}") for name in names]

    facts = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("category"), FieldPanel("category_basis")]),
                FieldPanel("host_type"),
            ],
            heading=_("Kind"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("country"), FieldPanel("province")])], heading=_("Place")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("year"), FieldPanel("year_basis")]), FieldPanel("accredited_on")], heading=_("Time")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name_zh_basis"), FieldPanel("name_en_official")]),
                FieldPanel("source_url"),
                FieldPanel("confidence"),
            ],
            heading=_("How sure the facts are"),
        ),
        InlinePanel("evaluations", heading=_("Evaluations"), label=_("Evaluation")),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldPanel("enquiry_email"),
                FieldPanel("image"),
                FieldPanel("related_bases"),
                FieldPanel("slug"),
            ],
            heading=_("Page"),
        ),
    ]
    return TabbedInterface(
        [
            ObjectList(in_language("zh_hans"), heading=TranslatedTabs.CHINESE),
            ObjectList(in_language("en"), heading=TranslatedTabs.ENGLISH),
            ObjectList(facts, heading=TranslatedTabs.FACTS),
        ]
    )


def evaluation_panels() -> list:
    return [
        FieldPanel("year"),
        FieldRowPanel([FieldPanel("result_zh_hans"), FieldPanel("result_en")]),
        FieldRowPanel([FieldPanel("source_zh_hans"), FieldPanel("source_en")]),
        FieldPanel("source_url"),
    ]
