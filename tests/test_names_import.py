"""The register taken away and taken over as a table, all of it or nothing, with every fault named by its line."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from terminology.models import Name
from terminology.tables import COLUMNS, TableError, take_over
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

GOOD = {"kind": "place", "chinese": "某地", "english": "Some Place", "english_is_official": "no", "source": "来源"}
LIST = "wagtailsnippets_terminology_name:list"


def table(*rows: dict, columns=COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def send(client, content: bytes):
    return client.post(reverse("import_names"), {"table": SimpleUploadedFile("names.csv", content)}, follow=True)


def test_new_names_are_entered_and_known_ones_changed_and_both_are_logged(staff):
    user = staff("chief-editor")
    known = Name.objects.get(chinese="燕山大学")
    changed = GOOD | {"chinese": "燕山大学", "kind": "organisation", "english": "Yanshan University", "note": "改"}

    response = send(client_of(user), table(GOOD | {"chinese_forms": "某处；某点", "english_variants": "Somewhere"}, changed))

    assert "新增名称1条，修改1条" in response.content.decode()
    name = Name.objects.get(chinese="某地")
    assert (name.pinyin, name.chinese_forms, name.english_variants) == ("mǒu dì", "某处\n某点", "Somewhere")
    known.refresh_from_db()
    assert (known.note, known.english_is_official) == ("改", False)
    logged = ModelLogEntry.objects.filter(user=user, content_type__model="name").values_list("action", flat=True)
    assert sorted(logged) == ["wagtail.create", "wagtail.edit"]
    append_waiting()
    assert Entry.objects.filter(event=Event.CREATED, actor_id=user.pk, object_id=str(name.pk)).exists()


def test_the_table_that_is_downloaded_is_taken_over_without_a_change(staff):
    client = client_of(staff("chief-editor"))
    downloaded = b"".join(client.get(reverse(LIST), {"export": "csv"}).streaming_content)
    before = list(Name.objects.order_by("pk").values())

    assert take_over(downloaded, None) == (0, 0)

    assert list(Name.objects.order_by("pk").values()) == before
    assert len(before) == downloaded.decode().count("\n") - 1


@pytest.mark.parametrize(
    ("rows", "line", "part"),
    [
        ([GOOD, GOOD | {"kind": "thing", "chinese": "别处"}], 3, "kind"),
        ([GOOD | {"english_is_official": "maybe"}], 2, "yes 或 no"),
        ([GOOD | {"chinese": ""}], 2, "chinese"),
        ([GOOD | {"chinese": "长" * 201}], 2, "chinese"),
        ([GOOD | {"source_url": "javascript:alert(1)"}], 2, "source_url"),
        ([GOOD | {"as_of": "5月"}], 2, "as_of"),
        ([GOOD, GOOD], 3, "“某地”在第2行已有"),
        ([GOOD, GOOD | {"chinese": "别处", "chinese_variants": "某地"}], 3, "“某地”已属于“某地 = Some Place”"),
        ([GOOD | {"note": "一\n二"}, GOOD | {"chinese": "别处", "source": ""}], 4, "source"),
        ([GOOD | {"chinese_variants": "中国科协"}], 2, "chinese_variants"),
    ],
)
def test_a_faulty_row_is_named_with_its_line_and_nothing_is_entered(staff, rows, line, part):
    before = Name.objects.count()

    page = send(client_of(staff("chief-editor")), table(*rows)).content.decode()

    assert f"第{line}行：" in page
    assert part in page
    assert "没有导入任何内容" in page
    assert Name.objects.count() == before


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (table(GOOD).decode().encode("gb18030"), "UTF-8"),
        (table(GOOD, columns=COLUMNS[:-1]), "as_of"),
        (table(GOOD, columns=(*COLUMNS, "kind")), "有重复的列"),
        (table(GOOD) + b"place,too,short\n", "第3行：该行有3个单元格"),
        (b"a" * 2_000_001, "2 MB"),
        (table() + b",\n" * 2_001, "第2002行：表格行数过多"),
        (b"\x00\x01", "列名不符"),
        (b'"' + b"a" * 200_000, "CSV"),
        (b"", "空"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_the_remedy(staff, content, part):
    response = send(client_of(staff("chief-editor")), content)

    assert response.status_code == 200
    assert part in response.content.decode()
    assert not Name.objects.filter(chinese="某地").exists()


def test_all_faults_are_named_at_once_and_a_flood_of_them_is_cut(staff):
    rows = [GOOD | {"chinese": f"某地{number}", "kind": "thing"} for number in range(60)]
    with pytest.raises(TableError) as refused:
        take_over(table(*rows), None)
    assert len(refused.value.problems) == 60

    page = send(client_of(staff("chief-editor")), table(*rows)).content.decode()

    assert "第51行" in page
    assert "第52行" not in page
    assert "另有10处" in page


def test_every_starter_name_has_a_source_and_official_english_is_there():
    assert Name.objects.exclude(source="").count() == Name.objects.count() >= 40
    assert not Name.objects.filter(english_is_official=True, english="").exists()
    assert Name.objects.get(chinese="海智计划").english_is_official
