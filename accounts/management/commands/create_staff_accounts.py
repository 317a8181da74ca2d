import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.roles import ROLES, TRANSLATOR


class Command(BaseCommand):
    help = "Create one account for each role that has none, with a generated password that is shown once."

    @transaction.atomic
    def handle(self, *args, **options):
        created = [account for role in ROLES if (account := self._create(role))]
        if not created:
            self.stdout.write("Every role has its account; passwords are not shown again (manage.py changepassword NAME).")
            return
        self.stdout.write(f"Staff accounts for /{settings.ADMIN_PATH} (the passwords are shown this once):")
        for username, password, role in created:
            self.stdout.write(f"  {username:<14} {password}   {role.name}: {role.duty}")

    def _create(self, role):
        if User.objects.filter(username=role.key).exists():
            return None
        try:
            group = Group.objects.get(name=role.name)
        except Group.DoesNotExist as error:
            raise CommandError(f"The group “{role.name}” is missing: run manage.py set_up_roles first.") from error
        password = secrets.token_urlsafe(15)
        chinese, english = role.name.split(" ", 1)
        user = User.objects.create_user(role.key, password=password, name_zh=chinese, first_name=english)
        user.groups.add(group)
        user.set_preferred_language("en" if role is TRANSLATOR else "zh-hans")
        return role.key, password, role
