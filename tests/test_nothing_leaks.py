"""Never out before its time: what is a draft, scheduled, private, taken down, deleted or internal is told to no stranger.

A secret word stands in each of those (tests/planted_secrets.py); a stranger asks for it wherever the portal answers.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, unquote

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page

from accounts.models import User
from accounts.roles import WRITER
from core.models import PortalImage
from core.pinyin import pinyin_slug
from tests.fuzz.addresses import PAGE_ROUTES, admin_addresses
from tests.planted_secrets import Garden

pytestmark = [
    pytest.mark.usefixtures("portal"),
    # Wagtail leaves the file of a rendition that it makes to be closed with the memory.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LISTS = (
    *("/", "/zh/", "/en/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz", "/nothing", "/zh/nothing/", "/zh/%00/"),
    *(f"/{prefix}/{route}" for prefix in ("zh", "en") for route in PAGE_ROUTES),
    *(f"/{prefix}/{route}" for prefix in ("zh", "en") for route in ("news/", "bases/", "programme/", "site-map/", "search/")),
    *(f"/{prefix}/news/?page=2" for prefix in ("zh", "en")),
    *(
        f"/{prefix}/bases/?{facet}"
        for prefix in ("zh", "en")
        for facet in ("kind=working", "province=130000", "q=quor", "page=2")
    ),
)
SEARCH_FILTERS = ("", "&kind=news", "&kind=pages", "&kind=bases", "&kind=documents", "&year=2021", "&sort=date")


@pytest.fixture(autouse=True)
def _clean_slate():
    """In place of the suite's own: what a page left in the cache when it was public must stay there."""


@pytest.fixture(scope="module")
def garden(django_db_setup, django_db_blocker):
    """The portal with its secrets, read by a stranger while some were public still, and then taken down."""
    with django_db_blocker.unblock(), transaction.atomic():
        writer = User.objects.create_user("a-writer", "writer@example.org", "a long password of the tests")
        writer.groups.add(Group.objects.get(name=WRITER.name))
        garden = Garden()
        garden.plant(writer)
        stranger = Client()
        for path in (*LISTS, *garden.paths):
            stranger.get(path)
        garden.take_down()
        connection.run_on_commit.clear()  # as after a commit: what is read from here on is remembered
        yield garden
        transaction.set_rollback(True)


class Stranger:
    """Asks as anybody can, and looks for the words in everything that comes back."""

    def __init__(self, garden: Garden):
        self.client, self.garden, self.asked, self.leaks = Client(raise_request_exception=False), garden, 0, []

    def ask(self, path: str, method: str = "GET", told: str = "", **options) -> None:
        """Ask for `path`; the words in it and in `told` are the stranger's own."""
        response = self.client.generic(method, path, **options)
        body = response.getvalue() if not response.streaming else b"".join(response.streaming_content)
        self.asked += 1
        assert response.status_code < 500, path
        heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        heard = heads + "\n" + body.decode("utf-8", "replace")
        heard += unescape(unquote(heard)) + _unicode(heard)
        own = unquote(path) + told
        for secret in self.garden.secrets:
            if any(word in heard and word not in own for word in secret.words):
                at = next(heard.index(word) for word in secret.words if word in heard and word not in own)
                around = " ".join(heard[max(0, at - 60) : at + 40].split())
                self.leaks.append(f"{secret.kind}: {method} {path} ({response.status_code}) …{around}…")

    def print(self, capsys, what: str) -> None:
        with capsys.disabled():
            words = 3 * len(self.garden.secrets)
            print(
                f"\n{what}: {self.asked} addresses × {words} words of {len(self.garden.secrets)} kinds, {len(self.leaks)} leaks"
            )
        assert not self.leaks, "\n".join(self.leaks[:60])


def _unicode(text: str) -> str:
    """Return the characters that stand in `text` as JSON escapes."""
    return "".join(chr(int(code, 16)) for code in re.findall(r"\\u([0-9a-fA-F]{4})", text))


def _sitemap(client) -> list[str]:
    """Return the paths of the sitemap's parts and of all that stands in them."""
    parts = _locations(client, "/sitemap.xml")
    return [*parts, *(path for part in parts for path in _locations(client, part))]


