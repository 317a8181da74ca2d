"""Making the checks, with the grades that the site has given them."""

from collections.abc import Iterator

from editorial.checks.grades import Grade
from editorial.checks.manuscripts import Manuscript
from editorial.checks.registry import Finding, checks, graded
from editorial.models import CheckSettings


def findings(item) -> list[Finding]:
    """Return what the checks that are on find in `item`, a page or record with its newest values: grave ones first, each
    grade in the order of the text."""
    manuscript, grades = Manuscript.of(item), CheckSettings.chosen()
    found = []
    for check in checks():
        grade = grades.get(check.key, check.grade)
        if grade != Grade.OFF:
            found += [graded(finding, grade) for finding in check.find(manuscript)]
    order = {passage.place: number for number, passage in enumerate(manuscript.passages)}
    return sorted(found, key=lambda finding: (-finding.grade, order.get(finding.place, -1)))


def grave_faults(item) -> Iterator[str]:
    """Yield as sentences what keeps `item` from being published."""
    return (str(finding) for finding in findings(item) if finding.is_grave)
