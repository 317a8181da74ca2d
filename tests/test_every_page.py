"""What holds for every page of the portal, in both languages: each address of the sitemap is read once."""

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from core.languages import CHINESE, ENGLISH, LANGUAGES
from tests.addresses import lang_of, read_every_page

HAN = re.compile(r"[\u3400-\u9fff]")
# Four words in a row are a sentence or a label; names such as "HOME Program" and "CAST" are shorter.
ENGLISH_WORDS = re.compile(r"[A-Za-z’']+(?:[ ,]+[A-Za-z’']+){3}")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
CATALOGUE = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    cache.clear()  # of what another test left there, such as the addresses of a second site
    with django_db_blocker.unblock():
        yield read_every_page()


def assert_no_page(pages, wrong) -> None:
    """Fail with a line for each page of which `wrong(page)` tells something."""
    assert_none([f"{page.path}: {what}" for page in pages if (what := wrong(page))])


def assert_none(faults: list[str]) -> None:
    assert not faults, "\n".join([f"{len(faults)} faults", *faults[:40]])


def repeated(values) -> list:
    return [value for value, count in Counter(values).items() if count > 1]


def test_every_address_answers_with_a_page(pages):
    assert {page.language for page in pages} == set(LANGUAGES)
    assert len(pages) > 200
    assert_no_page(pages, lambda page: page.status != 200 and page.status)


def test_every_page_says_its_language(pages):
    assert_no_page(pages, lambda page: page.tree.get("lang") != page.language.tag and page.tree.get("lang"))
    assert_no_page(pages, lambda page: page.headers["Content-Language"] != page.language.tag and page.headers)


def test_every_page_has_one_main_heading(pages):
    assert_no_page(pages, lambda page: len(page.tree.xpath("//h1")) != 1 and "not one h1")
    assert_no_page(pages, lambda page: not page.tree.xpath("string(//h1)").strip() and "an empty h1")


