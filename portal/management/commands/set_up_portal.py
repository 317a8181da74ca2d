from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring the database up to date, load the starter content, set up the roles and their accounts; safe to run again."

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0)
        for command in ("load_starter_content", "set_up_roles", "create_staff_accounts"):
            call_command(command, stdout=self.stdout)
