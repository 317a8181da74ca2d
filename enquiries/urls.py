"""The address that takes what readers send."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from wagtail.views import serve

from enquiries.models.page import SLUG

# The page's own address: Wagtail serves it as any page. It is sent without a cookie; enquiries.receiving looks where from.
urlpatterns = [path(f"{SLUG}/", csrf_exempt(serve), {"path": f"{SLUG}/"})]
