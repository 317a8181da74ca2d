"""The page cache: public answers given out before Django, in each form that clients take, never older than the last change."""

import gzip
import logging
from contextlib import nullcontext, suppress
from threading import Thread
from typing import ClassVar

import brotli
import pytest
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import BaseBackend

from bases.models import Base
from core import changes
from core.dependencies import may_be_kept, recording
from core.read_mark import READ_MARK
from core.text_request import TextRequestHandler
from delivery.models import FrontEndCopy, FrontEndPurge
from delivery.page_cache import front_end, shared
from delivery.page_cache.layer import PageCache
from delivery.page_cache.shared import SharedCopies
from delivery.page_cache.store import PageStore
from portal.models import StandardPage
from readership.counting import ViewCounter
from tests.page_types import LANGUAGES, ROUTES
from tests.wsgi import Answers

pytestmark = pytest.mark.usefixtures("portal")

ABOUT = "/zh/about/"
#: What the cache never keeps: free words of a reader, forms with a stamp of their own.
UNKEPT = {"search", "search without hits", "enquiry form", "enquiry form for a base"}
QR_CODES = ("/qr/zh/about/code.svg", "/qr/zh/invented/code.svg")


@pytest.fixture
def store():
    return PageStore(10 * 2**20)


@pytest.fixture
def site(store):
    return Answers(PageCache(TextRequestHandler(), store))


def test_every_kind_of_page_is_kept_and_read_again_without_a_query(site, store, django_assert_num_queries):
    paths = [f"/{language}/{route}" for name, route in ROUTES.items() if name not in UNKEPT for language in LANGUAGES]
    paths += ["/zh/news/feed/", "/en/news/topics/base/feed/atom/", "/zh/bases/data/csv/", "/en/bases/data/geojson/"]
    paths += ["/sitemap.xml", "/robots.txt", "/manifest-zh.webmanifest"]
    first = [site.get(path) for path in paths]
    assert {answer.status for answer in first} == {200}
    assert len(store) == len(paths)
    changes.look()
    with django_assert_num_queries(0):
        again = [site.get(path) for path in paths]
    assert [answer.text for answer in again] == [answer.text for answer in first]
    pages = [answer for path, answer in zip(paths, again, strict=True) if "ningbo" not in path and "/zh/" in path[:4]]
    assert all(READ_MARK in answer.headers for answer in pages if answer.headers["Content-Type"].startswith("text/html"))


