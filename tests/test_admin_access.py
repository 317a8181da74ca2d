"""The admin's own host and networks: elsewhere it is not refused but not there."""

from ipaddress import ip_network

import pytest
from django.conf import settings as portal_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from accounts.door import is_public
from portal.settings import environment
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

ADMIN = f"/{portal_settings.ADMIN_PATH}"
PAGES = (ADMIN, ADMIN.rstrip("/"), f"{ADMIN}login/", f"{ADMIN}login", f"{ADMIN}account/sessions/", f"{ADMIN}nothing/")


@pytest.fixture
def own_host(settings):
    settings.ADMIN_HOST = "desk.example.cn"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "desk.example.cn"]


def _told(response) -> tuple:
    """Everything an answer tells, its page without what differs from one asking to the next."""
    translation.activate("zh-hans")
    return response.status_code, response.content, sorted(response.headers.items()), sorted(response.cookies)


@pytest.mark.parametrize("path", PAGES)
def test_public_hosts_know_nothing_of_an_admin_that_has_a_host_of_its_own(client, staff, own_host, path):
    absent = _told(client.get("/nothing-here/"))

    assert _told(client.get(path)) == absent
    assert client.post(path).status_code == 404
    assert client_of(staff("writer")).get(path).status_code == 404


def test_private_pages_of_public_hosts_do_not_tell_where_the_admin_is(client, own_host):
    page = Page.objects.get(url_path="/zh/programme/kinds-of-base/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    answer = client.get(page.url, follow=True)

    assert answer.status_code == 404
    assert not any(ADMIN in address for address, _status in answer.redirect_chain)


@pytest.mark.parametrize("path", ["/", "/zh/", "/en/news/", "/sitemap.xml", "/robots.txt", "/zh/_util/login/", "/nothing/"])
def test_the_host_of_the_admin_answers_nothing_public(client, own_host, path):
    assert client.get(path, headers={"host": "desk.example.cn"}).status_code == 404


def test_the_host_of_the_admin_answers_the_admin(staff, own_host):
    client = client_of(staff("writer"), headers={"host": "desk.example.cn"})

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert is_public(RequestFactory().get("/static/css/base.css", headers={"host": "desk.example.cn"}))
    assert client.get("/documents/999999/x.pdf").status_code == 404
    assert client.get(reverse("account_login"), headers={"host": "DESK.example.cn"}).status_code == 302


def test_a_preview_shows_the_page_of_the_public_host_inside_the_admin(staff, own_host):
    client = client_of(staff("chief-editor"), headers={"host": "desk.example.cn"})
    article = Page.objects.get(url_path="/zh/news/yanshan-university-accredited/")

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=(article.pk,)))

    assert response.status_code == 200
    assert article.title in response.content.decode()


@pytest.mark.parametrize(
    ("networks", "address", "answers"),
    [
        ("", "203.0.113.9", True),
        ("10.20.0.0/16", "10.20.3.4", True),
        ("10.20.0.0/16", "10.21.3.4", False),
        ("10.20.0.0/16, 2001:db8::/32", "2001:db8::7", True),
        ("10.20.0.0/16, 2001:db8::/32", "2001:db9::7", False),
        ("203.0.113.9/32", "::ffff:203.0.113.9", True),
        ("10.20.0.0/16", "", False),
    ],
)
def test_the_admin_answers_its_networks_only(client, settings, monkeypatch, networks, address, answers):
    monkeypatch.setenv("ADMIN_NETWORKS", networks)
    settings.ADMIN_NETWORKS = environment.admin_networks()

    response = client.get(f"{ADMIN}login/", REMOTE_ADDR=address)

    assert response.status_code == (200 if answers else 404)
    assert client.get("/zh/", REMOTE_ADDR=address).status_code == 200
    if not answers:
        assert _told(response) == _told(client.get("/nothing-here/", REMOTE_ADDR=address))


def test_a_spoofed_address_opens_nothing(client, settings):
    settings.ADMIN_NETWORKS = [ip_network("10.20.0.0/16")]
    for headers in ({"x-forwarded-for": "10.20.0.1"}, {"x-real-ip": "10.20.0.1"}, {"forwarded": "for=10.20.0.1"}):
        assert client.get(f"{ADMIN}login/", headers=headers, REMOTE_ADDR="203.0.113.9").status_code == 404


@pytest.mark.parametrize("value", ["https://desk.example.cn", "desk/", "a b", "-desk", "管理"])
def test_a_host_that_is_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("ADMIN_HOST", value)
    with pytest.raises(ImproperlyConfigured, match="ADMIN_HOST"):
        environment.admin_host()


@pytest.mark.parametrize("value", ["10.20.0.0/33", "10.20.0.1/16", "office", "10.0.0.0/8;10.1.0.0/16"])
def test_a_network_that_is_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("ADMIN_NETWORKS", value)
    with pytest.raises(ImproperlyConfigured, match="ADMIN_NETWORKS"):
        environment.admin_networks()


@pytest.mark.parametrize("path", PAGES)
def test_answers_of_the_admin_are_kept_by_no_cache_and_no_search_engine(client, staff, path):
    for asking in (client, client_of(staff("writer"))):
        response = asking.get(path)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in response.headers["Cache-Control"]
