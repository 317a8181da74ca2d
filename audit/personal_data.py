"""What the log holds about a person; it is exported, and not erased before its time."""

from django.conf import settings

from audit.chain import append_waiting
from audit.encoding import FIELDS, written_moment
from audit.events import Event
from audit.models import Entry
from audit.recording import record
from core import personal_data


class LogKeeper(personal_data.Keeper):
    key = "audit_log"

    @property
    def kept(self) -> str:
        return (
            f"The audit log keeps the account's name to sign in with and the network addresses for {settings.AUDIT_KEPT_DAYS} "
            "days: the Cybersecurity Law (article 21) asks for six months at least, and entries cannot be changed before."
        )

    def export(self, person):
        record(Event.PERSONAL_DATA_EXPORTED, person.user)
        if person.user is None:
            return []
        append_waiting()
        values = Entry.objects.of_person(person.user).order_by("number").values(*FIELDS)
        return [entry | {"moment": written_moment(entry["moment"])} for entry in values.iterator()]

    def erase(self, person):
        record(Event.PERSONAL_DATA_ERASED, person.user)
        return personal_data.Erasure()


def register() -> None:
    personal_data.register(LogKeeper())
