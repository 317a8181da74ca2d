"""What one room tells the others without knowing them."""

from django.dispatch import Signal

#: Sent with `username`, the account at stake, when tries to sign in begin to be refused; once for each window of time.
tries_refused = Signal()
