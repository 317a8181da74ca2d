import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from audit.chain import append_waiting
from audit.events import Event
from audit.lines import lines
from audit.models import Entry
from audit.recording import record


class Command(BaseCommand):
    help = "Write the audit log to the standard output, one entry a line, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--since", type=_moment, help="a day or moment, such as 2026-03-01 or 2026-03-01T08:00+08:00")
        parser.add_argument("--until", type=_moment, help="the day or moment before which the entries were made")

    def handle(self, *, since, until, **options):
        append_waiting()
        entries = Entry.objects.order_by("number")
        if since:
            entries = entries.filter(moment__gte=since)
        if until:
            entries = entries.filter(moment__lt=until)
        for line in lines(entries):
            self.stdout.write(line)
        record(Event.LOG_EXPORTED, details={"count": entries.count()})


def _moment(text: str) -> datetime.datetime:
    """Return a day's beginning or a moment, in the portal's time zone where the text names none."""
    try:
        day = parse_date(text)
        moment = datetime.datetime.combine(day, datetime.time()) if day else parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"{text!r} is no day or moment. Write it as 2026-03-01 or 2026-03-01T08:00+08:00.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
