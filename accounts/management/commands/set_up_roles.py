from django.core.management.base import BaseCommand

from accounts.roles import ROLES, set_up_roles


class Command(BaseCommand):
    help = "Create the staff groups and the review workflow; running it again restores the stated rights."

    def handle(self, *args, **options):
        set_up_roles()
        self.stdout.write(f"Staff groups: {', '.join(role.name for role in ROLES)}.")
