"""A base's page: what is known, how sure it is, and what stands around it; drafts stay with the editors."""

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from bases import surroundings
from bases.models import Base, BaseCategory, Evaluation, Province
from news.models import ConcernedBase, NewsIndexPage, NewsPage

HEBEI = "130000"


def _base(**changes) -> Base:
    """Return a base that is well formed but for `changes`, not saved."""
    values = {
        "slug": "a-new-base",
        "name_zh_hans": "某新基地",
        "name_en": "A New Base",
        "short_name_zh_hans": "新基地",
        "short_name_en": "New Base",
        "source_zh_hans": "某报道",
        "source_en": "A report",
        "category": BaseCategory.objects.get(slug="working"),
        "province": Province.objects.get(code=HEBEI),
    }
    return Base(**values | changes)


def _faults(**changes) -> set[str]:
    with pytest.raises(ValidationError) as fault:
        _base(**changes).full_clean()
    return set(fault.value.message_dict)


def _main(client, path: str):
    """Return the main element of the page at `path`."""
    response = client.get(path)
    assert response.status_code == 200, path
    return lxml.html.fromstring(response.content.decode()).xpath("//main")[0]


def _links(main, section: str) -> list[str]:
    return main.xpath(f"//section[@aria-labelledby='{section}']//a/@href")


def test_a_well_formed_base_is_valid(portal):
    _base().full_clean()
    _base(year=2020, year_basis="approved").full_clean()
    _base(country="BE", province=None).full_clean()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"year": 2020}, "year_basis"),
        ({"year_basis": "approved"}, "year_basis"),
        ({"province": None}, "province"),
        ({"country": "BE"}, "province"),
        ({"accredited_on": "2020-13"}, "accredited_on"),
        ({"slug": "no slug"}, "slug"),
        ({"slug": "yanshan-university"}, "slug"),
        ({"confidence": "certain"}, "confidence"),
        ({"name_en": ""}, "name_en"),
        ({"source_zh_hans": ""}, "source_zh_hans"),
    ],
)
def test_a_base_that_contradicts_itself_is_refused(portal, changes, field):
    assert field in _faults(**changes)


def test_a_base_page_shows_both_names_each_marked_with_its_language(portal, client):
    main = _main(client, "/en/bases/yanshan-university/")

    assert (
        main.xpath("//h1")[0].text_content()
        == "China Association for Science and Technology HOME Program Base (Yanshan University)"
    )
    (other,) = main.xpath(".//*[@class='page-heading__other']")
    assert (other.text, other.get("lang")) == ("中国科协海智计划基地（燕山大学）", "zh-Hans")


def test_the_year_never_stands_without_what_it_means(portal, client):
    text = _main(client, "/en/bases/yanshan-university/").text_content()

    assert "2022 (accreditation round)" in text


