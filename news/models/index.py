from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import path

from core.findable import Kind
from core.fragments import fragment
from core.languages import LANGUAGES
from core.models import RoutablePortalPage
from core.navigation import Crumb
from core.pairing import alternates_below, language_of
from core.parameters import numbered, paginate
from core.partial_dates import format_partial_date
from core.structure import structure_of
from core.visibility import narrowed_to_public
from news import tags
from news.archive import archive_years
from news.feeds import AtomNewsFeed, NewsFeed
from news.lists import NewsList
from news.models.listing import ListingCount
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
        topics = list(Topic.objects.live())
        with narrowed_to_public(*(tags.news_of_topic(self.locale_id, topic.pk) for topic in topics)):
            used = set(ListingCount.objects.filter(locale=self.locale_id).filled().values_list("topic", flat=True).distinct())
        routes = [f"topics/{topic.slug}/" for topic in topics if topic.pk in used]
        for entry in archive_years(self.locale_id):
            routes += [f"{entry.year}/", *(f"{entry.year}/{month}/" for month in entry.months)]
        return super().get_sitemap_urls(request) + [{"location": self.path_of(route)} for route in routes]

    def _topic(self, slug: str) -> Topic:
        topic = Topic.objects.live().filter(slug=slug).first()
        if topic is None:
            raise Http404(f"There is no topic {slug!r}")
        return topic

    def news(self, selection: Selection) -> NewsList:
        """Return the published items of this language that belong to `selection`, newest first."""
        return NewsList(self.locale_id, selection)

    def _list(self, request, selection: Selection):
        items = paginate(request, self.news(selection), PER_PAGE)
        originals = []
        if not items.object_list and not selection.is_everything:
            originals = self._news_elsewhere(request, selection, lambda news: list(news[:PER_PAGE]))
            if not originals and selection.is_period:
                raise Http404(f"There is no news of {selection.route}")
        return TemplateResponse(request, self.template, self._list_context(request, selection, items, originals))

    def _news_elsewhere(self, request, selection: Selection, answer):
        """Return `answer` of the items of `selection` in the other language; nothing where no public list shows them."""
        counterpart = structure_of(request).counterpart(self)
        if counterpart is None:
            return []
        return answer(NewsList(counterpart.locale_id, selection))

    def _list_context(self, request, selection, items, originals) -> dict:
        context = self.get_context(request)
        context |= {
            "items": items,
            "originals": originals,
            "selection": selection,
            "index_path": self.get_url(request),
            "feed_path": self.path_of(selection.route + "feed/"),
            "noindex": bool(originals),
            "canonical_query": items.query,
            "head_title": numbered(context["head_title"], items),
        }
        context["list"] = self._drawn_list(request, selection, items) if items.object_list else ""
        context["lists"] = self._drawn_lists(context)
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

    def _drawn_list(self, request, selection: Selection, items) -> SafeString:
        """Return the cards of `items`, and the way to the other pages of the list."""
        news = self.news(selection)
        key = (news, items.number, request.path)
        return fragment(
            "components/news_list.html", key, lambda: {"items": paginate(request, news, PER_PAGE), "request": request}
        )

    def _drawn_lists(self, context: dict) -> SafeString:
        """Return the ways to the lists by topic and by year, and to the feeds of this one."""
        known = {name: context[name] for name in ("selection", "index_path", "feed_path")}
        key = (self.locale_id, *known.values())
        return fragment(
            "components/news_lists.html",
            key,
            lambda: known | {"topics": Topic.public(), "years": archive_years(self.locale_id)},
        )

    @staticmethod
    def heading(selection: Selection) -> str:
        return selection.topic.name if selection.topic else format_partial_date(selection.period)
