from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.generating.generator import generate
from portal.generating.marks import generated_bases, generated_news, has_real_content
from portal.generating.removal import remove_generated


class Command(BaseCommand):
    help = "Add generated bilingual news and bases, each marked as such, to see the portal when it has grown; or remove them."

    def add_arguments(self, parser):
        parser.add_argument("--news", type=int, default=0, help="how many news items; 7 of 10 have an English page, too")
        parser.add_argument("--bases", type=int, default=0, help="how many bases")
        parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same content (default: 7)")
        parser.add_argument("--remove", action="store_true", help="remove everything that was ever generated")
        parser.add_argument(
            "--beside-real-content",
            action="count",
            default=0,
            help="add to a database in production that holds real content; must be given twice",
        )

    def handle(self, *, news, bases, seed, remove, beside_real_content, **options):
        if remove:
            removed = remove_generated()
            self.stdout.write(f"Removed {removed.pages} generated pages and {removed.bases} generated bases.")
            return
        if news < 0 or bases < 0 or not news + bases:
            raise CommandError("Say how much to generate: --news 1000, --bases 100, or both. Nothing was changed.")
        if (settings.SETTINGS_MODULE or "").endswith(".production") and beside_real_content < 2 and has_real_content():
            raise CommandError(
                "This database holds real news or bases, and readers would see the generated ones beside them. "
                "Use another database (DATABASE_URL); or, if that is what you want, give --beside-real-content twice. "
                "Nothing was changed."
            )
        generate(news=news, bases=bases, seed=seed)
        self.stdout.write(
            f"The portal has {generated_news().count()} generated pages of news and {generated_bases().count()} "
            "generated bases. generate_content --remove removes them."
        )
