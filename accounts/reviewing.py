"""Three reviews by three people (三审三校): who may approve what, and what the last approval publishes.

Everything goes by versions. The text in review is the latest version; it was written by everyone who saved a version since
the one that readers see, and by whoever wrote a version that was restored meanwhile.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision, TaskState, WorkflowState

from core.obstacles import obstacles
from core.releasing import release

REVIEWS = 3


class ReviewIncompleteError(PermissionDenied):
    """A workflow ended without three approvals of the latest version by three people who did not write it."""


def authors_of(obj) -> set[int]:
    """Return the ids of the users who wrote what readers do not see yet of the page or record `obj`."""
    later = Q(pk__gt=obj.live_revision_id or 0)
    if obj.live and obj.last_published_at:  # the version that readers see may have been written over since
        later |= Q(pk=obj.live_revision_id, created_at__gt=obj.last_published_at)
    unseen = Revision.objects.for_instance(obj).filter(later)
    authors = set(unseen.values_list("user_id", flat=True))
    logs = log_registry.get_logs_for_instance(obj)
    reverts = logs.filter(action="wagtail.revert", revision__in=unseen)
    restored = {(entry.data.get("revision") or {}).get("id") for entry in reverts} - {None}
    if restored:
        published = set(logs.filter(action__startswith="wagtail.publish").values_list("revision_id", flat=True)) - {None}
        for version in restored:  # holds what was written since the one that was public before it
            earlier = max((key for key in published if key < version), default=0)
            versions = Revision.objects.for_instance(obj).filter(pk__gt=earlier, pk__lte=version)
            authors.update(versions.values_list("user_id", flat=True))
    return authors - {None}


def refusal(obj, user) -> str:
    """Return why `user` may not approve what is in review of `obj`, as a sentence; "" for who may."""
    state = obj.current_workflow_state
    if state is None or state.current_task_state is None:
        return _("Nothing of this is in review.")
    if user.pk == state.requested_by_id:
        return _("You sent this text in for review: somebody else approves it.")
    if user.pk in authors_of(obj):
        return _("You wrote part of this text: somebody else approves it.")
    if _approved_another_step(state, user):
        return _("You approved another step of this review: somebody else approves this one.")
    return _incompleteness(obj)


def _approved_another_step(state: WorkflowState, user) -> bool:
    approved = state.task_states.filter(status=TaskState.STATUS_APPROVED, finished_by=user)
    return approved.exclude(task=state.current_task_state.task_id).exists()


def _incompleteness(obj) -> str:
    text = obj.get_latest_revision_as_object()
    try:
        text.full_clean()
    except ValidationError as error:
        colon = pgettext("after a label", ": ")
        faults = [f"{_label(text, name)}{colon}{' '.join(messages)}" for name, messages in error.message_dict.items()]
        faults = _("; ").join(faults)
        return _("This text cannot be published yet: %(faults)s") % {"faults": faults}
    faults = _("; ").join(obstacles(text))
    return _("This text cannot be published yet: %(faults)s") % {"faults": faults} if faults else ""


def _label(obj, name: str) -> str:
    return obj._meta.verbose_name if name == NON_FIELD_ERRORS else capfirst(obj._meta.get_field(name).verbose_name)


def is_submitted(obj) -> bool:
    """Return whether the newest version of `obj` is in review or has passed it: it is its author's alone until then."""
    states = obj.workflow_states.exclude(status=WorkflowState.STATUS_CANCELLED)
    return states.filter(task_states__revision=obj.latest_revision_id).exists()


def undecidable(states, user) -> list[int]:
    """Return the ids of those task states among `states`, all in progress, that `user` may not approve for who they are.

    It takes one query for each model with something in review, and three more.
    """
    states = list(states.select_related("workflow_state"))
    if not states:
        return []
    wrote = _written_by(user, [state.workflow_state for state in states])
    approved = set(
        TaskState.objects.filter(
            workflow_state__in=[state.workflow_state_id for state in states],
            status=TaskState.STATUS_APPROVED,
            finished_by=user,
        ).values_list("workflow_state_id", "task_id")
    )
    return [
        state.pk
        for state in states
        if state.workflow_state.requested_by_id == user.pk
        or state.workflow_state_id in wrote
        or any(workflow == state.workflow_state_id and task != state.task_id for workflow, task in approved)
    ]


def _written_by(user, workflow_states) -> set[int]:
    """Return the ids of the workflow states on texts of which `user` saved a version that readers do not see yet."""
    objects: dict[int, set[str]] = defaultdict(set)
    for state in workflow_states:
        objects[state.base_content_type_id].add(state.object_id)
    newest: dict[tuple[int, str], int] = {}
    ids = set().union(*objects.values())
    for content_type, object_id, pk in Revision.objects.filter(
        user=user, base_content_type__in=objects, object_id__in=ids
    ).values_list("base_content_type_id", "object_id", "pk"):
        newest[content_type, object_id] = max(pk, newest.get((content_type, object_id), 0))
    wrote = set()
    for content_type, keys in objects.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        seen = {
            str(pk): live or 0 for pk, live in model._base_manager.filter(pk__in=keys).values_list("pk", "live_revision_id")
        }
        wrote |= {(content_type, key) for key in keys if newest.get((content_type, key), 0) > seen.get(key, 0)}
    return {state.pk for state in workflow_states if (state.base_content_type_id, state.object_id) in wrote}


def start_over(sender, instance, update_fields=None, **kwargs) -> None:
    """Receiver of post_save: when the text changes while it is in review, the review begins again with the new text.

    Saving a version, also over an earlier one as autosave does, saves its page or record with the field `latest_revision`.
    """
    if not update_fields or "latest_revision" not in update_fields or not hasattr(instance, "current_workflow_state"):
        return
    state = WorkflowState.objects.active().for_instance(instance).first()
    task_state = state and state.current_task_state
    if task_state is None:
        return
    saved_at = instance.latest_revision.created_at
    stale = state.task_states.filter(
        revision=instance.latest_revision, status=TaskState.STATUS_APPROVED, finished_at__lt=saved_at
    ).update(status=TaskState.STATUS_CANCELLED)
    if state.status != WorkflowState.STATUS_IN_PROGRESS:
        return  # sent back: whoever sends it in again begins anew
    if stale or task_state.revision_id != instance.latest_revision_id or task_state.started_at < saved_at:
        task_state.specific.cancel(user=instance.latest_revision.user)


def publish_reviewed(workflow_state: WorkflowState, user=None) -> None:
    """Release the latest version, of which each of the three steps was approved by another person who did not write it.

    Raise ReviewIncompleteError, and so undo the last approval, for anything else: a workflow that lost a step, say.
    """
    obj = workflow_state.content_object
    obj = obj.specific if isinstance(obj, Page) else obj
    revision = obj.get_latest_revision()
    approvals = workflow_state.task_states.filter(
        status=TaskState.STATUS_APPROVED, revision=revision, finished_at__gte=revision.created_at
    )
    approvers = dict(approvals.values_list("task_id", "finished_by_id"))
    people = set(approvers.values()) - {None, workflow_state.requested_by_id} - authors_of(obj)
    if len(approvers) < REVIEWS or len(people) < len(approvers):
        raise ReviewIncompleteError(f"{obj} needs {REVIEWS} approvals by {REVIEWS} people who did not write it.")
    release(obj, revision, user)
