from django.core.management.base import BaseCommand, CommandError

from editorial.reminders import remind


class Command(BaseCommand):
    help = "Mail those who write a promised language some days before it is due, and once when it is late. Run it once a day."

    def handle(self, **options):
        told, untold = remind()
        self.stdout.write(f"Reminded of {told} promised translations.")
        if untold:
            raise CommandError(f"Nobody could be told of: {', '.join(untold)}. It is tried again the next time.")
