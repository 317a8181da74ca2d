"""What Wagtail keeps about who wrote what: versions, comments, its own log, uploaded files."""

from functools import reduce

from django.apps import apps
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Comment, CommentReply, DraftStateMixin, ModelLogEntry, PageLogEntry, Revision

from core import personal_data
from core.json_trees import with_texts

CHUNK = 200
GONE = "［已删除 removed］"


class AuthorshipKeeper(personal_data.Keeper):
    """Versions, comments and log entries stay, as the history of what was published; the account they name is anonymous.

    In texts the e-mail address, and the names that the caller gives, are replaced, except in the current version of a page
    or record: that one is an editor's to change, and is named.
    """

    key = "authorship"
    kept = "Versions, comments and uploaded files stay as the history of what was published, without the name."

    def export(self, person):
        user = person.user
        if user is None:
            return {}
        return {
            "versions": [
                {"id": pk, "title": title, "created": created.isoformat()}
                for pk, title, created in Revision.objects.filter(user=user)
                .order_by("pk")
                .values_list("pk", "object_str", "created_at")
            ],
            "comments": list(Comment.objects.filter(user=user).order_by("pk").values("id", "page_id", "text"))
            + list(CommentReply.objects.filter(user=user).order_by("pk").values("id", "comment_id", "text")),
            "log_entries": [
                {"action": action, "on": label, "at": moment.isoformat()}
                for model in (PageLogEntry, ModelLogEntry)
                for action, label, moment in model.objects.filter(user=user)
                .order_by("pk")
                .values_list("action", "label", "timestamp")
            ],
            "files": [
                {"kind": model._meta.model_name, "id": pk, "title": title}
                for model in (get_image_model(), get_document_model())
                for pk, title in model.objects.filter(uploaded_by_user=user).order_by("pk").values_list("pk", "title")
            ],
        }

    def erase(self, person):
        erasure = personal_data.Erasure()
        erasure.counts["log labels"] = self._rename_in_log(person.user)
        if person.told_by:
            erasure.counts["versions"], erasure.left = self._clean_versions(person.told_by)
            for name, model, column in (
                ("comments", Comment, "text"),
                ("replies", CommentReply, "text"),
                ("page log", PageLogEntry, "data"),
                ("record log", ModelLogEntry, "data"),
            ):
                erasure.counts[name] = _clean_column(model, column, person.told_by)
        return erasure

    def _rename_in_log(self, user) -> int:
        if user is None:
            return 0
        return ModelLogEntry.objects.get_for_model(type(user)).filter(object_id=str(user.pk)).update(label=GONE)

    def _clean_versions(self, words) -> tuple[int, list[str]]:
        current, count, left = _current_versions(), 0, []
        for revision in Revision.objects.order_by("pk").iterator(chunk_size=CHUNK):
            cleaned = without(words, revision.content)
            if cleaned == revision.content:
                continue
            if revision.pk in current:
                left.append(f"“{revision.object_str}” names the person in its current version: edit it.")
            else:
                Revision.objects.filter(pk=revision.pk).update(content=cleaned)
                count += 1
        return count, left


def without(words, value):
    """Return a value of JSON in whose strings each of `words` is replaced."""
    return with_texts(value, lambda text: reduce(lambda left, word: left.replace(word, GONE), words, text))


def _clean_column(model, column: str, words) -> int:
    count = 0
    for pk, value in model.objects.order_by("pk").values_list("pk", column).iterator(chunk_size=CHUNK):
        cleaned = without(words, value)
        if cleaned != value:
            count += model.objects.filter(pk=pk).update(**{column: cleaned})
    return count


def _current_versions() -> set[int]:
    """Return the ids of the versions that are live or open in the editor."""
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    rows = (row for model in models for row in model._base_manager.values_list("live_revision", "latest_revision"))
    return {pk for row in rows for pk in row if pk}
