from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import path
from wagtail.models import PageManager

from core.languages import LANGUAGES
from core.models import RoutablePortalPage
from core.navigation import Crumb
from core.pairing import alternates_below, language_of, translation_of
from core.parameters import paginate
from core.partial_dates import format_partial_date
from news.archive import archive_years
from news.feeds import AtomNewsFeed, NewsFeed
from news.models.news import NewsPage
from news.models.topic import Topic
from news.routes import MONTH, TOPIC, YEAR
from news.selection import Selection

PER_PAGE = 12


class NewsIndexManager(PageManager):
    def serving(self, language):
        """Return the live news list of `language`, or None."""
        return self.live().filter(locale__language_code=language.code).select_related("locale").first()


class NewsIndexPage(RoutablePortalPage):
    """All news of a language: by year, by month, by topic, each with its feeds."""

    objects = NewsIndexManager()

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
        topics = Topic.objects.live().filter(news_pages__in=NewsPage.objects.child_of(self).live().public()).distinct()
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
        items = paginate(request, self.news(selection), PER_PAGE)
        originals = []
        if not items.object_list and not selection.is_everything:
            originals = self._items_in_other_language(selection)
            if not originals and selection.is_period:
                raise Http404(f"There is no news of {selection.route}")
        return self.render(request, context_overrides=self._list_context(request, selection, items, originals))

    def _items_in_other_language(self, selection: Selection) -> list:
        counterpart = translation_of(self)
        return list(counterpart.specific.news(selection)[:PER_PAGE]) if counterpart else []

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
        }
        if not selection.is_everything:
            own = language_of(self)
            exists = {
                language.code: bool(items.object_list) if language is own else self._exists_elsewhere(selection, originals)
                for language in LANGUAGES
            }
            heading = self.heading(selection)
            context |= {
                "heading": heading,
                "head_title": _("%(heading)s – news") % {"heading": heading},
                "breadcrumb": [*context["breadcrumb"], Crumb(heading, self.path_of(selection.route))],
                "alternates": alternates_below(self, request, selection.route, exists),
            }
        return context

    def _exists_elsewhere(self, selection, originals) -> bool:
        if originals:
            return True
        counterpart = translation_of(self)
        return counterpart is not None and counterpart.specific.news(selection).exists()

    @staticmethod
    def heading(selection: Selection) -> str:
        return selection.topic.name if selection.topic else format_partial_date(selection.period)
