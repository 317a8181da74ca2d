from django.core.management.base import BaseCommand

from accounts.roles import COLUMN_ROLES, ROLES, set_up_roles


class Command(BaseCommand):
    help = "Create the staff groups and the review workflows; running it again restores the stated rights."

    def handle(self, *args, **options):
        for sentence in set_up_roles():
            self.stdout.write(self.style.WARNING(sentence + " Run this command again when it does."))
        self.stdout.write(f"Staff groups: {', '.join(role.name for role in ROLES)}; {len(COLUMN_ROLES)} groups of columns.")
