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
                FieldRowPanel(
                    [
                        FieldPanel("category"),
                        FieldPanel(
                            "category_basis",
                            help_text=_("“Inferred” when no source says it in so many words; readers are told so."),
                        ),
                    ]
                ),
                FieldPanel("host_type"),
            ],
            heading=_("Kind"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("country"),
                        FieldPanel("province", help_text=_("Empty for a base abroad: it stands beside the atlas.")),
                    ]
                )
            ],
            heading=_("Place"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("year", help_text=_("As the source gives it; empty when no source does.")),
                        FieldPanel(
                            "year_basis",
                            help_text=_(
                                "What happened in that year, as the source says it; “year of the report” where it"
                                " only mentions the base."
                            ),
                        ),
                    ]
                ),
                FieldPanel("accredited_on"),
            ],
            heading=_("Time"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("name_zh_basis"),
                        FieldPanel(
                            "name_en_official", help_text=_("Tick it only where the base itself uses this English name.")
                        ),
                    ]
                ),
                FieldPanel("source_url"),
                FieldPanel("confidence"),
            ],
            heading=_("How sure the facts are"),
        ),
        InlinePanel("evaluations", heading=_("Evaluations"), label=_("Evaluation")),
        MultiFieldPanel(
            [
                FieldPanel("website", help_text=_("The base's own page.")),
                FieldPanel("enquiry_email"),
                FieldPanel("image", help_text=_("A photograph of the base. Without one, a cover is drawn.")),
                FieldPanel(
                    "related_bases", help_text=_("Bases of the same host or of one piece of work; each then names the other.")
                ),
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
