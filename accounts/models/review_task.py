from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class ReviewTask(AbstractGroupApprovalTask):
    """A step of the review: members of its groups decide, none of them on what they wrote or approved at another step.

    A superuser decides as a member of a group does, and in no other way.
    """

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")

    def user_can_access_editor(self, obj, user):
        return self._user_in_groups(user)

    def locked_for_user(self, obj, user):
        return not self._user_in_groups(user)

    def get_actions(self, obj, user):
        from accounts.reviewing import refusal

        if not self._user_in_groups(user):
            return []
        actions = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve"] if refusal(obj, user) else actions

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Do what `get_actions` offers `user`, once. Anything else changes nothing: the editor asks again after it saved what a
        reviewer typed, and whoever has just changed the text no longer approves it."""
        undecided = TaskState.objects.filter(pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS)
        if not undecided.select_for_update().exists():
            return  # somebody was quicker
        offered = {name for name, _label, _asks in self.get_actions(task_state.workflow_state.content_object, user)}
        if action_name in offered:
            super().on_action(task_state, user, action_name, comment=str(kwargs.get("comment") or ""))

    def get_task_states_user_can_moderate(self, user, **kwargs):
        from accounts.reviewing import undecidable

        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if not self._user_in_groups(user):
            return states.none()
        return states.exclude(pk__in=undecidable(states, user))

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups decide; nobody approves what they wrote or approved at another step")