def test_what_is_one_of_endlessly_many_or_nobody_elses_is_not_kept(site, store, caplog):
    for route in (*(ROUTES[name] for name in UNKEPT), "search/", "search/?q="):
        assert site.get(f"/en/{route}").status == 200
    assert not caplog.records
    for path in ("/zh/nothing/", "/", "/zh/bases/?q=%E7%87%95", "/zh/bases/?year=1999", "/admin/login/", "/healthz", *QR_CODES):
        site.get(path)
    site.get(ABOUT, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x")
    site.ask("OPTIONS", ABOUT)
    site.ask("HEAD", ABOUT)
    assert len(store) == 0


def test_a_session_passes_by_and_other_cookies_count_for_nothing(site, store):
    kept = site.get(ABOUT)
    assert site.get(ABOUT, HTTP_COOKIE="theme=dark").headers["ETag"] == kept.headers["ETag"]
    assert "ETag" not in site.get(ABOUT, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x").headers
    assert "Set-Cookie" not in kept.headers
    assert kept.headers["Vary"] == "Accept-Encoding"


def test_each_form_has_its_own_strong_tag_and_says_the_same(site):
    plain = site.get(ABOUT)
    packed, gzipped = site.get(ABOUT, HTTP_ACCEPT_ENCODING="gzip, br"), site.get(ABOUT, HTTP_ACCEPT_ENCODING="gzip, br;q=0")
    assert brotli.decompress(packed.body) == gzip.decompress(gzipped.body) == plain.body
    assert (packed.headers["Content-Encoding"], gzipped.headers["Content-Encoding"]) == ("br", "gzip")
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, packed, gzipped):
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["Cache-Control"] == "no-cache"
        assert not answer.headers["ETag"].startswith("W/")
    assert len({answer.headers["ETag"] for answer in (plain, packed, gzipped)}) == 3


def test_what_a_client_has_is_not_sent_again(site, store):
    site.get(ABOUT)
    (copy,) = store._copies.values()
    copy.ripe_from -= 1
    answer = site.get(ABOUT, HTTP_ACCEPT_ENCODING="br")
    for known in (answer.headers["ETag"], f'"x", W/{answer.headers["ETag"]}', "*"):
        again = site.get(ABOUT, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", answer.headers["ETag"])
        assert READ_MARK in again.headers
        assert "Content-Length" not in again.headers
    assert site.get(ABOUT, HTTP_IF_MODIFIED_SINCE=answer.headers["Last-Modified"]).status == 304
    assert site.get(ABOUT, HTTP_IF_NONE_MATCH='"x"', HTTP_IF_MODIFIED_SINCE=answer.headers["Last-Modified"]).status == 200


def test_a_time_of_change_is_told_only_when_its_second_is_over(site):
    assert "Last-Modified" not in site.get(ABOUT).headers


def test_a_head_request_gets_the_headers_alone(site):
    whole, head = site.get(ABOUT), site.ask("HEAD", ABOUT)
    assert head.body == b""
    assert head.headers == whole.headers


def test_unknown_parameters_are_dropped_and_known_ones_sorted(site, store):
    site.get("/zh/bases/")
    wanted = site.get("/zh/bases/?kind=offshore&sort=year")
    for query in (
        "sort=year&kind=offshore",
        "kind=offshore&utm_source=x&sort=year",
        "kind=working&sort=year&kind=offshore&page=",
    ):
        assert site.get(f"/zh/bases/?{query}").body == wanted.body
    assert len(store) == 2
    assert site.get("/zh/bases/?kind=nothing").status == 404
    for malformed in ("x=%00", "x=%ff", "&" * 200):
        assert site.get(f"/zh/bases/?{malformed}").status == 400


@pytest.mark.parametrize("query", ["x=" + "x" * 2_100, "&".join(f"x{number}=1" for number in range(60))])
def test_a_query_too_long_to_be_kept_is_answered(site, store, query):
    assert [site.get(f"/zh/?{query}").status for _time in range(2)] == [200, 200]
    assert len(store) == 0


def test_the_code_of_an_address_with_a_query_is_its_own(site):
    assert site.get("/qr/zh/bases/code.svg").body != site.get("/qr/zh/bases/code.svg?kind=offshore").body


def test_a_change_takes_effect_at_the_next_request_and_leaves_other_copies(site, store):
    site.get(ABOUT), site.get("/en/about/"), site.get("/zh/site-map/")
    page = StandardPage.objects.get(slug="about", locale__language_code="zh-hans")
    page.summary = "全新的摘要"
    page.save_revision().publish()
    assert len(store) == 2
    assert "全新的摘要" in site.get(ABOUT).text


def test_a_copy_begun_before_a_change_is_not_kept(store):
    def overtaken(environ, start_response):
        may_be_kept()
        list(Base.objects.live())
        changes.Change.objects.create(tags=["bases_base"])  # as another process would
        changes.learn()
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"former"]

    Answers(PageCache(overtaken, store)).get("/zh/")
    assert len(store) == 0


def test_a_bell_that_was_not_rung_is_made_up_for_within_a_second(site, monkeypatch):
    changes.look()
    site.get(ABOUT)
    page = StandardPage.objects.get(slug="about", locale__language_code="zh-hans")
    monkeypatch.setattr(changes, "_tell", lambda tags: None)
    page.title = "别处改的标题"
    page.save()  # told in the database alone, as by a process that was killed before it rang
    monkeypatch.undo()
    changes._known.looked -= changes.LOOK_SECONDS
    assert "别处改的标题" in site.get(ABOUT).text


def silent(position):
    raise DatabaseError("no answer")


def test_while_the_database_is_silent_copies_are_given_out_unless_the_bell_was_rung(site, store, monkeypatch):
    site.get(ABOUT)
    changes.look()
    monkeypatch.setattr(changes, "since", silent)
    changes._known.looked -= changes.LOOK_SECONDS
    given_out = Answers(PageCache(lambda *request: pytest.fail("the copy is there"), store))
    assert given_out.get(ABOUT).status == 200
    changes.bell.ring()
    asked = []
    passed_on = Answers(PageCache(lambda environ, start: asked.append(1) or start("503 Busy", []) or [], store))
    assert passed_on.get(ABOUT).status == 503


def test_one_render_serves_a_stampede(store):
    asked, threads, bodies = [], [], []

    def slow(environ, start_response):
        asked.append(1)
        may_be_kept()
        threads.extend(Thread(target=lambda: bodies.append(site.get("/zh/").body)) for _number in range(4))
        for thread in threads:
            thread.start()
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page"]

    site = Answers(PageCache(slow, store))
    site.application._look = lambda: True  # the threads have no part in the test's transaction
    assert site.get("/zh/").body == b"page"
    for thread in threads:
        thread.join(10)
    assert (len(asked), bodies) == (1, [b"page"] * 4)


def test_who_waited_is_not_given_a_copy_whose_time_is_over(site, store, monkeypatch):
    site.get(ABOUT)
    (copy,) = store._copies.values()
    copy.valid_until = 1
    monkeypatch.setattr(site.application._flights, "turn", lambda key: nullcontext(False))
    assert site.get(ABOUT).status == 200
    assert copy not in store._copies.values()


def test_memory_is_bounded_and_what_was_not_asked_for_longest_goes(site):
    small = PageStore(150_000)
    site.application.store = small
    paths = [f"/zh/{route}" for name, route in ROUTES.items() if name not in UNKEPT]
    for path in paths:
        site.get(paths[0])
        site.get(path)
        assert small.bytes <= 150_000
    assert 1 < len(small) < len(paths)
    assert any(paths[0] in key for key in small._copies)
    small.drop({"*"})
    assert (len(small), small.bytes, dict(small._keys)) == (0, 0, {})


def test_what_nobody_tells_of_is_not_kept(store, caplog):
    def reads_accounts(environ, start_response):
        may_be_kept()
        list(type(environ["user"]).objects.all())
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"names"]

    from accounts.models import User

    Answers(PageCache(reads_accounts, store)).get("/zh/", user=User())
    assert len(store) == 0
    assert "accounts_user" in caplog.text


