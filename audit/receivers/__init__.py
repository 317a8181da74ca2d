"""What the log hears of the other rooms, through signals alone: none of them knows of it."""

from audit.receivers import accounts, content, rights, second_factor, sign_in, site


def connect() -> None:
    for receiver in (sign_in, second_factor, accounts, rights, content, site):
        receiver.connect()
