"""Settings of the server that the browser reads: it looks up static files once, and the browser keeps them a minute."""

from portal.settings.test import *  # noqa: F403

WHITENOISE_AUTOREFRESH = False
