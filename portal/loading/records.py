"""The tables of records: which columns each has, and the rows as records."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from bases.models import Base, BaseCategory, Evaluation, Province
from news.models import Topic
from portal.loading.problems import Problems
from portal.loading.tables import Row, fingerprint, read_table
from portal.models import StarterItem
from programs.models import Figure, FigureValue, Milestone
from search.models import Term
from terminology.models import Name
from terminology.tables import COLUMNS as NAME_COLUMNS
from terminology.tables import SEVERAL, lines_from

TRANSLATED_SUFFIXES = {"_zh": "_zh_hans", "_en": "_en"}


def _field(column: str) -> str:
    """Return the model field of a column: `name_zh` is kept in `name_zh_hans`."""
    return column[:-3] + "_zh_hans" if column.endswith("_zh") else column


@dataclass(frozen=True)
class Children:
    """A table whose rows belong to a record of another; `parent_column` holds the parent's key."""

    file: str
    columns: tuple[str, ...]
    parent_column: str
    model: type
    relation: str


@dataclass(frozen=True)
class Table:
    """A table of records. `convert` maps a column to a function of its text; `positioned` keeps the rows' order."""

    file: str
    columns: tuple[str, ...]
    key: str
    model: type
    convert: dict[str, Callable]
    children: Children | None = None
    positioned: bool = False


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError("write yes or no")
    return text == "yes"


def _whole_number(text: str) -> int | None:
    if text and not text.isdecimal():
        raise ValueError("write a whole number, digits only")
    return int(text) if text else None


def _existing(model, lookup: str, file: str) -> Callable:
    def find(text: str):
        if not text:
            return None
        found = model.objects.filter(**{lookup: text}).first()
        if found is None:
            raise ValueError(f"“{text}” is not in {file}")
        return found

    return find


SOURCE = ("source_zh", "source_en", "source_url")
TABLES = (
    Table(
        "provinces.csv",
        (
            *("code", "letters", "name_zh", "name_en", "short_name_zh", "short_name_en"),
            *("tile_column", "tile_row", "longitude", "latitude"),
        ),
        "code",
        Province,
        {"tile_column": _whole_number, "tile_row": _whole_number},
    ),
    Table(
        "categories.csv",
        (
            *("slug", "name_zh", "name_en", "short_name_zh", "short_name_en", "description_zh", "description_en"),
            *("hosts_zh", "hosts_en", "applications", "applications_year", *SOURCE),
        ),
        "slug",
        BaseCategory,
        {"applications_year": _whole_number},
        positioned=True,
    ),
    Table(
        "bases.csv",
        (
            *("slug", "name_zh", "name_en", "name_en_official", "name_zh_basis", "short_name_zh", "short_name_en"),
            *("category", "category_basis", "host_type", "host_zh", "host_en", "country", "province", "city_zh", "city_en"),
            *("year", "year_basis", "accredited_on", "website", "description_zh", "description_en", *SOURCE),
            *("other_sources_zh", "other_sources_en", "confidence"),
        ),
        "slug",
        Base,
        {
            "name_en_official": _yes,
            "category": _existing(BaseCategory, "slug", "categories.csv"),
            "province": _existing(Province, "code", "provinces.csv"),
            "year": _whole_number,
        },
        Children("evaluations.csv", ("base", "year", "result_zh", "result_en", *SOURCE), "base", Evaluation, "evaluations"),
    ),
    Table("topics.csv", ("slug", "name_zh", "name_en", "description_zh", "description_en"), "slug", Topic, {}, positioned=True),
    Table(
        "figures.csv",
        ("slug", "name_zh", "name_en", "unit_zh", "unit_en", "description_zh", "description_en"),
        "slug",
        Figure,
        {},
        Children(
            "figure_values.csv",
            ("figure", "value", "qualifier", "as_of", "text_zh", "text_en", *SOURCE, "note_zh", "note_en"),
            "figure",
            FigureValue,
            "values",
        ),
    ),
    Table(
        "milestones.csv",
        ("key", "date", "text_zh", "text_en", "number", "number_unit_zh", "number_unit_en", "featured", *SOURCE),
        "key",
        Milestone,
        {"featured": _yes},
    ),
    Table(
        "names.csv",
        NAME_COLUMNS,
        "chinese",
        Name,
        {"english_is_official": _yes, **dict.fromkeys(SEVERAL, lines_from)},
    ),
    Table("terms.csv", ("chinese", "english"), "chinese", Term, {}),
)


def load_table(table: Table, folder: Path, loaded: dict[str, str], problems: Problems) -> list[StarterItem]:
    """Create the records of `table` that are not in `loaded` (key to fingerprint) and return what was loaded."""
    rows = read_table(folder, table.file, table.columns, problems)
    children = _children(table, folder, problems, {row[table.key] for row in rows})
    items, seen = [], {}
    for position, row in enumerate(rows):
        key = row[table.key]
        if key in seen:
            problems.add(row.place, f"{table.key} “{key}” stands in line {seen[key]} already")
            continue
        seen[key] = row.place.line
        item = StarterItem(
            key=f"{table.file}#{key}", fingerprint=fingerprint(row.text, *(child.text for child in children[key]))
        )
        if item.key in loaded:
            continue
        record = _record(table.model, row, table.convert, problems)
        if record is None:
            continue
        if table.positioned:
            record.position = position
        _attach_children(table.children, record, children[key], problems)
        if _is_valid(record, row, problems):
            _publish(record)
            items.append(item)
    return items


def _children(table: Table, folder: Path, problems: Problems, keys: set[str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    if table.children:
        for row in read_table(folder, table.children.file, table.children.columns, problems):
            parent = row[table.children.parent_column]
            if parent not in keys:
                problems.add(row.place, f"{table.children.parent_column}: “{parent}” is not in {table.file}")
            grouped[parent].append(row)
    return grouped


def _record(model, row: Row, convert: dict[str, Callable], problems: Problems, skip: tuple[str, ...] = ()):
    values, faults = {}, 0
    for column, text in row.cells.items():
        if column in skip:
            continue
        try:
            values[_field(column)] = convert.get(column, str)(text)
        except ValueError as error:
            problems.add(row.place, f"{column}: {error}")
            faults += 1
    return None if faults else model(**values)


def _attach_children(children: Children | None, record, rows: list[Row], problems: Problems) -> None:
    for position, row in enumerate(rows):
        convert = {"value": _whole_number, "year": _whole_number}
        child = _record(children.model, row, convert, problems, skip=(children.parent_column,))
        if child is not None:
            child.sort_order = position
            getattr(record, children.relation).add(child)
            _is_valid(child, row, problems, exclude=[children.parent_column])


def _is_valid(record, row: Row, problems: Problems, exclude: list[str] | None = None) -> bool:
    try:
        record.full_clean(exclude=exclude)
    except ValidationError as error:
        problems.add_validation(row.place, error)
        return False
    return True


def _publish(record) -> None:
    if hasattr(record, "publish_saved"):
        record.publish_saved()
    else:
        record.save()
