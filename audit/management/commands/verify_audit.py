from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from audit import guards
from audit.chain import append_waiting
from audit.encoding import written_moment
from audit.marks import keep_mark, last_mark
from audit.proving import BrokenChainError, archived_entries, prove, stored_entries


class Command(BaseCommand):
    help = (
        "Prove that no entry of the audit log was altered, removed, put in or cut off. The last entry is remembered in "
        "AUDIT_DIR; a hash kept elsewhere is compared with --head."
    )

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", metavar="HASH", help="the hash of an entry that the log must hold")
        parser.add_argument("--file", type=Path, metavar="FILE", help="prove an archived or exported file instead")

    def handle(self, *, head, file, **options):
        try:
            proof = prove(archived_entries(file), head=head, is_archive=True) if file else self._prove_log(head)
        except (BrokenChainError, OSError, ValueError, KeyError) as error:
            raise CommandError(f"The audit log is broken. {error}") from error
        if proof.last is None:
            self.stdout.write("The audit log has no entry.")
            return
        self.stdout.write(
            f"{proof.count} entries, unbroken: {_line(proof.first)} to {_line(proof.last)}\nhead {proof.last['digest']}"
        )

    def _prove_log(self, head: str):
        append_waiting()
        if missing := guards.missing(connection):
            raise CommandError(f"The database lacks the triggers {', '.join(missing)}: run manage.py migrate, and ask why.")
        proof = prove(stored_entries(), mark=last_mark(), head=head)
        if proof.mark:
            keep_mark(proof.mark)
        return proof


def _line(entry: dict) -> str:
    moment = entry["moment"]
    return f"{entry['number']} ({moment if isinstance(moment, str) else written_moment(moment)})"
