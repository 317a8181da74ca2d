import json

from django.core.management.base import BaseCommand

from core.people import person_named
from core.personal_data import keepers


class Command(BaseCommand):
    help = "Write everything that the portal keeps about a person to the standard output, as one JSON object."

    def add_arguments(self, parser):
        parser.add_argument("person", help="the name to sign in with, or the e-mail address")

    def handle(self, *, person, **options):
        person = person_named(person)
        self.stdout.write(json.dumps({keeper.key: keeper.export(person) for keeper in keepers()}, ensure_ascii=False, indent=2))
