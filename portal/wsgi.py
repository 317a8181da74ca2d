import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
django.setup(set_prefix=False)

from core.text_request import TextRequestHandler  # noqa: E402 - reads the settings

application = TextRequestHandler()
