import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - what follows reads the settings

from core.text_request import TextRequestHandler  # noqa: E402
from delivery.page_cache.layer import PageCache  # noqa: E402
from delivery.page_cache.shared import SharedCopies  # noqa: E402
from delivery.page_cache.store import PageStore  # noqa: E402
from readership.counting import ViewCounter  # noqa: E402
from readership.models import DailyViews  # noqa: E402
from readership.tally import Tally  # noqa: E402

tally = Tally(DailyViews.objects.add, settings.VIEWS_WRITTEN_AFTER_SECONDS).flush_at_exit()
application = ViewCounter(
    PageCache(
        TextRequestHandler(),
        PageStore(settings.PAGE_CACHE_BYTES) if settings.PAGE_CACHE_BYTES else None,
        SharedCopies() if settings.CHANGES_LINE else None,
    ),
    tally,
)
