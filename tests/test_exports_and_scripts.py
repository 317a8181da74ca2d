"""What leaves the portal as a table or within a script element is text and nothing that runs."""

import csv
import io
import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from bases.models import Base
from core.spreadsheets import csv_cell, harmless_cell
from core.structured_data import as_json_ld

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "zh/news/yanshan-university-accredited"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=cmd|'/c calc'!A0"])
def test_no_exported_text_is_a_formula(text):
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, 0, -2.5, None])
def test_exported_numbers_stay_numbers(value):
    assert csv_cell(value) is value


def test_open_data_and_exports_of_the_admin_hold_no_formulas(admin_client, client):
    Base.objects.filter(slug="yanshan-university").update(description_zh_hans="=HYPERLINK(1)")
    Page.objects.filter(url_path=f"/{ARTICLE}/").update(title="=HYPERLINK(2)")

    data = client.get("/zh/bases/data/csv/").content.decode("utf-8-sig")
    report = b"".join(
        admin_client.get(reverse("wagtailadmin_reports:aging_pages"), {"export": "csv"}).streaming_content
    ).decode()

    cells = [cell for text in (data, report) for row in csv.reader(io.StringIO(text)) for cell in row]
    assert {"'=HYPERLINK(1)", "'=HYPERLINK(2)"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_list_of_staff_is_exported_with_a_line_for_each_person(admin_client, admin_user):
    answer = b"".join(admin_client.get(reverse("wagtailusers_users:index"), {"export": "csv"}).streaming_content).decode()

    rows = list(csv.reader(io.StringIO(answer)))
    assert len(rows) == User.objects.count() + 1
    assert admin_user.username in {row[0] for row in rows[1:]}


def test_structured_data_ends_no_script_element():
    graph = [{"name": "</script><script>alert(1)</script><!-- & \u2028\u2029"}]

    text = as_json_ld(graph)

    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"] == graph
