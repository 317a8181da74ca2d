"""Characters that nobody sees are taken out of what staff send."""

import pytest
from django.urls import reverse

from core.plain_text import without_invisible
from tests.editing import body, content_state, page_at, publish_page
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "zh/news/yanshan-university-accredited"


@pytest.fixture
def chief(staff):
    return client_of(staff("chief-editor"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\u202egnp.exe", "agnp.exe"),
        ("海\u200b智\ufeff\u2060", "海智"),
        ("\u2066x\u2069\u200e\u200f\u061c", "x"),
        ("a\x00b\x1bc\x7f\x85", "abc"),
        ("\U000e0041\U000e0042x", "x"),
        ("x\u3164\u115f", "x"),
        ("一\u2028二", "一\n二"),
        ("👩\u200d🔬 ❤\ufe0f\u200d🔥", "👩\u200d🔬 ❤\ufe0f\u200d🔥"),
        ("a\u200db", "ab"),
        ("café\tΩ\r\n“引号”—…", "café\tΩ\r\n“引号”—…"),
    ],
)
def test_invisible_characters_are_taken_out(text, kept):
    assert without_invisible(text) == kept


def test_whoever_sends_invisible_characters_is_told_so(chief):
    page = page_at(ARTICLE)
    text = content_state("正\u202e文\\u202e".replace("\\\\u", "\\u"))

    response = publish_page(chief, page, title="标\u202e题\u200b", source="来\u2066源", **body(("paragraph", text)))
    chief.get(reverse("wagtailadmin_home"), headers={"accept": "text/html"})

    page.refresh_from_db()
    assert (page.title, page.source) == ("标题", "来源")
    assert "\u202e" not in page.body[0].value.source
    assert response.status_code == 302
