"""Written in Chinese, translated, approved by three people in each language: both appear at one moment."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.admin_forms import approve, follow, schedule, submit, write_news

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TITLE, ENGLISH = "海智专家团走进唐山", "Experts visit Tangshan"
SLUG = "hai-zhi-zhuan-jia-tuan-zou-jin-tang-shan"
PEOPLE = ("reviewer", "second-reviewer", "chief-editor")
ADDRESSES = (f"/zh/news/{SLUG}/", f"/en/news/{SLUG}/")
MOMENT = "2099-01-01 08:00"
LET_THE_MOMENT_COME = """
from django.utils import timezone
from wagtail.models import Revision
for revision in Revision.objects.filter(approved_go_live_at__year__gte=2098):
    revision.approved_go_live_at = timezone.now()
    revision.content["go_live_at"] = timezone.now().isoformat()
    revision.save()
"""


@pytest.fixture
def manage(database_copy):
    """A function that runs a command on the server's database."""

    def run(*arguments: str) -> None:
        environment = os.environ | {"DATABASE_URL": database_copy, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)

    return run


def test_both_languages_appear_at_one_moment(sign_in, open_context, server, news_lists, manage):
    reader = open_context().new_page()

    def statuses() -> list[int]:
        return [reader.request.get(server + path).status for path in ADDRESSES]

    writer = sign_in("writer")
    write_news(writer, server, news_lists, TITLE)
    chinese = writer.url
    submit(writer)

    # The translator begins from the pair of texts, while the Chinese is in review.
    translator = sign_in("translator")
    translator.goto(f"{server}/admin/languages/page/{re.search(r'/pages/([0-9]+)/', chinese)[1]}/")
    follow(translator.get_by_role("link", name="Translate", exact=True))
    follow(translator.locator("main input[type=submit]"))
    english = translator.url
    assert english != chinese
    translator.locator("#id_title").fill(ENGLISH)
    schedule(translator, MOMENT)

    for person in PEOPLE:
        approve(sign_in(person), chinese)
    chief = sign_in("chief-editor")
    chief.goto(chinese)
    expect(chief.locator(".messages li.info")).to_contain_text("待另一语言（英文）也通过后同时发布")
    assert statuses() == [404, 404]

    submit(translator)
    for person in PEOPLE:
        approve(sign_in(person), english)
    chief.goto(f"{server}/admin/")
    for title in (TITLE, ENGLISH):
        expect(chief.locator("#own-drafts-section")).to_contain_text(title)
    assert statuses() == [404, 404]

    manage("shell", "-c", LET_THE_MOMENT_COME)
    manage("publish_scheduled")

    assert statuses() == [200, 200]
    reader.goto(server + ADDRESSES[0])
    expect(reader.locator("h1")).to_have_text(TITLE)
    reader.get_by_role("link", name="English", exact=True).click()
    expect(reader.locator("h1")).to_have_text(ENGLISH)
