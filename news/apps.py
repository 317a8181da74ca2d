from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.findable import FILTERS, Filter


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core.page_changes import watch_pages
        from core.watching import on_change, watch_derived
        from news import listing
        from news.models import ConcernedBase, Listing, ListingCount, NewsPage, Topic
        from news.touched import touched_by_concerned_base, touched_by_news

        listing.connect()
        watch_derived(Listing)
        watch_derived(ListingCount)
        watch_pages(NewsPage, link={"date"}, card={"lead_image"})
        on_change(NewsPage, touched_by_news)
        on_change(ConcernedBase, touched_by_concerned_base)
        FILTERS.append(Filter("topic", _("Topic"), lambda: [(topic.slug, topic.name) for topic in Topic.public()]))
