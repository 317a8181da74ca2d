"""What the check of the pinned packages says: of a vulnerable one, of none, and where nobody can be asked."""

import runpy
from pathlib import Path

import pytest
from django.conf import settings

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
FAULTY = {"name": "faulty", "version": "2.0", "vulns": [{"id": "CVE-2026-0001"}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


@pytest.fixture
def audit(monkeypatch):
    """A function that runs the audit with the given answers of the sources and returns its exit code."""

    def run(**answers):
        module = runpy.run_path(str(Path(settings.BASE_DIR) / "requirements" / "audit.py"))
        monkeypatch.setitem(module["main"].__globals__, "ask", answers.get)
        return module["main"]()

    return run


def test_a_vulnerable_package_fails_the_check_and_is_named(audit, capsys):
    assert audit(pypi=[SOUND, FAULTY, UNKNOWN]) == 1
    output = capsys.readouterr().out
    assert "faulty 2.0 has known vulnerabilities: CVE-2026-0001" in output
    assert "3 packages asked of pypi: 1 with advisories, 1 unknown to it" in output


def test_the_second_source_is_asked_where_the_first_is_out_of_reach(audit, capsys):
    assert audit(osv=[SOUND]) == 0
    assert "1 packages asked of osv: 0 with advisories" in capsys.readouterr().out


def test_where_no_source_is_reachable_nothing_is_claimed(audit, capsys):
    assert audit() == 0
    assert "SKIPPED: the packages were not audited" in capsys.readouterr().out
