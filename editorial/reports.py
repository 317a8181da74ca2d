"""The report of all pairs, with filters and export."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from core.languages import BY_PREFIX, CHINESE, ENGLISH, LANGUAGES
from core.visibility import visible
from editorial.gravity import Gravity
from editorial.models import Pair
from editorial.rights import may_see_pairs, own_pages, submitted_page_ids, visible_pairs

MOST = 1000  # pairs that are listed at once


def kinds(request=None):
    """Return the kinds of page and record that there are pairs of: one is looked up for each, however many there are."""
    return ContentType.objects.filter(Exists(Pair.objects.order_by().filter(content_type=OuterRef("pk"))))


class PairsPaginator(WagtailPaginator):
    """Counts no further than MOST: of each pair that is counted it is asked whether the person may see it."""

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def is_bounded(self) -> bool:
        return self._found > MOST

    @cached_property
    def count(self) -> int:
        return min(self._found, MOST)

    @cached_property
    def items_count_label(self) -> str:
        label = gettext("The first %(number)s pairs; filters and the download lead to the others")
        return label % {"number": MOST} if self.is_bounded else super().items_count_label


class PairFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Pair.State.choices)
    lacking = django_filters.ChoiceFilter(
        label=_("Missing or behind"),
        choices=lambda: [(language.prefix, language.label) for language in LANGUAGES],
        method="filter_lacking",
    )
    gravity = django_filters.ChoiceFilter(label=_("What has changed"), choices=Gravity.choices[1:], method="filter_gravity")
    content_type = django_filters.ModelChoiceFilter(label=_("Kind"), queryset=kinds)

    class Meta:
        model = Pair
        fields = ["state", "lacking", "gravity", "content_type"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.form.fields["content_type"]
        field.label_from_instance = lambda kind: str(kind.model_class()._meta.verbose_name)

    def filter_lacking(self, pairs, name, value):
        return pairs.lacking(BY_PREFIX[value])

    def filter_gravity(self, pairs, name, value):
        return pairs.of_gravity(Gravity(int(value)))


def title_of_kind(pair: Pair) -> str:
    return str(pair.content_type.model_class()._meta.verbose_name)


def prepared(pairs: list[Pair], user) -> list[Pair]:
    """Set on each pair what lists show of it, in the active language.

    `chinese` and `english` are its titles, of which a draft's own is shown to whom the draft is open.
    """
    ids = {pk for pair in pairs for pk in (pair.page_zh_id, pair.page_en_id) if pk}
    drafts = set(own_pages(user).filter(pk__in=ids).values_list("pk", flat=True)) | submitted_page_ids()
    public = set(visible(Page.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    for pair in pairs:
        for name, language in zip(("chinese", "english"), LANGUAGES, strict=True):
            page, title = pair.page_in(language), pair.title_in(language)
            if page is not None and page.pk not in drafts:
                title = page.title if page.pk in public else ""
            setattr(pair, name, title)
        pair.shown_title = pair.chinese or pair.english or pair.subject
        pair.kind = title_of_kind(pair)
        pair.state_label = pair.standing
        pair.chinese_behind, pair.english_behind = str(pair.get_behind_zh_display()), str(pair.get_behind_en_display())
        pair.declarer = pair.declared_by.get_short_name() if pair.declared_by else ""
    return pairs


class BehindColumn(Column):
    """In what a language is behind the other one, with grave ones marked."""

    cell_template_name = "editorial/behind_cell.html"


class PairsReport(ReportView):
    """Every page and record that stands, or should stand, in both languages. Its states follow from the texts at once."""

    model = Pair
    permission_policy = None
    page_title = _("Language pairs")
    header_icon = "site"
    index_url_name = "language_pairs"
    index_results_url_name = "language_pairs_results"
    filterset_class = PairFilterSet
    paginator_class = PairsPaginator
    results_template_name = "editorial/pairs_results.html"
    is_searchable = False
    verbose_name_plural = _("pairs of texts")
    columns = [
        TitleColumn("shown_title", label=_("Title"), url_name="language_pair", width="26%"),
        Column("english", label=_("English title"), width="20%"),
        Column("kind", label=_("Kind")),
        Column("state", label=_("State"), accessor="standing", sort_key="state"),
        BehindColumn(
            "behind_zh", label=_("Chinese behind in"), accessor=lambda pair: pair.behind(CHINESE), sort_key="behind_zh"
        ),
        BehindColumn(
            "behind_en", label=_("English behind in"), accessor=lambda pair: pair.behind(ENGLISH), sort_key="behind_en"
        ),
        DateColumn("changed_at", label=_("Text changed"), sort_key="changed_at"),
        Column("declarer", label=_("Declared in line by")),
    ]
    list_export = [
        *("chinese", "english", "kind", "state_label", "chinese_behind", "english_behind"),
        *("changed_at", "declarer", "declared_at"),
    ]
    export_headings = {
        "chinese": _("Chinese title"),
        "english": _("English title"),
        "kind": _("Kind"),
        "state_label": _("State"),
        "chinese_behind": _("Chinese behind in"),
        "english_behind": _("English behind in"),
        "changed_at": _("Text changed"),
        "declarer": _("Declared in line by"),
        "declared_at": _("Declared in line"),
    }
    export_filename = "language-pairs"

    def user_has_permission(self, permission):
        return may_see_pairs(self.request.user)

    permission_required = "view"

    def get_base_queryset(self):
        return visible_pairs(self.request.user).listed()

    def order_queryset(self, pairs):
        return pairs.order_by(self.ordering, "pk") if self.ordering else pairs.gravest_first()

    def get_heading(self, queryset, field):
        return self.headings[field]

    def decorate_paginated_queryset(self, pairs):
        # An export is written after the view has answered, when the person's language is active no longer.
        self.headings = {field: str(heading) for field, heading in self.export_headings.items()}
        return prepared(list(pairs), self.request.user)
