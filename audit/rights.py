"""One entry for all that a transaction changes in the rights of one role."""

from django.db import transaction

from audit.events import Event
from audit.models import WaitingDeed
from audit.origin import current_origin
from audit.recording import append_after_commit, described, record


@transaction.atomic
def record_rights(group, *, added=(), removed=()) -> None:
    """Record rights given to and taken from a role.

    A command that takes rights away and gives them again in one transaction changes nothing, and leaves no entry.
    """
    place = {key: value for key, value in described(group).items() if key != "object_label"}
    origin = current_origin()
    place |= {"event": Event.RIGHTS_CHANGED, "actor_id": origin.actor_id, "actor_name": origin.actor_name}
    # Held until the commit, so that nobody appends it to the log meanwhile.
    waiting = WaitingDeed.objects.select_for_update(skip_locked=True).filter(**place).first()
    added, removed = set(added), set(removed)
    if waiting is None:
        if added != removed:
            record(Event.RIGHTS_CHANGED, group, details=_netted(added, removed))
        return
    before = {key: set(waiting.details.get(key, ())) for key in ("added", "removed")}
    details = _netted(
        (before["added"] - removed) | (added - before["removed"]), (before["removed"] - added) | (removed - before["added"])
    )
    if details:
        waiting.details = details
        waiting.save(update_fields=["details"])
        append_after_commit()
    else:
        waiting.delete()


def _netted(added: set[str], removed: set[str]) -> dict[str, list[str]]:
    sets = {"added": added - removed, "removed": removed - added}
    return {key: sorted(rights) for key, rights in sets.items() if rights}
