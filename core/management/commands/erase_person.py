from django.core.management.base import BaseCommand
from django.db import transaction

from core.people import person_named
from core.personal_data import keepers


class Command(BaseCommand):
    help = "Erase what the portal keeps about a person. Without --yes it only says what would be erased."

    def add_arguments(self, parser):
        parser.add_argument("person", help="the name to sign in with, or the e-mail address")
        parser.add_argument(
            "--name",
            action="append",
            default=[],
            help="a name to be removed from earlier versions and comments too; make sure that they mean no namesake",
        )
        parser.add_argument("--yes", action="store_true", help="erase")

    def handle(self, *, person, name, yes, **options):
        person = person_named(person, name)
        with transaction.atomic():
            erasures = [(keeper, keeper.erase(person)) for keeper in keepers()]
            transaction.set_rollback(not yes)
        self.stdout.write("Erased or made anonymous:" if yes else "Would be erased or made anonymous (--yes does it):")
        for keeper, erasure in erasures:
            for kind, count in erasure.counts.items():
                self.stdout.write(f"  {keeper.key}: {count} {kind}")
        for heading, texts in (
            ("To be done by hand:", [text for _keeper, erasure in erasures for text in erasure.left]),
            ("Kept:", [keeper.kept for keeper, _erasure in erasures if keeper.kept]),
        ):
            if texts:
                self.stdout.write("\n".join([heading, *(f"  {text}" for text in texts)]))
