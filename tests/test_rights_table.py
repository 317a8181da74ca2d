"""The table of rights in the admin: for those who look after rights, in both languages."""

import lxml.html
import pytest
from django.urls import reverse

from accounts.rights import PEOPLE, read_rights
from tests.signing_in import client_of


def _rows(client) -> dict[str, list[str]]:
    tree = lxml.html.fromstring(client.get(reverse("rights")).content.decode())
    rows = [[cell.text_content().strip() for cell in row] for row in tree.xpath("//main//table/tbody/tr")]
    return {row[0]: row[1:] for row in rows}


def test_the_table_shows_every_action_for_every_person(portal, staff):
    rows = _rows(client_of(staff("auditor")))

    assert set(rows) == {right.name for right in read_rights()}
    assert {len(cells) for cells in rows.values()} == {len(PEOPLE)}
    assert rows["终审签发"] == ["–", "–", "–", "✓", "–", "–", "–", "–", "–"]


def test_a_cell_names_where_the_right_holds(portal, staff):
    row = _rows(client_of(staff("auditor")))["修改草稿"]

    assert row[list(PEOPLE).index("news-writer")] == "本人的, 他人的"


def test_the_table_speaks_english_to_who_does(portal, staff):
    user = staff("chief-editor")
    user.set_preferred_language("en")

    assert _rows(client_of(user))["Unpublish"][list(PEOPLE).index("chief-editor")] == "✓"


@pytest.mark.parametrize("key", ["administrator", "auditor", "chief-editor"])
def test_who_looks_after_rights_finds_the_table_under_reports(portal, staff, key):
    assert reverse("rights") in client_of(staff(key)).get(reverse("wagtailadmin_home")).content.decode()
