from django.core.management.base import BaseCommand, CommandError

from editorial.late_findings import look_again
from editorial.scheduling import do_what_is_due


class Command(BaseCommand):
    """Takes the place of Wagtail's command, which publishes each language by itself and stops at the first fault."""

    help = (
        "Publish what was approved for a time that has come, and take down what has expired. "
        "Check again what is approved and waits. Run it every few minutes."
    )

    def handle(self, **options):
        failed = 0
        for fault in look_again():
            self.stderr.write(fault)
            failed += 1
        for outcome in do_what_is_due():
            stream = self.stderr if outcome.has_failed else self.stdout
            stream.write(f"{outcome.item}: {outcome.text}")
            failed += outcome.has_failed
        if failed:
            raise CommandError(f"{failed} could not be done and will be tried again. The rest was; see the messages above.")
