"""Views are counted on the server, of public pages alone, and nothing about readers is kept."""

import datetime
import json
import os
import signal
import threading
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Sum
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.charts import bars
from core.languages import CHINESE, ENGLISH
from core.read_mark import READ_MARK
from core.text_request import TextRequestHandler
from readership import tally as tally_module
from readership.counting import ViewCounter, is_robot
from readership.management.commands import count_views
from readership.models import CountedLog, DailyViews
from readership.tally import Tally
from tests.signing_in import client_of

ARTICLE = "news/yanshan-university-accredited/"
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
LONG = 3600  # seconds: no test waits for the timer
DAY = datetime.date(2026, 3, 1)


class Server:
    """The application inside the layer that counts, asked as a WSGI server asks it."""

    def __init__(self, application=None):
        self.tally = Tally(self._write, LONG)
        self.written: list[dict] = []
        self.application = ViewCounter(application or TextRequestHandler(), self.tally)

    def _write(self, counts: dict) -> None:
        self.written.append(dict(counts))

    def get(self, path: str, **environ) -> tuple[str, dict[str, str]]:
        """Ask for `path` and return the status line and the headers of the answer."""
        answer = {}

        def start_response(status, headers, exc_info=None):
            answer["status"], answer["headers"] = status, dict(headers)

        asked = RequestFactory().get(path, HTTP_USER_AGENT=BROWSER).environ
        asked["wsgi.input"] = BytesIO()
        body = self.application(asked | environ, start_response)
        for _part in body:
            pass
        if close := getattr(body, "close", None):
            close()
        return answer["status"], answer["headers"]

    def counted(self) -> dict[tuple[str, str], int]:
        """Return by path and language code what was counted since it was last asked."""
        self.written.clear()
        self.tally.flush()
        return {(path, language): count for counts in self.written for (path, language, _day), count in counts.items()}


@pytest.fixture
def server(portal, monkeypatch):
    # Without this Django ends the transaction of the test with the request.
    monkeypatch.setattr("django.core.signals.request_finished.receivers", [])
    monkeypatch.setattr("django.core.signals.request_started.receivers", [])
    return Server()


def _stored() -> dict[tuple[str, str], int]:
    return {(row.path, row.language): row.count for row in DailyViews.objects.all()}


@pytest.mark.parametrize(
    "path", ["", "about/", ARTICLE, "news/", "news/2023/", "bases/", "bases/yanshan-university/", "search/", "programme/"]
)
def test_a_public_page_counts_in_its_language(server, path):
    for _time in range(2):
        assert server.get(f"/zh/{path}")[0] == "200 OK"
    server.get(f"/en/{path}")

    assert server.counted() == {(path, CHINESE.code): 2, (path, ENGLISH.code): 1}


def test_what_is_asked_behind_the_question_mark_makes_no_row_of_its_own(server):
    for query in ("?page=1", "?kind=working", "?utm_source=mail", "?" + "x" * 2000):
        server.get(f"/zh/bases/{query}")

    assert server.counted() == {("bases/", CHINESE.code): 4}


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/zh/nothing/", "/nothing", "/zh/news", "/zh/news/feed/", "/zh/bases/data/csv/", "/zh/search/suggestions/?q=x"),
        *("/sitemap.xml", "/robots.txt", "/healthz", "/static/css/base.css", "/qr/zh/about/code.svg", "/zh/bases/?kind=none"),
        *("/admin/login/", "/zh//about/", "/zh/" + "a" * 300 + "/"),
    ],
)
def test_what_is_no_page_does_not_count(server, path):
    server.get(path)

    assert server.counted() == {}


def test_the_notice_of_a_missing_translation_does_not_count(server):
    page = Page.objects.get(url_path=f"/en/{ARTICLE}")
    page.live = False
    page.save()

    assert server.get(f"/en/{ARTICLE}")[0] == "200 OK"
    assert server.counted() == {}


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=abc"},
    ],
)
def test_what_is_no_reading_does_not_count(server, environ):
    server.get("/zh/about/", **environ)

    assert server.counted() == {}


