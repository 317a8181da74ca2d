from django.conf import settings
from django.urls import path, re_path

from delivery import csp_reports, health, qr, robots, security, sitemap

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path(settings.CSP_REPORTS_PATH, csp_reports.receive, name="csp_reports"),
    re_path(r"^qr/(?P<path>[a-z]+/.*)code\.svg$", qr.qr_code, name="qr_code"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
]