def test_hits_are_counted_as_views(store):
    counted = []

    class Counts:
        def count(self, path, language):
            counted.append((path, language.prefix))

    site = Answers(ViewCounter(PageCache(TextRequestHandler(), store), Counts()))
    etag = site.get(ABOUT, HTTP_USER_AGENT="Mozilla/5.0").headers["ETag"]
    assert site.get(ABOUT, HTTP_USER_AGENT="Mozilla/5.0", HTTP_IF_NONE_MATCH=etag).status == 304
    assert site.get(ABOUT, HTTP_USER_AGENT="Mozilla/5.0").status == 200
    assert counted == [("about/", "zh")] * 3


def test_a_recording_ends_with_its_answer(site):
    with recording() as around:
        pass
    site.get(ABOUT)
    assert around.tags == {"*"}


def test_what_one_process_made_is_given_out_by_another_until_it_changes(store):
    first = Answers(PageCache(TextRequestHandler(), store, SharedCopies()))
    other = Answers(PageCache(lambda *request: pytest.fail("it is made already"), PageStore(2**20), SharedCopies()))
    made = first.get(ABOUT)
    assert (other.get(ABOUT).body, other.get(ABOUT).headers["ETag"]) == (made.body, made.headers["ETag"])
    page = StandardPage.objects.get(slug="about", locale__language_code="zh-hans")
    page.summary = "改过"
    page.save()
    changes.learn()
    other = Answers(PageCache(TextRequestHandler(), PageStore(2**20), SharedCopies()))
    assert other.get(ABOUT).headers["ETag"] != made.headers["ETag"]


def test_a_shared_copy_is_left_while_the_database_does_not_tell_whether_it_holds(store, monkeypatch):
    Answers(PageCache(TextRequestHandler(), store, SharedCopies())).get(ABOUT)
    changes.look()
    monkeypatch.setattr(changes, "since", silent)
    asked, empty = [], PageStore(2**20)
    other = Answers(PageCache(lambda environ, start: asked.append(1) or start("503 Busy", []) or [], empty, SharedCopies()))
    assert (other.get(ABOUT).status, asked) == (503, [1])


def test_with_the_shared_cache_down_each_process_makes_its_own(store, monkeypatch):
    monkeypatch.setattr(shared, "cache", DownCache())
    site = Answers(PageCache(TextRequestHandler(), store, SharedCopies()))
    assert site.get(ABOUT).status == 200
    assert len(store) == 1


