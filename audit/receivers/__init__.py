"""What the log hears of the other rooms, through signals alone: none of them knows of it."""

from django.apps import apps

from audit.receivers import accounts, content, rights, second_factor, sign_in, site


def connect() -> None:
    for receiver in (sign_in, accounts, rights, content, site):
        receiver.connect()
    if apps.is_installed("allauth.mfa"):
        second_factor.connect()
    if apps.is_installed("allauth.usersessions"):
        second_factor.connect_sessions()
