"""The checks that are made, in the order they were registered; any room of the house may add its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import pgettext

from core.languages import Language
from editorial.checks.grades import Grade
from editorial.checks.manuscripts import Manuscript, Passage, Place

AROUND = 24  # characters shown before and after what was found


@dataclass(frozen=True)
class Fault:
    """What a rule found in a text between `start` and `end`; `grade` where it is other than the check's."""

    start: int
    end: int
    message: str
    grade: Grade | None = None


@dataclass(frozen=True)
class Finding:
    """What was found, where, and how grave it is; `before`, `marked` and `after` are the words of the place, "" without any."""

    place: Place
    message: str
    before: str = ""
    marked: str = ""
    after: str = ""
    grade: Grade | None = None

    @property
    def is_grave(self) -> bool:
        return self.grade == Grade.GRAVE

    def __str__(self):
        words = f"{self.before}{self.marked}{self.after}".replace("\n", " ").strip()
        return f"{self.place}{pgettext('after a label', ': ')}{self.message}" + (f" “{words}”" if words else "")


@dataclass(frozen=True)
class Check:
    """`key` names the check for good: the site's grades are kept by it. `grade` holds until the site chooses another one."""

    key: str
    label: str
    help: str
    grade: Grade
    find: Callable[[Manuscript], Iterable[Finding]]


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    _checks[check.key] = check


def checks() -> list[Check]:
    return list(_checks.values())


def in_texts(rule: Callable[[str, Language], Iterable[Fault]]) -> Callable[[Manuscript], Iterator[Finding]]:
    """Return what finds the faults of `rule`, given a text and its language, in every passage of a manuscript."""

    def find(manuscript: Manuscript) -> Iterator[Finding]:
        for passage in manuscript.passages:
            for fault in rule(passage.text, passage.language):
                yield found_in(passage, fault)

    return find


def found_in(passage: Passage, fault: Fault) -> Finding:
    """Return the finding of `fault`, with the words around it in the same line."""
    text, start, end = passage.text, fault.start, fault.end
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].split("\n", 1)[0]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    return Finding(passage.place, fault.message, before, text[start:end], after, fault.grade)


def graded(finding: Finding, grade: Grade) -> Finding:
    """Return `finding` with `grade`, unless it has one of its own."""
    return finding if finding.grade is not None else replace(finding, grade=grade)
