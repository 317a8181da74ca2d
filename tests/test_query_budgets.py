"""What a page may ask of the database, on its second reading, and that it asks no more when there is ten times as much."""

from collections import OrderedDict

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from bases.models import Base, BaseIndexPage
from core import memory
from core.languages import LANGUAGES
from enquiries.models import EnquiryPage
from news.models import NewsIndexPage, NewsPage, Topic
from portal.models import HomePage, SiteMapPage, StandardPage
from programs.models import Figure, Milestone, ProgramIndexPage, ProgramPage
from search.models import SearchPage
from tests.factories import make_base, make_figure_value, make_milestone, make_news

pytestmark = pytest.mark.usefixtures("portal")

RICHEST_BASE = "yanshan-university"


def queries(path: str) -> int:
    """Return how many queries the second reading of `path` takes."""
    client = Client()
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def assert_within(budget: int, paths: list[str]) -> None:
    """Fail with a line for each of `paths` that takes more than `budget` queries; the paths are of both languages."""
    assert {path[:4] for path in paths} == {"/zh/", "/en/"}
    counts = sorted(((queries(path), path) for path in paths), reverse=True)
    over = [f"{count} instead of {budget}: {path}" for count, path in counts if count > budget]
    assert not over, "\n".join(over)


def addresses(page_type) -> list[str]:
    return [page.get_url() for page in page_type.objects.live().select_related("locale")]


def below(page_type, *routes: str) -> list[str]:
    return [path + route for path in addresses(page_type) for route in routes]


def test_a_home_page_takes_1_query():
    assert_within(1, addresses(HomePage))


def test_a_news_list_takes_2_queries():
    topics = [f"topics/{slug}/" for slug in Topic.objects.values_list("slug", flat=True)]
    assert_within(2, below(NewsIndexPage, "", "?page=2", "2023/", "2023/03/", *topics))


def test_an_article_takes_3_queries():
    assert_within(3, addresses(NewsPage))


def test_a_directory_of_100_bases_takes_6_queries():
    for number in range(100 - Base.objects.live().count()):
        make_base(number)
    assert Base.objects.live().count() == 100
    assert_within(
        6, below(BaseIndexPage, "", "?page=5", "?kind=working&province=130000&year=2010&host=university", "?q=大学&sort=year")
    )


def test_a_base_takes_6_queries():
    assert_within(6, below(BaseIndexPage, *(f"{slug}/" for slug in Base.objects.live().values_list("slug", flat=True))))


def test_a_programme_page_takes_7_queries():
    assert_within(7, [*addresses(ProgramIndexPage), *addresses(ProgramPage)])


def test_a_plain_page_takes_4_queries():
    assert_within(4, [*addresses(StandardPage), *addresses(SiteMapPage)])


def test_an_enquiry_form_takes_6_queries():
    assert_within(6, [*addresses(EnquiryPage), *below(EnquiryPage, "?base=yanshan-university")])


def grow_news() -> None:
    topics, bases = list(Topic.objects.live()), list(Base.objects.live()[:3])
    bases.append(Base.objects.get(slug=RICHEST_BASE))
    for number in range(9 * NewsPage.objects.filter(locale__language_code="zh-hans").count()):
        make_news(number, topics, bases)


def grow_bases() -> None:
    richest = Base.objects.get(slug=RICHEST_BASE)
    for number in range(9 * Base.objects.count()):
        richest.related_bases.add(make_base(number, province=richest.province))
    richest.save()


def grow_milestones() -> None:
    for number in range(9 * Milestone.objects.count()):
        make_milestone(number, featured=number % 3 == 0)


def grow_figure_values() -> None:
    for figure in Figure.objects.all():
        for number in range(9 * max(figure.values.count(), 1)):
            make_figure_value(figure, number)


def every_kind_of_address() -> list[str]:
    routes = (
        *("", "site-map/", "about/", "programme/", "programme/milestones/", "programme/figures-and-sources/"),
        *("programme/kinds-of-base/", "programme/what-it-is/", "programme/forms-of-work/"),
        *("news/", "news/2023/", "news/2023/03/", "news/topics/base/", "news/yanshan-university-accredited/"),
        *(
            "news/feed/",
            "news/topics/base/feed/atom/",
            "bases/",
            "bases/?kind=working",
            "bases/?q=大学",
            f"bases/{RICHEST_BASE}/",
        ),
        *("bases/data/csv/", "bases/data/json/", "bases/data/geojson/"),
    )
    return [*(f"/{language.prefix}/{route}" for language in LANGUAGES for route in routes), "/sitemap.xml", "/sitemap-1.xml"]


def test_ten_times_as_much_of_everything_takes_no_more_queries(monkeypatch):
    monkeypatch.setattr(memory, "_values", OrderedDict())  # no other test sees what is remembered of this one's rows
    before = {path: queries(path) for path in every_kind_of_address()}
    with disable_reference_index_auto_update():  # no public page reads where a thing is used
        for grow in (grow_news, grow_bases, grow_milestones, grow_figure_values):
            grow()
    connection.run_on_commit.clear()  # as after a commit: nothing is remembered of what a transaction has changed itself
    after = {path: queries(path) for path in before}
    assert {path: (before[path], after[path]) for path in before if after[path] > before[path]} == {}


def test_a_page_of_results_takes_14_queries_however_much_is_found():
    """Two of them tell the planner of PostgreSQL to read the index."""
    asked = ["", "?q=海智", "?q=海智&kind=news", "?q=HOME&kind=news&page=2", "?q=燕山大学&sort=date", "?q=HOME&sort=date"]
    found = below(SearchPage, *asked)
    assert_within(14, found)

    for number in range(30):
        for page in make_news(number, title=f"海智 HOME {number}"):
            page.save_revision().publish()

    assert_within(14, found)
