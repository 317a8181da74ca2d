"""What a document states of itself in lines of their own: 来源：科技日报　2023年5月6日."""

import re

from core.partial_dates import parse_partial_date

LABELS = {
    "source": ("来源", "信息来源", "新闻来源", "稿件来源", "文章来源", "Source"),
    "date": ("日期", "发布日期", "发布时间", "时间", "Date", "Published"),
    "author": ("作者", "撰稿", "供稿", "Author", "By"),
    "editor": ("编辑", "责任编辑", "责编", "Editor"),
}
MAX_LENGTHS = {"source": 255, "author": 100, "editor": 100}
_FIELD_OF = {label.lower(): field for field, labels in LABELS.items() for label in labels}
_LABELLED = re.compile(
    "(?:^|[\\s\u3000|｜/（(]+)(" + "|".join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True)) + r")\s*[:：]\s*",
    re.IGNORECASE,
)
_EDGES = " \t\u3000|｜/（）()"
_DATED = re.compile("(.+?)[ \u3000|｜/（(]+(\\S.*)")
_DATE = re.compile(r"(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_MONTH = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")


def facts_in(line: str) -> dict[str, str]:
    """Return the fields that `line` states, {} where it holds anything else besides."""
    found: dict[str, str] = {}
    labels = list(_LABELLED.finditer(line))
    if not labels or line[: labels[0].start()].strip(_EDGES):
        return {}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        field = _FIELD_OF[label[1].lower()]
        value = line[label.end() : following.start() if following else len(line)].strip(_EDGES)
        value = date_in(value) if field == "date" else value
        if field != "date" and (dated := _DATED.fullmatch(value)) and (date := date_in(dated[2])):
            value, found["date"] = dated[1], date
        if not value or field in found or len(value) > MAX_LENGTHS.get(field, 10):
            return {}
        found[field] = value
    return found


def date_in(text: str) -> str:
    """Return the date that `text` is ("2023-05-06"), "" where it is none."""
    if match := _DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_MONTH.fullmatch(text):
        day, month, year = match[1], _month(match[2]), match[3]
    elif match := _MONTH_DAY.fullmatch(text):
        day, month, year = match[2], _month(match[1]), match[3]
    else:
        return ""
    date = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    try:
        parse_partial_date(date)
    except ValueError:  # a 31st of June, or a word that is no month
        return ""
    return date


def _month(name: str) -> int:
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