@pytest.mark.parametrize(
    "name",
    [
        *("curl/8.5.0", "python-requests/2.32", "Sogou web spider/4.0", "Bytespider", "GPTBot/1.0", "Go-http-client/2.0"),
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; 360Spider)",
    ],
)
def test_a_robot_is_known_by_the_name_it_gives(name):
    assert is_robot(name)


@pytest.mark.parametrize(
    "name",
    [
        BROWSER,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
        "MicroMessenger/8.0.49 NetType/WIFI Language/zh_CN",
        "Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 HuaweiBrowser/15.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0 Safari/537.36 QQBrowser/12.5",
    ],
)
def test_a_readers_browser_is_none(name):
    assert not is_robot(name)


def test_a_private_page_does_not_count(server, staff):
    page = Page.objects.get(url_path="/zh/about/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    cookie = client_of(staff("writer")).cookies.output(header="", sep=";").strip()

    assert server.get("/zh/about/")[0].startswith("302")
    assert server.get("/zh/about/", HTTP_COOKIE=cookie)[0] == "200 OK"
    assert server.counted() == {}


def test_staff_do_not_count_neither_in_the_preview_nor_on_the_site(server, staff):
    page = Page.objects.get(url_path="/zh/about/")
    cookie = client_of(staff("chief-editor")).cookies.output(header="", sep=";").strip()

    for path in ("/zh/about/", reverse("wagtailadmin_pages:view_draft", args=(page.pk,))):
        assert server.get(path, HTTP_COOKIE=cookie)[0] == "200 OK"
    assert server.counted() == {}


def test_no_reader_gets_the_mark_and_counting_sets_no_cookie(server):
    headers = server.get("/zh/about/")[1]

    assert READ_MARK not in headers
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


@pytest.mark.parametrize(("status", "count"), [("200 OK", 1), ("304 Not Modified", 1), ("206 Partial Content", 0)])
def test_an_answer_of_a_cache_counts_by_the_mark_that_it_kept(status, count):
    def cache(environ, start_response):
        start_response(status, [("ETag", '"1"'), (READ_MARK, "1")])
        return []

    server = Server(cache)
    assert server.get("/zh/about/") == (status, {"ETag": '"1"'})
    assert sum(server.counted().values()) == count


def test_what_is_kept_is_address_language_day_and_number_alone(server):
    server.get(
        "/zh/search/?q=secret",
        REMOTE_ADDR="198.51.100.7",
        HTTP_REFERER="https://example.org/secret",
        HTTP_ACCEPT_LANGUAGE="de",
        HTTP_COOKIE="visitor=secret",
    )
    server.tally.flush()

    assert server.written == [{("search/", CHINESE.code, timezone.localdate()): 1}]
    assert {field.name for field in DailyViews._meta.get_fields()} == {"id", "path", "language", "day", "count"}


def test_counting_asks_the_database_for_nothing_while_a_reader_waits(server, django_assert_num_queries):
    server = Server(lambda environ, start_response: start_response("200 OK", [(READ_MARK, "1")]) or [])
    with django_assert_num_queries(0):
        server.get("/zh/about/")


def test_memory_is_bounded(monkeypatch, caplog):
    monkeypatch.setattr(tally_module, "MOST_ROWS", 3)
    written = []
    tally = Tally(written.append, LONG)
    for number in (0, 1, 2, 3, 4, 0):
        tally.count(f"page-{number}/", CHINESE)
    tally.flush()

    assert [path for path, _language, _day in written[0]] == ["page-0/", "page-1/", "page-2/"]
    assert written[0]["page-0/", CHINESE.code, timezone.localdate()] == 2
    assert "2 views of more than 3 pages were not counted" in caplog.text


def test_what_the_database_does_not_take_is_tried_again(caplog):
    written, down = [], [True]

    def write(counts):
        if down:
            raise DatabaseError("the database is locked")
        written.append(dict(counts))

    tally = Tally(write, LONG)
    tally.count("about/", CHINESE)
    tally.flush()
    tally.count("about/", CHINESE)
    down.clear()
    tally.flush()
    tally.flush()

    assert [list(counts.values()) for counts in written] == [[2]]
    assert "1 views are not written yet: the database is locked" in caplog.text


def test_the_tally_writes_by_itself_when_its_time_has_come():
    written = threading.Event()
    tally = Tally(lambda counts: written.set(), 0)
    tally.count("about/", CHINESE)

    assert written.wait(30)


def test_a_process_that_ends_in_order_writes_what_it_counted(monkeypatch):
    at_exit, written = [], []
    monkeypatch.setattr(tally_module, "Finalize", lambda _object, function, exitpriority: at_exit.append(function))
    tally = Tally(lambda counts: written.append(dict(counts)), LONG).flush_at_exit()
    tally.count("about/", CHINESE)
    for function in at_exit:
        function()

    assert [list(counts.values()) for counts in written] == [[1]]


@pytest.fixture
def log(tmp_path, monkeypatch):
    """The log that nginx writes of the pages that the mirror answered, and by its name how nginx is told of it."""
    monkeypatch.setattr(count_views, "SETTLED_SECONDS", -1)
    (tmp_path / "nginx.pid").write_text(str(os.getpid()))
    told = []
    monkeypatch.setattr(count_views.os, "kill", lambda *arguments: told.append(arguments))
    return SimpleNamespace(file=tmp_path / "portal-views.log", folder=tmp_path, told=told)


def _line(file: str, agent: str = BROWSER, hour: str = "2026-03-01T18:00+08:00") -> str:
    return json.dumps({"hour": hour, "file": file, "agent": agent}) + "\n"


def _count(log) -> str:
    output = StringIO()
    call_command("count_views", str(log.file), "--pid", str(log.folder / "nginx.pid"), stdout=output)
    return output.getvalue()


def test_what_nginx_answered_from_the_mirror_counts_once(portal, log):
    lines = [
        *(_line("/zh/index.html"), _line("/zh/news/index.html"), _line("/_query/en/bases//kind=offshore/index.html")),
        _line("/en/bases/index.html", hour="2026-03-01T16:00+00:00"),  # the next day in Beijing
        *(_line("/zh/about/index.html", agent="Baiduspider"), _line("/zh/about/index.html", agent="")),
    ]
    log.file.write_text("".join(lines))
    assert _count(log) == "0 views counted.\n"
    assert log.told[-1] == (os.getpid(), signal.SIGUSR1)
    log.file.write_text(_line("/zh/index.html"))
    assert _count(log) == "4 views counted.\n"
    assert _count(log) == "1 views counted.\n"
    assert _count(log) == "0 views counted.\n"
    assert [file.name for file in log.folder.iterdir()] == ["nginx.pid"]
    assert _stored() == {("", "zh-hans"): 2, ("news/", "zh-hans"): 1, ("bases/", "en"): 1}
    days = DailyViews.objects.filter(path="bases/").values_list("day__day", "count")
    assert sorted(days) == [(1, 1), (2, 1)]


def test_lines_of_any_other_form_count_for_nothing(portal, log):
    good = _line("/zh/about/index.html")
    bad = [
        *("", "{", "[" * 20_000, "null", "[]", '"x"', "{}", good[: len(good) // 2], "\x00", '{"hour":1,"file":2,"agent":3}'),
        *(_line("/zh/about/index.html", hour=hour) for hour in ("", "0001-01-01T00:00+23:59", "99999-01-01T00:00+00:00", "x")),
        *(
            _line(file)
            for file in ("/de/index.html", "/index.html", "/zh/index.rss", "index.html", "/zh/" + "x" * 300 + "/index.html", "")
        ),
        good.replace(BROWSER, "x" * 100_000),
        json.dumps({"hour": "2026-03-01T18:00+08:00", "file": "/zh/index.html", "agent": ["x"]}),
    ]
    log.file.with_name(f"{log.file.name}.1").write_bytes("\n".join(bad).encode() + b"\n\xff\xfe\n" + good.encode())
    assert _count(log) == "1 views counted.\n"
    assert _stored() == {("about/", "zh-hans"): 1}


def test_a_log_that_was_counted_and_not_removed_is_not_counted_again(portal, log, monkeypatch):
    aside = log.file.with_name(f"{log.file.name}.1")
    aside.write_text(_line("/zh/index.html"))

    def fail(*arguments, **options):
        raise OSError("the file system is read-only")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", fail)
        with pytest.raises(CommandError, match="read-only"):
            _count(log)
    _count(log)
    assert not aside.exists()
    assert _stored() == {("", "zh-hans"): 1}
    assert not CountedLog.objects.exists()


def test_a_log_that_the_database_does_not_take_stays(portal, log, monkeypatch):
    aside = log.file.with_name(f"{log.file.name}.1")
    aside.write_text(_line("/zh/index.html"))

    def fail(*arguments):
        raise DatabaseError("the database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(DailyViews.objects, "add", fail)
        with pytest.raises(DatabaseError):
            _count(log)
    assert _count(log) == "1 views counted.\n"


def test_without_an_nginx_that_could_be_told_the_log_stays_where_it_is(portal, log):
    log.file.write_text(_line("/zh/index.html"))
    (log.folder / "nginx.pid").unlink()
    with pytest.raises(CommandError, match="names no nginx"):
        _count(log)
    assert log.file.exists()


def test_sums_are_added_to_what_stands_there(portal):
    DailyViews.objects.add({("about/", "en", DAY): 2, ("about/", "zh-hans", DAY): 1})
    DailyViews.objects.add({("about/", "en", DAY): 3, ("", "en", DAY): 1, ("about/", "en", DAY + datetime.timedelta(1)): 1})

    assert sorted(DailyViews.objects.values_list("path", "language", "day__day", "count")) == [
        ("", "en", 1, 1),
        ("about/", "en", 1, 5),
        ("about/", "en", 2, 1),
        ("about/", "zh-hans", 1, 1),
    ]


WRITERS, TIMES, PAGES = 6, 20, 5


@pytest.fixture
def committed(request, django_db_setup, django_db_blocker):
    """The database without the transaction of the test; the views are removed afterwards."""
    with django_db_blocker.unblock():
        yield
        DailyViews.objects.all().delete()


def test_many_processes_that_write_at_once_lose_nothing(committed):
    start, faults = threading.Barrier(WRITERS), []

    def write(number):
        try:
            start.wait()
            for _time in range(TIMES):
                places = [(f"page-{page}/", "en", DAY) for page in range(PAGES)]
                DailyViews.objects.add(dict.fromkeys(places[:: 1 if number % 2 else -1], 1))
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()

    assert faults == []
    assert _stored() == {(f"page-{page}/", "en"): WRITERS * TIMES for page in range(PAGES)}


def test_old_days_are_forgotten(portal, settings):
    today = timezone.localdate()
    for days in (0, settings.VIEWS_KEPT_DAYS, settings.VIEWS_KEPT_DAYS + 1):
        DailyViews.objects.add({(f"{days}/", "en", today - datetime.timedelta(days=days)): 1})

    assert DailyViews.objects.forget_old() == 1
    assert set(_stored()) == {("0/", "en"), (f"{settings.VIEWS_KEPT_DAYS}/", "en")}


@pytest.fixture
def views(portal):
    """Views of today and of the days 7, 40 and 400 before it."""
    today = timezone.localdate()
    for days, count in ((0, 1), (7, 10), (40, 100), (400, 1000)):
        day = today - datetime.timedelta(days=days)
        DailyViews.objects.add(
            {
                (ARTICLE, CHINESE.code, day): 2 * count,
                (ARTICLE, ENGLISH.code, day): count,
                ("bases/yanshan-university/", CHINESE.code, day): count,
                ("no-longer-here/", ENGLISH.code, day): 5 * count,
            }
        )


def _report(user, query: str = ""):
    response = client_of(user).get(reverse("views_report") + query)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def _rows(tree) -> list[list[str]]:
    table = tree.xpath("//div[@id='listing-results']/table | //div[@id='listing-results']//table[not(ancestor::details)]")[0]
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in table.xpath(".//tbody/tr")]


@pytest.mark.parametrize(("query", "factor"), [("?days=7", 1), ("", 11), ("?days=30", 11), ("?days=365", 111), ("?days=x", 11)])
def test_the_report_shows_the_pages_most_read_in_the_period(views, staff, query, factor):
    article = Page.objects.get(url_path=f"/zh/{ARTICLE}").title

    rows = _rows(_report(staff("writer"), query))

    assert rows == [
        ["/no-longer-here/", "0", str(5 * factor), str(5 * factor)],
        [article, str(2 * factor), str(factor), str(3 * factor)],
        ["燕山大学", str(factor), "0", str(factor)],
    ]


def test_the_report_of_one_language(views, staff):
    rows = _rows(_report(staff("translator"), "?days=7&language=en"))

    assert [row[1:] for row in rows] == [["0", "5", "5"], ["0", "1", "1"]]


def test_the_report_draws_each_day_and_says_it_in_a_table(views, staff):
    tree = _report(staff("chief-editor"), "?days=30")
    days = [[cell.text_content() for cell in row] for row in tree.xpath("//details//tbody/tr")]

    assert len(days) == 30
    assert days[0] == [str(timezone.localdate()), "9"]
    assert (
        sum(int(count) for _day, count in days)
        == 99
        == DailyViews.objects.filter(day__gt=timezone.localdate() - datetime.timedelta(days=30)).aggregate(total=Sum("count"))[
            "total"
        ]
    )
    bars_drawn = tree.xpath("//*[contains(@class, 'views__chart')]/rect")
    assert len(bars_drawn) == 2
    assert not tree.xpath("//*[contains(@class, 'views')]//@style")


def test_the_report_leads_to_what_is_public_and_names_nothing_else(views, staff):
    page = Page.objects.get(url_path=f"/zh/{ARTICLE}")
    for entry in page.get_translations(inclusive=True):
        entry.live = False
        entry.save()

    tree = _report(staff("news-writer"))

    assert [row[0] for row in _rows(tree)] == ["/no-longer-here/", f"新闻 › {ARTICLE.split('/')[1]}", "燕山大学"]
    assert tree.xpath("//div[@id='listing-results']//td//a/@href") == ["/zh/bases/yanshan-university/"]


def test_the_report_speaks_the_language_of_who_reads_it(views, staff):
    user = staff("writer")
    user.set_preferred_language("en")

    tree = _report(user)

    assert "Most read pages" in tree.xpath("//h1")[0].text_content()
    assert Page.objects.get(url_path=f"/en/{ARTICLE}").title in [row[0] for row in _rows(tree)]


def test_the_report_is_a_spreadsheet_without_formulas(views, staff):
    DailyViews.objects.add({("=1+1/", "en", timezone.localdate()): 999})
    response = client_of(staff("administrator")).get(reverse("views_report"), {"days": 7, "export": "csv"})
    lines = b"".join(response.streaming_content).decode().splitlines()

    assert lines[0] == "页面,地址,中文,English,阅读量"
    assert lines[1] == ",'=1+1/,0,999,999"
    assert lines[2] == ",no-longer-here/,0,5,5"


def test_an_empty_report_says_so(portal, staff):
    assert "这段时间没有阅读记录" in _report(staff("auditor")).text_content()


def test_bars_are_as_high_as_their_counts():
    drawn = bars([("a", 0), ("b", 5), ("c", 10)], 90, 50)

    assert [bar.height for bar in drawn] == [0, 25, 50]
    assert all(bar.y + bar.height == 50 for bar in drawn)
    assert all(one.x + one.width < two.x for one, two in pairwise(drawn))
    assert drawn[-1].x + drawn[-1].width <= 90
    assert bars([], 90, 50) == []
    assert bars([("a", 0)], 90, 50)[0].height == 0
