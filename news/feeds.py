"""RSS and Atom feeds of the news, for everything, a year, a month or a topic, in the language of the list."""

import datetime
import uuid

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from core.addresses import absolute_url
from core.languages import current_language
from core.partial_dates import parse_partial_date
from core.structure import structure_of
from core.visibility import narrowed_to_public
from news.tags import NEWEST, news_of

ITEMS = NEWEST


class NewsFeed(Feed):
    """The newest items of a selection; links and ids are absolute, from the configured public address."""

    feed_type = Rss201rev2Feed
    suffix = "feed/"

    def get_object(self, request, index, selection):
        self.home = structure_of(request).home_of(index)
        return index, selection

    def get_feed(self, obj, request):
        feed = super().get_feed(obj, request)
        index, selection = obj
        feed.feed |= {
            "language": current_language().tag,
            "feed_url": absolute_url(index.path_of(selection.route + self.suffix)),
        }
        if not feed.items:  # Django takes the moment of asking, so that the same feed would be another one each second
            feed.latest_post_date = lambda: index.last_published_at
        return feed

    def title(self, obj):
        index, selection = obj
        name = self.home.title
        if selection.is_everything:
            return _("%(site)s: news") % {"site": name}
        return _("%(site)s: news, %(heading)s") % {"site": name, "heading": index.heading(selection)}

    def link(self, obj):
        index, selection = obj
        return absolute_url(index.path_of(selection.route))

    def description(self, obj):
        return obj[0].summary

    subtitle = description

    def author_name(self, obj):
        return self.home.title

    def items(self, obj):
        index, selection = obj
        with narrowed_to_public(news_of(index.locale_id, selection)):
            return list(index.news(selection).cards(slice(ITEMS)))  # with all of each item: when it was published last

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return absolute_url(item.get_url())

    def item_guid(self, item):
        return uuid.uuid5(item.translation_key, current_language().code).urn

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        day, _precision = parse_partial_date(item.date)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))

    def item_updateddate(self, item):
        return item.last_published_at

    def item_categories(self, item):
        return [topic.name for topic in item.topics.all()]


class AtomNewsFeed(NewsFeed):
    feed_type = Atom1Feed
    suffix = "feed/atom/"
