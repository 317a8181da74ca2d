"""The portal with Django's per-site cache in the place of its own."""

from portal.settings.production import *  # noqa: F403 - as Django's settings are extended

MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *MIDDLEWARE,  # noqa: F405 - of production
    "django.middleware.cache.FetchFromCacheMiddleware",
]
CACHE_MIDDLEWARE_SECONDS = 3600