def test_headings_never_skip_a_level(pages):
    def skipped(page):
        levels = [0, *(int(heading.tag[1]) for heading in page.tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6"))]
        return [levels[at : at + 2] for at in range(len(levels) - 1) if levels[at + 1] > levels[at] + 1]

    assert_no_page(pages, skipped)


def test_every_page_is_its_own_canonical_address(pages):
    def canonical(page):
        addresses = page.tree.xpath("//head/link[@rel='canonical']/@href")
        return addresses != [settings.BASE_URL + page.path] and addresses

    assert_no_page(pages, canonical)


def test_every_page_names_all_its_languages_and_no_more(pages):
    def wrong(page):
        expected = {language.tag: settings.BASE_URL + path for language, path in page.counterparts.items()}
        expected["x-default"] = expected.get(CHINESE.tag) or expected[ENGLISH.tag]
        return page.alternates != expected and page.alternates

    assert_no_page(pages, wrong)


def test_pages_in_two_languages_name_each_other(pages):
    by_address = {settings.BASE_URL + page.path: page for page in pages}

    def one_sided(page):
        return [address for address in page.alternates.values() if by_address[address].alternates != page.alternates]

    assert sum(len(page.alternates) == 3 for page in pages) > 150
    assert_no_page(pages, one_sided)


def test_titles_are_unique_in_their_language(pages):
    assert_no_page(pages, lambda page: not page.title and "no title")
    for language in LANGUAGES:
        assert not repeated(page.title for page in pages if page.language is language)


def test_every_page_has_a_description(pages):
    assert_no_page(pages, lambda page: not page.tree.xpath("string(//head/meta[@name='description']/@content)") and "none")


def test_no_page_of_the_sitemap_is_kept_from_search_engines(pages):
    assert_no_page(pages, lambda page: page.tree.xpath("//meta[@name='robots']/@content"))
    assert_no_page(pages, lambda page: page.headers.get("X-Robots-Tag"))


def test_no_identifier_stands_twice_on_a_page(pages):
    assert_no_page(pages, lambda page: repeated(page.tree.xpath("//@id")))


def test_links_and_labels_within_a_page_lead_somewhere(pages):
    def dangling(page):
        identifiers = set(page.tree.xpath("//@id"))
        named = {href[1:] for href in page.tree.xpath("//a/@href[starts-with(., '#')]")}
        named |= set(page.tree.xpath("//label/@for"))
        named |= {name for names in page.tree.xpath("//@aria-labelledby|//@aria-describedby") for name in names.split()}
        return sorted(named - identifiers)

    assert_no_page(pages, dangling)


def test_no_link_within_the_portal_is_broken_or_redirected(pages, portal):
    found_on: dict[str, str] = {}
    for page in pages:
        for address in page.tree.xpath("//@href|//@src"):
            local = address.removeprefix(settings.BASE_URL).split("#")[0]
            if local.startswith(("/", "?")):
                found_on.setdefault(local if local.startswith("/") else page.path + local, page.path)
    read_already = {page.path for page in pages if page.status == 200}
    statuses = {path: _status(path) for path in found_on if path not in read_already}
    assert len(statuses) > 150
    assert_none([f"{status} {path}, linked on {found_on[path]}" for path, status in statuses.items() if status != 200])


def _status(path: str) -> int:
    response = Client().get(path)
    response.getvalue()  # a file is closed once it is read
    return response.status_code


def test_every_page_is_the_same_for_every_visitor(pages):
    assert_no_page(pages, lambda page: {"cookie", "accept-language"} & set(page.headers.get("Vary", "").lower().split(", ")))
    assert_no_page(pages, lambda page: page.cookies)


def test_nothing_runs_on_a_page_but_the_portals_own_files(pages):
    def policy(page):
        text = page.headers.get("Content-Security-Policy", "")
        kept = "script-src 'self'" in text and "style-src 'self'" in text and "default-src 'none'" in text
        return (not kept or "unsafe" in text) and (text or "no policy")

    def inline(page):
        return page.tree.xpath(
            "//script[not(@src) and not(@type='application/ld+json')]|//style|//*[@style]|//*[@*[starts-with(name(), 'on')]]"
        )

    def foreign(page):
        sources = page.tree.xpath("//script/@src|//img/@src|//link[@rel='stylesheet' or @rel='icon']/@href")
        return [source for source in sources if not source.startswith("/") or source.startswith("//")]

    assert_no_page(pages, policy)
    assert_no_page(pages, inline)
    assert_no_page(pages, foreign)
    assert_no_page(pages, lambda page: page.tree.xpath("//a[starts-with(normalize-space(@href), 'javascript:')]"))


def test_every_picture_has_a_text_or_is_hidden_from_those_who_listen(pages):
    assert_no_page(pages, lambda page: page.tree.xpath("//img[not(@alt)]"))
    assert_no_page(pages, lambda page: page.tree.xpath("//svg[not(@aria-hidden='true') and not(@role='img' and @aria-label)]"))


def test_every_link_and_button_has_a_name(pages):
    def nameless(page):
        controls = page.tree.xpath("//a|//button|//summary")
        return [
            control.get("href") for control in controls if not (control.text_content().strip() or control.get("aria-label"))
        ]

    assert_no_page(pages, nameless)


def test_text_in_the_other_language_says_so(pages):
    def undeclared(page):
        return [
            text
            for element, text in [*page.texts(), *page.labels()]
            if lang_of(element) == page.language.tag and _in_other_language(page, element, text)
        ]

    assert_no_page(pages, undeclared)


def _in_other_language(page, element, text: str) -> bool:
    if page.language is CHINESE:
        # A Chinese body may cite an English name; the interface around it may not.
        return bool(ENGLISH_WORDS.search(text)) and not HAN.search(text) and not _is_running_text(element)
    return bool(HAN.search(text)) and not _is_running_text(element)


def _is_running_text(element) -> bool:
    """Whether `element` is in an editor's body text, where a name may stand in its own script."""
    return bool(element.xpath("ancestor-or-self::*[contains(@class, 'prose') or contains(@class, 'lead') or self::td]"))


def test_no_interface_text_is_left_untranslated(pages):
    shown = {}
    for page in pages:
        if page.language is CHINESE:
            for element, text in [*page.texts(), *page.labels()]:
                if not lang_of(element).startswith("en"):
                    shown.setdefault(" ".join(text.split()), page.path)
    english = re.compile("|".join(_english_forms()))
    assert_none([f"{path}: {text}" for text, path in shown.items() if english.fullmatch(text)])


def _english_forms() -> list[str]:
    """Return patterns of the English interface strings that have a Chinese form of their own; placeholders match anything."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    forms = []
    for message in catalogue:
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        for source in sources:
            words = [re.escape(part) for part in PLACEHOLDER.split(" ".join(source.split()))]
            if len(re.findall(r"[A-Za-z]", PLACEHOLDER.sub("", source))) > 3 and source not in translations:
                forms.append(".+?".join(words))
    assert len(forms) > 200
    return forms
