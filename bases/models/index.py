from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path
from wagtail.models import PageManager

from bases.atlas import directory_atlas
from bases.counting import KIND_AND_PLACE
from bases.directory import Directory, Question
from bases.exports import as_csv, as_geojson, as_json, dataset
from bases.history import history_of
from bases.models.base import Base
from bases.surroundings import surroundings_of
from bases.tags import DIRECTORY, base_at, news_about
from bases.timeline import directory_timeline
from core.dependencies import narrowed, not_worth_keeping
from core.findable import Kind
from core.languages import LANGUAGES
from core.models import RoutablePortalPage
from core.navigation import Crumb
from core.pairing import alternates_below, alternates_of, language_of
from core.parameters import numbered, paginate
from core.visibility import narrowed_to_public

PER_PAGE = 20
NEWS_SHOWN = 5


def _news_about(base, locale_id: int) -> list:
    with narrowed_to_public(news_about(base.pk, locale_id), aspect="link"):
        return list(base.news_pages.for_links().filter(locale=locale_id)[:NEWS_SHOWN])


def _heading(title: str, directory: Directory, question: Question) -> str:
    """Return `title` with what is chosen in the directory."""
    chosen = [str(option.label) for option in directory.chosen] + ([f"“{question.q}”"] if question.q else [])
    return gettext("%(title)s: %(chosen)s") % {"title": title, "chosen": " · ".join(chosen)} if chosen else title


class BaseIndexManager(PageManager):
    def serving(self, language):
        """Return the live directory of `language`, or None."""
        return self.live().filter(locale__language_code=language.code).select_related("locale").first()


class BaseIndexPage(RoutablePortalPage):
    """The directory of bases; the page of each base and the open data are served below it."""

    objects = BaseIndexManager()

    search_kind = Kind.BASES
    column_type = _("Open data")
    template = "pages/base_index.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    show_in_menus_default = True

    class Meta:
        verbose_name = _("base directory")

    @path("")
    def directory(self, request):
        question = Question.from_request(request)
        with narrowed(DIRECTORY, *KIND_AND_PLACE, aspect=None):
            directory = Directory(question)
            bases = paginate(request, directory.bases(language_of(self)), PER_PAGE)
        if not bases.object_list:
            not_worth_keeping()
        return self.render(
            request,
            context_overrides={
                "question": question,
                "directory": directory,
                "atlas": directory_atlas(directory),
                "timeline": directory_timeline(directory),
                "bases": bases,
                "directory_path": self.get_url(request),
                "without_text": question.query(q=""),
                "by_name": question.query(sort=""),
                "by_year": question.query(sort="year"),
                "noindex": bool(question.q),
                "head_title": numbered(_heading(self.title, directory, question), bases),
                "structured_data": [dataset(self.title, self.get_url(request))],
                "canonical_query": question.query() + bases.query.replace("?", "&" if question.query() else "?"),
            },
        )

    @path("data/csv/")
    def data_csv(self, request):
        return as_csv(*self._data(request))

    @path("data/json/")
    def data_json(self, request):
        return as_json(*self._data(request))

    @path("data/geojson/")
    def data_geojson(self, request):
        return as_geojson(*self._data(request))

    def _data(self, request):
        question = Question.from_request(request)
        Directory(question)  # refuses unknown values of the facets
        paths = {alternate.language: alternate.path for alternate in alternates_of(self, request) if alternate.exists}
        return question.bases(language_of(self)), paths

    @path("<slug:slug>/")
    def base(self, request, slug):
        with narrowed(base_at(slug)):
            base = Base.objects.live().for_cards().filter(slug=slug).prefetch_related("evaluations").first()
        if base is None:
            raise Http404(f"There is no base {slug!r}")
        return TemplateResponse(request, "pages/base.html", self.base_context(request, base))

    def findable_dependents(self):
        """Return what search finds only while this directory is public."""
        return Base.objects.live()

    def get_sitemap_urls(self, request=None):
        bases = Base.objects.live().values_list("slug", "last_published_at")
        return super().get_sitemap_urls(request) + [
            {"location": self.path_of(f"{slug}/"), "lastmod": changed} for slug, changed in bases
        ]

    def base_context(self, request, base) -> dict:
        """Return what the page of `base` shows, below this directory."""
        language, path = language_of(self), self.path_of(f"{base.slug}/")
        context = self.get_context(request)
        surroundings = surroundings_of(base, language)
        news = _news_about(base, self.locale_id) if base.pk else []
        return context | {
            "base": base,
            "directory_path": self.get_url(request),
            "surroundings": surroundings,
            "history": history_of(base, news),
            "breadcrumb": [*context["breadcrumb"], Crumb(base.short_name, path)],
            "alternates": alternates_below(self, request, f"{base.slug}/"),
            "head_title": base.name,
            "description": base.description,
            "other_names": [(entry, base.name_in(entry)) for entry in LANGUAGES if entry is not language],
        }
