from django.core.management.base import BaseCommand

from editorial.observing import observe_all
from editorial.pairs import agree_on_all


class Command(BaseCommand):
    help = "Take note of what every page and record says in both languages: after an update or a restore; never needed daily."

    def add_arguments(self, parser):
        parser.add_argument(
            "--in-line", action="store_true", help="take what stands in both languages and was never declared as in line"
        )

    def handle(self, *args, in_line, **options):
        self.stdout.write(f"Pairs of texts: {observe_all()}.")
        if in_line:
            self.stdout.write(f"Taken as in line: {agree_on_all()}.")
