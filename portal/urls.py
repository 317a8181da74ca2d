from django.conf import settings
from django.urls import URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from accounts import urls as accounts_urls
from core import documents
from core.languages import ShortPrefixPattern
from delivery import urls as delivery_urls
from enquiries import urls as enquiries_urls
from portal import icons, sharing, views

urlpatterns = [
    path("", views.root, name="root"),
    re_path(r"^[zZ][hH]-(?:[hH][aA][nN][sS]|[cC][nN])/(?P<rest>.*)$", views.long_prefix),
    path(settings.ADMIN_PATH, include(accounts_urls)),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<str:document_filename>", documents.serve, name="wagtaildocs_serve"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("manifest-<slug:prefix>.webmanifest", icons.manifest, name="manifest"),
    re_path(r"^share/(?P<path>[a-z]+/.*)card\.png$", sharing.share_image, name="share_image"),
    path("", include(delivery_urls)),
    URLResolver(
        ShortPrefixPattern(),
        [*accounts_urls.reader_patterns, *enquiries_urls.urlpatterns, path("", include(wagtail_urls))],
    ),
]

if settings.SERVE_MEDIA:
    urlpatterns.insert(0, re_path(r"^media/(?P<path>images/.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
