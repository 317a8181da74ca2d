from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import Max

from core.findable import FindableRecord
from core.models import PortalPage
from search.entries import write_all
from search.models import Entry, IndexingFailure


class Command(BaseCommand):
    help = "Write the entries of search anew from what is published, then the admin's index; needed after a restore."

    def add_arguments(self, parser):
        parser.add_argument("--entries-only", action="store_true", help="leave the admin's index as it is")

    def handle(self, *, entries_only, **options):
        IndexingFailure.objects.all().delete()
        last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
        for model in apps.get_models():
            if issubclass(model, PortalPage):
                write_all(model.objects.live().select_related("locale"))
            elif issubclass(model, FindableRecord):
                write_all(model.objects.live())
        Entry.objects.filter(pk__lte=last).delete()  # of what is not public any more
        if not entries_only:
            call_command("update_index", verbosity=0)
        failures = IndexingFailure.objects.count()
        self.stdout.write(f"{Entry.objects.count()} entries of search written; {failures} items could not be indexed.")
        if failures:
            self.stdout.write("They are listed in the admin under Reports.")
