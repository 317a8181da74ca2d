"""Writing a deed down."""

from django.db import transaction
from wagtail.models import Page

from audit.chain import append_waiting
from audit.events import Event
from audit.models import WaitingDeed
from audit.models.deed import MAX_LABEL, MAX_NAME
from audit.origin import current_origin


def record(event: Event, obj=None, *, actor=None, place: dict | None = None, details: dict | None = None) -> None:
    """Keep that the deed `event` was done to `obj`, or to what `place` describes where it is there no longer.

    It is kept in the transaction at hand and lost when that is rolled back, as the deed is; outside of one it is kept at
    once. `actor` is named where it is not the request's user.
    """
    origin = current_origin(actor)
    place = described(obj) if obj is not None else place or {}
    if place:
        place = place | {"object_label": place["object_label"][:MAX_LABEL]}
    WaitingDeed.objects.create(
        event=event,
        actor_id=origin.actor_id,
        actor_name=origin.actor_name[:MAX_NAME],
        address=origin.address,
        details=details or {},
        **place,
    )
    append_after_commit()


def append_after_commit() -> None:
    transaction.on_commit(append_waiting, robust=True)


def described(obj) -> dict:
    """Return the fields that say what `obj` is; of an account its name to sign in with, not the person's."""
    label = obj.get_username() if hasattr(obj, "get_username") else str(obj)
    model = Page if isinstance(obj, Page) else obj._meta.model
    return {"object_kind": model._meta.label_lower, "object_id": str(obj.pk)[:64], "object_label": label}
