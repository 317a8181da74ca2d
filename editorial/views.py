"""A pair in the admin: both languages side by side, and the declaration that they are in line."""

from itertools import chain

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.languages import LANGUAGES, Language
from core.visibility import visible
from editorial.comparing import rows_of, sides_of, what_changed
from editorial.linking import translating_address
from editorial.matching import may_match, ties_of
from editorial.models import Pair
from editorial.naming import NamesInPair
from editorial.pairs import KnownNames, TextsChangedError, declare, subject_of, version_of
from editorial.rights import may_declare, reads_newest, visible_pairs
from editorial.texts import Statement, fields_of, text_of_page, text_of_record
from editorial.wording import Wording
from terminology.register import current_register

LIVE = "live"  # the value of ?text= that shows what readers read


class PairView(WagtailAdminTemplateMixin, TemplateView):
    """Both languages of a pair, as newly written or (`?text=live`) as readers read them; POST declares them in line."""

    page_title = gettext_lazy("Side by side")
    header_icon = "site"
    template_name = "editorial/pair.html"

    @cached_property
    def pair(self) -> Pair:
        pairs = visible_pairs(self.request.user).select_related("page_zh", "page_en", "content_type", "declared_by")
        return get_object_or_404(pairs, pk=self.kwargs["pk"])

    @cached_property
    def item(self):
        item = subject_of(self.pair)
        if item is None:
            raise Http404(f"{self.pair.subject} is gone")
        return item

    @cached_property
    def pages(self) -> dict[Language, object]:
        """The page of each language that has one; of a record nothing."""
        found = {language: self.pair.page_in(language) for language in LANGUAGES}
        return {language: page.specific for language, page in found.items() if page is not None}

    @cached_property
    def hidden(self) -> list[Language]:
        """The languages whose newest version this person may not read yet."""
        return [entry for entry, page in self.pages.items() if not reads_newest(self.request.user, page)]

    @cached_property
    def public(self) -> set[Language]:
        """The languages whose page every reader may read."""
        keys = {page.pk: entry for entry, page in self.pages.items()}
        return {keys[pk] for pk in visible(Page.objects.filter(pk__in=keys)).values_list("pk", flat=True)}

    def get_page_subtitle(self):
        readable = (page for entry, page in self.pages.items() if entry in self.public or entry not in self.hidden)
        return next((page.title for page in readable), "") if self.pair.is_of_pages else str(self.item)

    def get_breadcrumbs_items(self):
        report = {"url": reverse("language_pairs"), "label": _("Language pairs")}
        return [
            *super().get_breadcrumbs_items(),
            report,
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        pair, shows_live = self.pair, self.request.GET.get("text") == LIVE
        texts = {entry: self._text(entry, shows_live or entry in self.hidden) for entry in LANGUAGES}
        editors = self._editors()
        named = NamesInPair(texts, current_register().matcher)
        said = [*chain.from_iterable(texts.values()), *chain.from_iterable(pair.agreed(entry) or () for entry in LANGUAGES)]
        sides = sides_of(pair, texts, KnownNames(), named, editors, Wording(said, self.fields, self.request.user))
        return super().get_context_data(**kwargs) | {
            "pair": pair,
            "rows": [(row, self._label(row)) for row in rows_of(sides, ties_of(pair))],
            "behind": what_changed(sides),
            "unanswered": [name for found in named.unanswered.values() for name in found.values()],
            "columns": [(entry, self.pages.get(entry), editors.get(entry, ""), entry in self.hidden) for entry in LANGUAGES],
            "shows_live": shows_live,
            "may_declare": pair.has_zh and pair.has_en and not shows_live and may_declare(self.request.user, pair),
            "version": version_of(pair),
            "may_match": may_match(self.request.user, pair),
            "translating": self._translating(),
        }

    def _translating(self) -> str:
        """Return the address where a missing translation is begun, "" for who may not and where none is missing."""
        return translating_address(*self.pages.values(), self.request.user) if len(self.pages) == 1 else ""

    @cached_property
    def fields(self) -> dict[str, object]:
        """The fields of the pages or the record, by each name that a text knows them by."""
        if self.pair.is_of_pages:
            return {name: entry for page in self.pages.values() for entry in fields_of(type(page)) for name in _names(entry)}
        return {entry.name: entry for entry in self.item._meta.get_fields()}

    def _text(self, language: Language, only_live: bool) -> list[Statement]:
        if not only_live:
            return self.pair.says(language)
        item = self.pages.get(language) if self.pair.is_of_pages else self.item
        is_shown = language in self.public or language not in self.hidden if self.pair.is_of_pages else True
        if item is None or not item.live or not is_shown:
            return []
        content = item.serializable_data()
        return text_of_page(type(item), content) if self.pair.is_of_pages else text_of_record(type(item), content, language)

    def _editors(self) -> dict[Language, str]:
        """Return the address of the form of each language that this person may open."""
        user = self.request.user
        if self.pair.is_of_pages:
            return {
                entry: reverse("wagtailadmin_pages:edit", args=(page.pk,))
                for entry, page in self.pages.items()
                if page.permissions_for_user(user).can_edit()
            }
        address = reverse(self.item.snippet_viewset.get_url_name("edit"), args=(self.item.pk,))
        return dict.fromkeys(LANGUAGES, address)

    def _label(self, row) -> str:
        """Return what the field of a row is called, in the active language."""
        field = self.fields.get(row.field)
        if field is None:
            return row.field
        return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)

    def post(self, request, *args, **kwargs):
        pair = self.pair
        if not may_declare(request.user, pair):
            raise PermissionDenied
        try:
            declare(pair, request.POST.get("version", ""), request.user)
        except TextsChangedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Both languages of “%s” are declared in line.") % pair)
        return redirect("language_pair", pair.pk)


def _names(field) -> set[str]:
    return {field.name, field.get_accessor_name()} if field.auto_created else {field.name}


def pair_of_page(request, page_id: int):
    """Lead to the pair that a page belongs to."""
    get_object_or_404(Page, pk=page_id)
    for language in LANGUAGES:
        pair = visible_pairs(request.user).filter(**{f"page_{language.prefix}": page_id}).first()
        if pair is not None:
            return redirect("language_pair", pair.pk)
    raise Http404(f"No pair with the page {page_id} can be seen")


def pair_of_record(request, app_label: str, model_name: str, pk: int):
    """Lead to the pair that a record is."""
    pair = get_object_or_404(visible_pairs(request.user), subject=f"{app_label}.{model_name}:{pk}")
    return redirect("language_pair", pair.pk)
