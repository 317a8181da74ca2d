from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import path

from core.findable import Kind
from core.languages import LANGUAGES
from core.models import RoutablePortalPage
from core.navigation import Crumb
from core.pairing import alternates_below, language_of
from core.parameters import numbered, paginate
from core.partial_dates import format_partial_date
from core.structure import structure_of
from core.visibility import narrowed_to_public, visible
from news import tags
from news.archive import archive_years
from news.feeds import AtomNewsFeed, NewsFeed
from news.models.news import NewsPage
from news.models.topic import Topic
from news.routes import MONTH, TOPIC, YEAR
from news.selection import Selection

PER_PAGE = 12


class NewsIndexPage(RoutablePortalPage):
    """All news of a language: by year, by month, by topic, each with its feeds."""

    search_kind = Kind.NEWS
    column_type = gettext_lazy("News reports")
    template = "pages/news_index.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    feed_route = "feed/"

    class Meta:
        verbose_name = gettext_lazy("news list")

    @path("")
    @path(YEAR)
    @path(MONTH)
    def archive(self, request, year=None, month=None):
        return self._list(request, Selection(year=year, month=month))

    @path(TOPIC)
    def topic(self, request, topic):
        return self._list(request, Selection(topic=self._topic(topic)))

    @path("feed/")
    @path(YEAR + "feed/")
    @path(MONTH + "feed/")
    def archive_feed(self, request, year=None, month=None):
        return NewsFeed()(request, index=self, selection=Selection(year=year, month=month))

    @path("feed/atom/")
    @path(YEAR + "feed/atom/")
    @path(MONTH + "feed/atom/")
    def archive_atom(self, request, year=None, month=None):
        return AtomNewsFeed()(request, index=self, selection=Selection(year=year, month=month))

    @path(TOPIC + "feed/")
    def topic_feed(self, request, topic):
        return NewsFeed()(request, index=self, selection=Selection(topic=self._topic(topic)))

    @path(TOPIC + "feed/atom/")
    def topic_atom(self, request, topic):
        return AtomNewsFeed()(request, index=self, selection=Selection(topic=self._topic(topic)))

    def get_sitemap_urls(self, request=None):
        topics = Topic.objects.live().filter(news_pages__in=visible(NewsPage.objects.child_of(self))).distinct()
        routes = [f"topics/{topic.slug}/" for topic in topics]
        for entry in archive_years(self):
            routes += [f"{entry.year}/", *(f"{entry.year}/{month}/" for month in entry.months)]
        return super().get_sitemap_urls(request) + [{"location": self.path_of(route)} for route in routes]

    def _topic(self, slug: str) -> Topic:
        topic = Topic.objects.live().filter(slug=slug).first()
        if topic is None:
            raise Http404(f"There is no topic {slug!r}")
        return topic

    def news(self, selection: Selection):
        """Return the published items of this list that belong to `selection`, newest first."""
        return selection.of(NewsPage.objects.for_cards().child_of(self))

    def _list(self, request, selection: Selection):
        # A page of a list changes with the number of items and with every one before it: all hang on the whole list.
        with narrowed_to_public(tags.news_in(self.locale_id), aspect="card"):
            items = paginate(request, self.news(selection), PER_PAGE)
            items.object_list = list(items.object_list)
        originals = []
        if not items.object_list and not selection.is_everything:
            originals = self._news_elsewhere(request, selection, lambda news: list(news[:PER_PAGE]))
            if not originals and selection.is_period:
                raise Http404(f"There is no news of {selection.route}")
        return TemplateResponse(request, self.template, self._list_context(request, selection, items, originals))

    def _news_elsewhere(self, request, selection: Selection, answer):
        """Return `answer` of the items of `selection` in the other language's list."""
        counterpart = structure_of(request).counterpart(self)
        if counterpart is None:
            return []
        with narrowed_to_public(tags.news_of(counterpart.locale_id, selection), aspect="card"):
            return answer(selection.of(NewsPage.objects.for_cards().child_of(counterpart)))

    def _list_context(self, request, selection, items, originals) -> dict:
        context = self.get_context(request)
        context |= {
            "items": items,
            "originals": originals,
            "selection": selection,
            "years": archive_years(self),
            "topics": Topic.objects.live(),
            "index_path": self.get_url(request),
            "feed_path": self.path_of(selection.route + "feed/"),
            "noindex": bool(originals),
            "canonical_query": items.query,
            "head_title": numbered(context["head_title"], items),
        }
        if not selection.is_everything:
            own = language_of(self)
            exists = {
                language.code: bool(items.object_list)
                if language is own
                else bool(originals) or bool(self._news_elsewhere(request, selection, lambda news: news.exists()))
                for language in LANGUAGES
            }
            heading = self.heading(selection)
            context |= {
                "heading": heading,
                "head_title": numbered(_("%(heading)s – news") % {"heading": heading}, items),
                "breadcrumb": [*context["breadcrumb"], Crumb(heading, self.path_of(selection.route))],
                "alternates": alternates_below(self, request, selection.route, exists),
            }
        return context

    @staticmethod
    def heading(selection: Selection) -> str:
        return selection.topic.name if selection.topic else format_partial_date(selection.period)
