import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.roles import REVIEWER, ROLES, TRANSLATOR

#: User name: its role. Three people review, none of them twice.
ACCOUNTS = {role.key: role for role in ROLES} | {"second-reviewer": REVIEWER}


class Command(BaseCommand):
    help = "Create the accounts that are missing, one for each role and a second reviewer; each password is shown once."

    @transaction.atomic
    def handle(self, *args, **options):
        created = [account for username, role in ACCOUNTS.items() if (account := self._create(username, role))]
        if not created:
            self.stdout.write("Every role has its account; passwords are not shown again (manage.py changepassword NAME).")
            return
        self.stdout.write(f"Staff accounts for /{settings.ADMIN_PATH} (the passwords are shown this once):")
        for username, password, role in created:
            self.stdout.write(f"  {username:<16} {password}   {role.name}: {role.duty}")

    def _create(self, username: str, role):
        if User.objects.filter(username=username).exists():
            return None
        try:
            group = Group.objects.get(name=role.name)
        except Group.DoesNotExist as error:
            raise CommandError(f"The group “{role.name}” is missing: run manage.py set_up_roles first.") from error
        password = secrets.token_urlsafe(15)
        chinese, english = role.name.split(" ", 1)
        user = User.objects.create_user(username, password=password, name_zh=chinese, first_name=english)
        user.groups.add(group)
        user.set_preferred_language("en" if role is TRANSLATOR else "zh-hans")
        return username, password, role
