import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - what follows reads the settings

from core.text_request import TextRequestHandler  # noqa: E402
from readership.counting import ViewCounter  # noqa: E402
from readership.models import DailyViews  # noqa: E402
from readership.tally import Tally  # noqa: E402

application = ViewCounter(
    TextRequestHandler(), Tally(DailyViews.objects.add, settings.VIEWS_WRITTEN_AFTER_SECONDS).flush_at_exit()
)
