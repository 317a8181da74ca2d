"""What is kept about those who write, and about the staff who answer them."""

from core import personal_data
from enquiries.models import Answer, Enquiry, Note
from enquiries.models.enquiry import PERSONAL_FIELDS

VIEWS = frozenset({"edit", "answer"})  # the list shows nothing about the senders


class EnquiryKeeper(personal_data.Keeper):
    """Enquiries are found by the sender's e-mail address, and erased with their answers and notes."""

    key = "enquiries"
    kept = "Mails about enquiries lie in the mailboxes of the programme office or the base, too; the portal cannot erase those."

    def export(self, person):
        parts = {"written": [_exported(enquiry) for enquiry in _enquiries_of(person)], "worked_on": _worked_on(person.user)}
        return {name: entries for name, entries in parts.items() if entries}

    def erase(self, person):
        enquiries = _enquiries_of(person)
        own = {enquiry.pk for enquiry in enquiries}
        Enquiry.objects.filter(pk__in=own).delete()
        left = [
            f"The enquiry {enquiry.reference} names the person: look at it in the admin."
            for enquiry in Enquiry.objects.exclude(pk__in=own).iterator()
            if _names(enquiry, person)
        ]
        return personal_data.Erasure({"enquiries": len(own)}, left)


def _enquiries_of(person) -> list[Enquiry]:
    return list(Enquiry.objects.from_address(person.email).order_by("pk")) if person.email else []


def _names(enquiry: Enquiry, person) -> bool:
    texts = [getattr(enquiry, name) for name in PERSONAL_FIELDS]
    texts += [written.text for model in (Answer, Note) for written in model.objects.filter(enquiry=enquiry)]
    return any(told.casefold() in text.casefold() for told in person.told_by for text in texts)


def _exported(enquiry: Enquiry) -> dict:
    return {
        "number": enquiry.reference,
        "received": enquiry.received_at.isoformat(),
        "language": enquiry.language,
        "subject": enquiry.kind,
        "base": enquiry.base and enquiry.base.slug,
        "state": enquiry.state,
        **{name: getattr(enquiry, name) for name in PERSONAL_FIELDS},
        "answers": [_told(answer) for answer in enquiry.answers.all()],
        "notes": [_told(note) for note in enquiry.notes.all()],
    }


def _told(written) -> dict:
    return {"text": written.text, "written": written.written_at.isoformat()}


def _worked_on(user) -> list[dict]:
    """Return which enquiries a member of staff took, answered or noted something about."""
    if user is None:
        return []
    taken = [{"deed": "taken", "number": number} for number in user.taken_enquiries.values_list("reference", flat=True)]
    written = [
        {"deed": deed, "number": number, "at": moment.isoformat()}
        for deed, rows in (("answered", user.enquiry_answers), ("noted", user.enquiry_notes))
        for number, moment in rows.values_list("enquiry__reference", "written_at")
    ]
    return taken + written


def register() -> None:
    personal_data.register(EnquiryKeeper())
    personal_data.register_views(personal_data.Views("enquiries", Enquiry, VIEWS))