def _locations(client, path: str) -> list[str]:
    found = re.findall(r"<loc>([^<]+)</loc>", client.get(path).content.decode())
    return [address.removeprefix(settings.BASE_URL) for address in found]


def test_no_page_list_feed_or_export_tells_a_secret(garden, capsys):
    stranger = Stranger(garden)
    for path in (*LISTS, *_sitemap(stranger.client)):
        stranger.ask(path)
    stranger.print(capsys, "Pages, lists, feeds, exports")


def test_no_address_of_a_secret_tells_more_than_one_of_nothing(garden, capsys):
    stranger = Stranger(garden)
    for path in garden.paths:
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            stranger.ask(path, method)
        for header in ({"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_IF_MODIFIED_SINCE": "Thu, 01 Jan 1970 00:00:00 GMT"}):
            stranger.ask(path, **header)
    stranger.print(capsys, "Addresses of what is not public")


PRIVATE = ("for signed in", "for a group", "parent of one", "below a private page")


def test_an_address_that_is_not_public_answers_as_one_of_nothing(garden):
    client = Client()
    signing_in = [secret.latin for secret in garden.secrets if secret.kind in PRIVATE]
    hidden = [path for path in garden.paths if not any(word in path for word in signing_in)]
    answers = {path: client.get(path).status_code for path in hidden}
    assert answers == dict.fromkeys(hidden, 404)


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_no_search_or_suggestion_tells_a_secret(garden, prefix, capsys):
    stranger = Stranger(garden)
    for secret in garden.secrets:
        chinese = secret.chinese
        for text in (secret.latin, secret.latin[:-2], secret.inner, chinese, chinese[:2], pinyin_slug(chinese)):
            stranger.ask(f"/{prefix}/search/?q={quote(text)}", told=text)
            stranger.ask(f"/{prefix}/search/suggestions/?q={quote(text)}", told=text)
            stranger.ask(f"/{prefix}/bases/?q={quote(text)}", told=text)
        for filtered in SEARCH_FILTERS:
            stranger.ask(f"/{prefix}/search/?q={quote(chinese[1:])}{filtered}", told=chinese[1:])
    stranger.print(capsys, f"Search and suggestions in {prefix}")


def _admin_paths(garden: Garden) -> Iterator[str]:
    for page in garden.ids["page"]:
        ids = {"page_id": page, "parent_page_id": page, "pk:pages": page}
        ids["revision_id"] = Page.objects.filter(pk=page).values_list("latest_revision", flat=True).first() or 1
        for route, path in admin_addresses(ids).items():
            if "page_id>" in route or "api/main/pages" in route:
                yield path
    yield from admin_addresses({}).values()


def test_no_address_of_the_admin_tells_a_stranger_a_secret(garden, capsys):
    stranger = Stranger(garden)
    for path in _admin_paths(garden):
        stranger.ask(path)
        stranger.ask(path, "POST")
    for name in ("oembed", "api/v2/pages/", "api/v3/pages/", "graphql", "images/1/", "preview/"):
        stranger.ask(f"/{name}")
    stranger.print(capsys, "The admin's addresses, asked by a stranger")


@pytest.mark.parametrize(
    "kind",
    [
        "restricted document",
        "original of picture of a draft",
    ],
)
def test_a_file_that_no_public_page_shows_is_not_handed_out(garden, client, kind):
    assert client.get(garden.files[kind]).status_code in (302, 403, 404)


def test_the_page_behind_a_sign_in_says_nothing_of_itself_there(garden, client):
    for secret in (secret for secret in garden.secrets if secret.kind in PRIVATE):
        response = client.get(f"/zh/{secret.latin}/", follow=True)
        assert secret.chinese not in response.content.decode()
        assert secret.inner not in response.content.decode()


def test_the_title_of_a_picture_is_in_none_of_the_portals_data(garden, client):
    """The alt text of a picture is shown where the picture is, and nowhere else."""
    image = PortalImage.objects.get(pk=garden.ids["image"][0])
    texts = [client.get(path).content.decode() for path in ("/zh/bases/data/json/", "/zh/news/feed/", "/zh/search/?q=quor")]
    assert not any(word in text for word in (image.title, image.alt_text_zh_hans, image.filename) for text in texts)
    assert json.loads(texts[0])
