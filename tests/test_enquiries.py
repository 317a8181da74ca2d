"""Writing to the programme: the form, what it refuses and how it says so, and what becomes of what is sent."""

from time import time

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from lxml import html

from bases.models import Base
from core.languages import CHINESE, ENGLISH
from delivery.sitemap import public_addresses
from enquiries import stamps
from enquiries.forms import MESSAGE_LENGTH
from enquiries.models import Enquiry, EnquiryPage
from enquiries.stamps import GOOD_FOR, new_stamp
from tests.addresses import paths_by_language

pytestmark = pytest.mark.usefixtures("portal")

FORMS = {CHINESE: "/zh/enquiry/", ENGLISH: "/en/enquiry/"}
FILLED = {
    "kind": "taking-part",
    "name": "Ada Obi",
    "email": "ada@example.org",
    "message": "How may I take part?",
    "consent": "on",
}


def fields(client, path: str) -> dict:
    """Return the fields of the form at `path` as a browser would send them, empty as it is."""
    form = html.document_fromstring(client.get(path).content.decode()).xpath("//form[@method='post']")[0]
    return {name: value or "" for name, value in form.form_values()}


def write(client, path=FORMS[ENGLISH], headers=None, **changes):
    """Send the form at `path` as a reader does who has just opened it."""
    return client.post(path, fields(client, path) | FILLED | changes, headers=headers)


def page_of(response) -> html.HtmlElement:
    return html.document_fromstring(response.content.decode())


def complaints(response) -> dict[str, str]:
    """Return what the summary of faults says, by the field that each entry leads to ("" for none)."""
    entries = page_of(response).xpath("//section[@role='alert']//li")
    return {(entry.xpath("string(a/@href)")): entry.text_content() for entry in entries}


@pytest.mark.parametrize("language", FORMS)
def test_an_enquiry_is_kept_and_its_number_shown(client, language):
    response = write(client, FORMS[language], country="加拿大", message="第一行\r\n第二行")

    enquiry = Enquiry.objects.get()
    assert (enquiry.language, enquiry.kind, enquiry.state) == (language.code, "taking-part", "new")
    assert (enquiry.name, enquiry.email, enquiry.country) == ("Ada Obi", "ada@example.org", "加拿大")
    assert enquiry.message == "第一行\n第二行"
    assert response.status_code == 302
    assert response.headers["Location"] == f"{FORMS[language]}received/{enquiry.reference}/"
    assert enquiry.reference in page_of(client.get(response.headers["Location"])).xpath("string(//main)")


def test_the_page_that_thanks_is_for_nobody_else(client):
    thanks = write(client).headers["Location"]
    response = client.get(thanks)

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert page_of(response).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not {"Ada", "ada@example.org", "How may I"} & set(response.content.decode().split())
    assert page_of(response).xpath("//a[@class='language-switch']/@href") == [thanks.replace("/en/", "/zh/")]
    assert client.get("/en/enquiry/received/2222-2222/").status_code == 404
    assert client.post(thanks).status_code == 405


def test_the_form_sets_no_cookie_and_is_stored_nowhere(client):
    for response in (client.get(FORMS[ENGLISH]), write(client), write(client, name="")):
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
    assert client.get(FORMS[ENGLISH]).headers["Cache-Control"] == "no-store"
    strict = Client(enforce_csrf_checks=True)
    assert write(strict, name="Another").status_code == 302


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "https://testserver.evil.example"])
def test_a_form_on_another_site_sends_nothing(client, origin):
    assert write(client, headers={"origin": origin}).status_code == 403
    assert not Enquiry.objects.exists()


def test_a_form_of_our_own_site_is_taken(client):
    assert write(client, headers={"origin": "http://testserver"}).status_code == 302


def test_a_base_is_chosen_by_the_address_and_kept_by_the_language_switch(client):
    response = client.get("/en/enquiry/?base=yanshan-university")

    assert page_of(response).xpath("//select[@name='base']/option[@selected]/@value") == ["yanshan-university"]
    assert page_of(response).xpath("//a[@class='language-switch']/@href") == ["/zh/enquiry/?base=yanshan-university"]
    assert page_of(response).xpath("//link[@rel='canonical']/@href") == [f"{settings.BASE_URL}/en/enquiry/"]
    write(client, "/en/enquiry/?base=yanshan-university")
    assert Enquiry.objects.get().base == Base.objects.get(slug="yanshan-university")


@pytest.mark.parametrize("base", ["nowhere", "%E7%87%95", "1", "x" * 300])
def test_a_base_that_is_not_there_is_404(client, base):
    assert client.get(f"/en/enquiry/?base={base}").status_code == 404