DOUBTS = {
    "The kind of base is inferred": {"category_basis": "inferred"},
    "Confidence is medium": {"confidence": "medium"},
    "The Chinese name is composed": {"name_zh_basis": "composed"},
    "The English name is a translation": {"name_en_official": False},
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_is_told_where_there_is_one_and_only_there(portal, client, doubt):
    certain = {"category_basis": "stated", "confidence": "high", "name_zh_basis": "as-in-source", "name_en_official": True}
    _base(**certain).publish_saved()
    _base(slug="doubtful", **certain | DOUBTS[doubt]).publish_saved()

    assert doubt in _main(client, "/en/bases/doubtful/").text_content()
    assert doubt not in _main(client, "/en/bases/a-new-base/").text_content()


def test_no_page_claims_that_a_base_is_accredited_today(portal, client):
    assert "Whether the base is accredited today is not stated here." in _main(client, "/en/bases/hefei/").text_content()


def test_an_inferred_kind_is_told_in_the_list_too(portal, client):
    cards = _main(client, "/en/bases/?q=shunde").xpath(".//article")

    assert ["kind inferred" in card.text_content() for card in cards] == [True]


def test_evaluations_stand_newest_first_with_their_sources(portal, client):
    base = _base()
    for year, result in ((2016, "Advanced working base"), (2022, "Excellent"), (2019, "Good")):
        base.evaluations.add(
            Evaluation(
                year=year,
                result_zh_hans="优秀",
                result_en=result,
                source_zh_hans="某报道",
                source_en=f"A report of {year}",
                source_url=f"https://example.org/{year}",
            )
        )
    base.publish_saved()

    entries = _main(client, "/en/bases/a-new-base/").xpath(".//section[@aria-labelledby='base-history']//li")

    assert [entry.xpath(".//time/@datetime")[0] for entry in entries] == ["2022", "2019", "2016"]
    assert entries[0].xpath(".//a/@href") == ["https://example.org/2022"]
    assert "A report of 2022" in entries[0].text_content()


def test_neighbours_are_the_other_live_bases_of_the_province_in_the_languages_own_order(portal, client):
    others = Base.objects.live().filter(province="440000").exclude(slug="dongguan")
    Base.objects.filter(slug="shunde").update(live=False)

    for prefix, key in (("zh", "sort_key_zh"), ("en", "sort_key_en")):
        found = _links(_main(client, f"/{prefix}/bases/dongguan/"), "base-neighbours")

        assert found == [f"/{prefix}/bases/{slug}/" for slug in others.order_by(key).values_list("slug", flat=True)]
        assert f"/{prefix}/bases/shunde/" not in found


def test_of_many_neighbours_the_first_are_named_and_the_directory_has_all(portal, client, monkeypatch):
    monkeypatch.setattr(surroundings, "SHOWN", 2)
    others = Base.objects.live().filter(province="440000")

    section = _main(client, "/zh/bases/dongguan/").xpath(".//section[@aria-labelledby='base-neighbours']")[0]

    assert len(section.xpath(".//li/a")) == 2 < others.count() - 1
    assert section.xpath(".//a[@class='more']/@href") == ["/zh/bases/?province=440000"]
    assert f"全部{others.count()}个基地" in section.text_content()


def test_a_base_abroad_has_a_country_and_no_neighbours(portal, client):
    main = _main(client, "/en/bases/europe-belgium-fcpae/")

    assert _links(main, "base-neighbours") == []
    assert "Abroad" in main.text_content()


def test_related_bases_name_each_other(portal, client):
    base = _base()
    base.publish_saved()
    base.related_bases.add(Base.objects.get(slug="hefei"))
    base.publish_saved()

    assert _links(_main(client, "/zh/bases/a-new-base/"), "base-related") == ["/zh/bases/hefei/"]
    assert _links(_main(client, "/zh/bases/hefei/"), "base-related") == ["/zh/bases/a-new-base/"]


def test_a_base_lists_the_news_of_the_readers_language(portal, client):
    assert _links(_main(client, "/zh/bases/wujin-national-hi-tech-zone/"), "base-history") == [
        "/zh/news/wujin-matchmaking-meeting-2021/",
        "/zh/news/wujin-hi-tech-zone-approved/",
    ]
    assert _links(_main(client, "/en/bases/wujin-national-hi-tech-zone/"), "base-history") == []
    assert _links(_main(client, "/en/bases/yanshan-university/"), "base-history") == ["/en/news/yanshan-university-accredited/"]


def test_unpublished_news_is_not_named_on_a_bases_page(portal, client):
    NewsPage.objects.get(url_path="/en/news/yanshan-university-accredited/").unpublish()

    assert _links(_main(client, "/en/bases/yanshan-university/"), "base-history") == []


def _name_in_news(base, code: str) -> str:
    locale = Locale.objects.get(language_code=code)
    page = NewsPage(
        title="…", slug="names-a-base", date="2024-01-01", locale=locale, concerned_bases=[ConcernedBase(base=base)]
    )
    return NewsIndexPage.objects.get(locale=locale).add_child(instance=page).url


def test_a_draft_base_is_hidden_from_every_reader(portal, client):
    base = _base(live=False, related_bases=[Base.objects.get(slug="hefei")])
    base.save()
    base.save_revision()
    paths = [_name_in_news(base, "en"), "/en/bases/?province=130000", "/en/bases/?q=New+Base", "/en/bases/hefei/"]
    paths += [
        "/en/bases/yanshan-university/",
        "/en/bases/data/csv/",
        "/en/bases/data/json/",
        "/en/bases/data/geojson/",
        "/sitemap-1.xml",
    ]

    for path in paths:
        text = client.get(path).content.decode()
        assert "a-new-base" not in text, path
        assert "A New Base" not in text, path
    assert client.get("/en/bases/a-new-base/").status_code == 404
    assert client.get("/zh/bases/a-new-base/").status_code == 404

    base.latest_revision.publish()

    for path in paths:
        text = client.get(path).content.decode()
        assert "a-new-base" in text, path


def test_changes_that_are_not_published_are_not_read(portal, client):
    base = Base.objects.get(slug="yanshan-university")
    base.name_en = "Not published yet"
    base.save_revision()

    assert "Not published yet" not in client.get("/en/bases/yanshan-university/").content.decode()


def test_a_base_that_is_unpublished_leaves_its_address(portal, client):
    Base.objects.get(slug="yanshan-university").unpublish()

    assert client.get("/zh/bases/yanshan-university/").status_code == 404
    assert "yanshan-university/" not in client.get("/sitemap-1.xml").content.decode()