class DownCache:
    """As django-redis behaves while Redis is down."""

    def get(self, key):
        return None

    def set(self, key, value, seconds):
        return False


@pytest.fixture
def front(site, settings, monkeypatch):
    """Return a function that asks through a cache before the portal, and gives what the answer tells that cache."""
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "tests.test_page_cache.Noted"}}
    settings.BASE_URL = "http://localhost"
    monkeypatch.setattr(front_end, "_start", front_end._work)
    monkeypatch.setattr(front_end, "_seen", (-1, float("-inf")))  # as in a process that has just been started
    changes.learn()
    site.get("/healthz")  # from here on what changes is followed up
    Noted.purged.clear()
    return lambda path, **environ: site.get(path, **{"RAW_URI": path} | environ).headers["Cache-Control"]


def test_caches_before_the_portal_are_told_of_exactly_what_changed(front, settings):
    for path in (ABOUT, "/en/about/", "/zh/bases/", "/zh/bases/?sort=year"):
        assert [front(path) for _time in range(2)] == [front_end.KEPT_UNTIL_PURGED] * 2
    base = Base.objects.live().first()
    base.short_name_en = "Renamed"
    base.save()
    changes.learn()
    front("/zh/site-map/")
    assert sorted(Noted.purged) == [f"{settings.BASE_URL}/zh/bases/", f"{settings.BASE_URL}/zh/bases/?sort=year"]


@pytest.mark.parametrize("fault", [OSError("unreachable"), None, SystemExit()], ids=["raised", "told in the log", "death"])
def test_a_purge_that_fails_is_tried_again_and_nothing_that_changed_is_lost(front, monkeypatch, fault):
    front(ABOUT)
    page = StandardPage.objects.get(slug="about", locale__language_code="zh-hans")
    page.summary = "改过"
    page.save()
    changes.learn()
    monkeypatch.setattr(Noted, "fault", Fault(fault))
    with suppress(SystemExit):
        front("/zh/site-map/")
    front("/zh/site-map/")
    assert (Noted.fault.met, Noted.purged) == (1, [])
    FrontEndPurge.objects.update(due=timezone.now())
    monkeypatch.setattr(front_end, "_seen", (-1, 0))  # as in another process, or when its time has come
    front("/zh/site-map/")
    assert Noted.purged == [f"http://localhost{ABOUT}"]
    assert not FrontEndPurge.objects.exists()


def test_what_changes_while_an_answer_is_made_is_not_kept_before_the_portal(front, monkeypatch):
    began = changes.now()
    changes.Change.objects.create(tags=["a"])  # by another process; its follow-up found no note yet
    assert not front_end.remember(ABOUT, frozenset({"a"}), began)
    assert front_end.remember(ABOUT, frozenset({"b"}), began)


def test_caches_before_the_portal_keep_only_what_is_purged(front, settings):
    paths = [f"{ABOUT}?utm=1", "/zh/bases/?sort=year&utm=1", "/zh/bases/?sort=year&kind=offshore", "/zh/bases/?q=base"]
    assert {front(path) for path in [*paths, *paths]} == {"no-cache"}
    assert front(ABOUT) == front_end.KEPT_UNTIL_PURGED
    assert front(ABOUT, RAW_URI="/zh/%61bout/") == "no-cache"
    settings.BASE_URL = "http://elsewhere"
    assert front(ABOUT) == front("/zh/site-map/") == "no-cache"
    noted = set(FrontEndCopy.objects.values_list("address", flat=True))
    assert noted <= {ABOUT, "/zh/bases/", "/zh/bases/?sort=year", "/zh/bases/?kind=offshore&sort=year"}


class Noted(BaseBackend):
    purged: ClassVar[list[str]] = []

    fault: ClassVar = None

    def purge(self, url):
        if self.fault is None or not self.fault.met_now():
            self.purged.append(url)


class Fault:
    """What a cache meets at the first purge alone: an exception, or a refusal that its backend writes into the log."""

    def __init__(self, exception):
        self.exception, self.met = exception, 0

    def met_now(self) -> bool:
        if self.met:
            return False
        self.met = 1
        if self.exception is not None:
            raise self.exception
        logging.getLogger("wagtail.frontendcache").error("Couldn't purge")
        return True