def test_a_base_that_was_taken_down_is_no_longer_written_to(client):
    sent = fields(client, "/en/enquiry/?base=yanshan-university") | FILLED
    Base.objects.filter(slug="yanshan-university").update(live=False)

    assert complaints(client.post(FORMS[ENGLISH], sent)).keys() == {"#enquiry-base"}
    assert client.get("/en/enquiry/?base=yanshan-university").status_code == 404


def test_every_base_and_every_page_leads_to_the_form(client):
    base = page_of(client.get("/zh/bases/yanshan-university/"))
    assert "/zh/enquiry/?base=yanshan-university" in base.xpath("//main//a/@href")
    for path in ("/zh/", "/en/contact/", "/zh/nothing-here/"):
        links = page_of(client.get(path)).xpath("//footer//a/@href")
        assert (f"/{path[1:3]}/enquiry/" in links) == (path != "/zh/nothing-here/")
    assert "/en/enquiry/" in page_of(client.get("/en/contact/")).xpath("//main//a/@href")


def test_without_the_page_nothing_leads_there_and_nothing_is_taken(client, rf):
    sent = fields(client, FORMS[ENGLISH]) | FILLED
    for page in EnquiryPage.objects.all():
        page.unpublish()

    assert client.post(FORMS[ENGLISH], sent).status_code == 404
    assert not [path for path in client.get("/en/").content.decode().split('"') if path.endswith("/enquiry/")]
    assert FORMS[ENGLISH] not in paths_by_language()[ENGLISH]


def test_the_form_is_in_the_sitemap_and_the_thanks_are_not(client, rf):
    write(client)
    paths = [path for paths in public_addresses(rf.get("/")).values() for path, _lastmod in paths.values()]
    assert [path for path in paths if "enquiry" in path] == list(FORMS.values())


REFUSED = {
    "#enquiry-kind": {"kind": ""},
    "#enquiry-name": {"name": "  "},
    "#enquiry-email": {"email": "ada at example"},
    "#enquiry-message": {"message": "字" * (MESSAGE_LENGTH + 1)},
    "#enquiry-consent": {"consent": ""},
    "#enquiry-country": {"country": "x" * 101},
    "#enquiry-organisation": {"organisation": "A\nBcc: all@example.org"},
    "#enquiry-expertise": {"expertise": "safe\u202egnp.exe"},
    "#enquiry-remark": {"remark": "Buy now"},
    "#enquiry-base": {"base": "nowhere"},
}


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("field", REFUSED)
def test_what_is_wrong_is_named_at_the_top_and_at_the_field(client, language, field):
    response = write(client, FORMS[language], **REFUSED[field])
    page, name = page_of(response), field.removeprefix("#enquiry-")

    assert response.status_code == 200
    assert complaints(response).keys() == {field}
    control = page.get_element_by_id(field[1:])
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby").split()[-1] == f"enquiry-{name}_error"
    label = page.xpath(f"//label[@for='enquiry-{name}']")[0].text.strip()
    if name == "consent":  # its label is a sentence
        label = {CHINESE: "您的同意", ENGLISH: "Your consent"}[language]
    named, _colon, fault = complaints(response)[field].partition({CHINESE: "：", ENGLISH: ": "}[language])
    assert named == label
    assert fault in page.get_element_by_id(f"enquiry-{name}_error").text_content()
    summary = page.xpath("//section[@role='alert']")[0]
    assert (summary.get("tabindex"), "autofocus" in summary.attrib) == ("-1", True)
    assert page.findtext("head/title").startswith({CHINESE: "出错：", ENGLISH: "Error: "}[language])
    assert not Enquiry.objects.exists()


def test_a_fault_is_named_once(client):
    entries = page_of(write(client, email="ada\n@example")).xpath("//section[@role='alert']//li")
    texts = [entry.text_content() for entry in entries]
    assert len(texts) == len(set(texts)) == 2


def test_all_faults_are_named_at_once_and_nothing_typed_is_lost(client):
    typed = {"country": "Canada", "organisation": "大学", "expertise": "光学 & <optics>", "message": "Two\nlines"}
    response = write(client, "/en/enquiry/?base=yanshan-university", name="", email="x", kind="experts", **typed)

    assert list(complaints(response)) == ["#enquiry-name", "#enquiry-email"]
    form = page_of(response).xpath("//form[@method='post']")[0]
    kept = {name: (value or "").strip() for name, value in form.form_values()}
    assert kept | typed | {"email": "x", "kind": "experts", "base": "yanshan-university", "consent": "on"} == kept
    assert client.post(FORMS[ENGLISH], kept | {"name": "Ada", "email": "ada@example.org"}).status_code == 302


