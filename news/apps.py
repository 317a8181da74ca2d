from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.findable import FILTERS, Filter


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from news import listing
        from news.models import Topic

        listing.connect()
        FILTERS.append(Filter("topic", _("Topic"), lambda: [(topic.slug, topic.name) for topic in Topic.objects.live()]))
