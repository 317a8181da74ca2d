from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.loading.loader import STARTER_FOLDER, load_starter_content
from portal.loading.problems import StarterContentError


class Command(BaseCommand):
    help = "Load the starter content that was never loaded before: all of it or, when a file is wrong, nothing."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=STARTER_FOLDER, help="where the files are (default: portal/starter)")

    def handle(self, *args, folder, **options):
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}: name one with --folder.")
        try:
            outcome = load_starter_content(folder)
        except StarterContentError as error:
            lines = "\n  ".join(error.problems)
            raise CommandError(
                f"Nothing was loaded; mend these places in {folder} and run the command again:\n  {lines}"
            ) from error
        self.stdout.write(f"Starter content: {outcome.loaded} items loaded, {outcome.kept} loaded before and left as they are.")
        for file in outcome.changed:
            self.stdout.write(f"  {file} has changed since it was loaded; the portal keeps its own version.")
