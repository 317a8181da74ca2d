from django.conf import settings
from django.urls import URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.languages import ShortPrefixPattern
from delivery import urls as delivery_urls
from portal import views

urlpatterns = [
    path("", views.root, name="root"),
    re_path(r"^[zZ][hH]-(?:[hH][aA][nN][sS]|[cC][nN])/(?P<rest>.*)$", views.long_prefix),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(delivery_urls)),
    URLResolver(ShortPrefixPattern(), [path("", include(wagtail_urls))]),
]

if settings.SERVE_MEDIA:
    urlpatterns.insert(0, re_path(r"^media/(?P<path>images/.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
