from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from core.findable import Kind
from core.languages import other_language
from core.models import RoutablePortalPage
from core.pairing import alternates_of, language_of
from core.parameters import text_parameter
from core.structure import structure_of
from search.finding import PER_PAGE, Search
from search.question import BY_DATE, Question
from search.suggestions import MAX_LENGTH, suggest
from search.unfound import remember

SLUG = "search"
NEAREST = 5


class SearchPage(RoutablePortalPage):
    """The page on which readers search all pages, bases and documents of its language."""

    column_type = _("Search")
    template = "pages/search.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    suggestions_route = "suggestions/"

    class Meta:
        verbose_name = _("search page")

    def clean(self):
        super().clean()
        if self.slug != SLUG:
            raise ValidationError({"slug": _("The search page stands at “search”.")})

    def suggested_slug(self) -> str:
        return SLUG

    def findables(self):
        """Return nothing: search does not find itself."""
        return []

    def get_sitemap_urls(self, request=None):
        return []

    @path("")
    def results(self, request):
        question = Question(request, language_of(self))
        context = self.get_context(request) | {"question": question, "noindex": True, "question_page": True}
        if question.q:
            context |= self._found(request, question)
        response = self.render(request, context_overrides=context)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @path(suggestions_route)
    def suggestions(self, request):
        typed = text_parameter(request, "q", MAX_LENGTH)
        found = suggest(self._search(request), typed)
        names = [{"title": entry.title, "path": entry.path, "kind": str(entry.kind.label)} for entry in found]
        response = JsonResponse({"suggestions": names}, json_dumps_params={"ensure_ascii": False})
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _search(self, request):
        structure = structure_of(request)
        return Search(structure, structure.home_of(self), language_of(self))

    def _found(self, request, question) -> dict:
        search, own = self._search(request), language_of(self)
        findings = search.find(question.asked())
        count = findings.counts[question.kind] if question.kind else findings.total
        items = Paginator(range(count), PER_PAGE)
        if question.page > (items.num_pages if question.kind else 1):
            raise Http404(f"There is no page {question.page}")
        page = items.page(question.page)
        page.numbers = list(items.get_elided_page_range(question.page, on_each_side=1, on_ends=1))
        if request.method == "GET" and not (findings.total or findings.elsewhere or question.filters):
            remember(question.q, own)
        elsewhere = next((entry for entry in alternates_of(self, request) if entry.language is not own and entry.exists), None)
        for group in findings.groups:
            group.query = question.query(kind=group.kind)
        return {
            "findings": findings,
            "count": count,
            "tabs": [
                {"kind": kind, "count": findings.counts[kind], "query": question.query(kind=kind)}
                for kind in Kind
                if findings.counts[kind]
            ],
            "all_kinds": question.query(kind=""),
            "by_relevance": question.query(sort=""),
            "by_date": question.query(sort=BY_DATE),
            "items": page,
            "elsewhere_path": elsewhere.path + question.query(kind="") if elsewhere else "",
            "elsewhere_language": other_language(own),
            "nearest": search.nearest(question.q, NEAREST) if not findings.total else [],
            "head_title": gettext("%(query)s – search") % {"query": question.q},
        }
