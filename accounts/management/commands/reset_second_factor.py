import logging

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.notices import send_notice

logger = logging.getLogger("django.accounts")


class Command(BaseCommand):
    help = "Take off every second factor of a person who has lost phone, passkeys and codes; they enrol anew at sign-in."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        try:
            user = User.objects.get(username=username)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account “{username}”.") from error
        authenticators = list(Authenticator.objects.filter(user=user))
        if not authenticators:
            self.stdout.write(f"The account “{username}” has no second factor; nothing was changed.")
            return
        for authenticator in authenticators:
            authenticator.delete()
            authenticator_removed.send(sender=Authenticator, request=None, user=user, authenticator=authenticator)
        for session in UserSession.objects.filter(user=user):
            session.end()
        logger.warning("The second factor of the account %s was reset by command.", user.pk)
        send_notice(None, user, "mfa/email/second_factor_reset")
        self.stdout.write(f"The account “{username}” has no second factor and is signed out; it enrols at the next sign-in.")