def test_each_field_says_what_it_is_for(client):
    page = page_of(client.get(FORMS[ENGLISH]))
    purposes = {
        field.get("name"): field.get("autocomplete") for field in page.xpath("//form[@method='post']//input[@autocomplete]")
    }

    assert purposes | {"name": "name", "email": "email", "country": "country-name", "organisation": "organization"} == purposes
    for control in page.xpath("//form[@method='post']//*[self::input or self::select or self::textarea][not(@type='hidden')]"):
        assert page.xpath(f"//label[@for='{control.get('id')}']"), control.get("name")
        assert control.get("maxlength") is None
    assert page.xpath("//main//form//a/@href") == ["/en/privacy/"]


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ufdd0"])
def test_control_characters_are_refused_with_the_field_named(client, character):
    response = write(client, message=f"a{character}b")

    assert response.status_code == 400
    assert "message" in response.content.decode()
    assert not Enquiry.objects.exists()


def test_invisible_characters_that_come_with_pasting_are_left_out(client):
    write(client, name="\ufeffAda\u200b Obi", email="ada@example.org\u200e", message="a\u00adb")

    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.email, enquiry.message) == ("Ada Obi", "ada@example.org", "ab")


def test_marks_that_turn_the_writing_are_gone_when_the_form_comes_back(client):
    response = write(client, name="\u202eAda")

    sent = {name: value or "" for name, value in page_of(response).xpath("//form[@method='post']")[0].form_values()}
    assert sent["name"] == "Ada"
    assert client.post(FORMS[ENGLISH], sent).status_code == 302


FORGED = {
    "none": lambda: "",
    "no signature": lambda: "x",
    "no text": lambda: "\ud7ff",
    "signed, but no time": lambda: signing.dumps("text", salt="enquiries.form"),
    "signed for something else": lambda: signing.dumps([1, 2]),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_form_that_is_not_the_portals_gets_a_new_stamp(client, kind):
    response = client.post(FORMS[ENGLISH], FILLED | {"stamp": FORGED[kind]()})

    assert list(complaints(response)) == [""]
    sent = {name: value or "" for name, value in page_of(response).xpath("//form[@method='post']")[0].form_values()}
    assert client.post(FORMS[ENGLISH], sent).status_code == 302


def test_a_form_left_open_for_days_is_renewed(client, monkeypatch):
    stamp = new_stamp()
    later = time() + GOOD_FOR + 1
    monkeypatch.setattr(stamps, "time", lambda: later)

    assert list(complaints(client.post(FORMS[ENGLISH], FILLED | {"stamp": stamp}))) == [""]


def test_a_form_that_comes_back_at_once_is_to_be_sent_again(client, settings):
    settings.ENQUIRY_LEAST_SECONDS = 1000
    assert list(complaints(write(client))) == [""]
    assert not Enquiry.objects.exists()

    stamp = new_stamp()
    settings.ENQUIRY_LEAST_SECONDS = 0
    assert client.post(FORMS[ENGLISH], FILLED | {"stamp": stamp}).status_code == 302


def test_the_same_form_sent_twice_is_one_enquiry(client):
    sent = fields(client, FORMS[ENGLISH]) | FILLED
    first, second = (client.post(FORMS[ENGLISH], sent).headers["Location"] for _time in range(2))

    assert first == second
    assert client.post(FORMS[ENGLISH], sent | {"message": "More"}).headers["Location"] != first
    assert Enquiry.objects.count() == 2


def test_too_many_from_one_address_are_refused_with_the_remedy(client, settings):
    settings.ENQUIRIES_IN_A_ROW = 2
    answers = [write(client, message=f"Number {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= settings.ENQUIRY_COUNT_SECONDS
    assert "60 minutes" in complaints(answers[-1])[""]
    assert page_of(answers[-1]).get_element_by_id("enquiry-message").text.strip() == "Number 2"
    assert Enquiry.objects.count() == 2
    assert write(Client(REMOTE_ADDR="192.0.2.9")).status_code == 302


def test_what_the_form_refuses_does_not_count(client, settings):
    settings.ENQUIRIES_IN_A_ROW = 1
    for _time in range(3):
        write(client, name="")

    assert write(client).status_code == 302


def test_editors_see_the_form_before_it_is_published(db):
    response = EnquiryPage.objects.first().make_preview_request()
    assert page_of(response).xpath("//form[@method='post']")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_form_is_read_and_sent_and_nothing_else(client, method):
    assert getattr(client, method)(FORMS[ENGLISH]).status_code == 405
