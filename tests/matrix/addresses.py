"""Every address of the admin, with ids of things that exist."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Revision, Site, Task, UploadedFile, Workflow, WorkflowState

from editorial.models import ListedWord, Pair
from news.models import Topic
from tests.factories import make_enquiry
from tests.matrix.library import Document, Image, picture_file, text_file
from tests.matrix.scene import Scene


def names() -> list[tuple[str, tuple[str, ...]]]:
    """Return each named address of the admin, as Django reverses it, with the names of its arguments."""
    found: dict[tuple[str, tuple[str, ...]], None] = {}
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == settings.ADMIN_PATH:
            found |= dict.fromkeys(_walk(resolver, []))
    return list(found)


def _walk(resolver: URLResolver, namespaces: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, [*namespaces, pattern.namespace] if pattern.namespace else namespaces)
        elif pattern.name:
            arguments = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield ":".join([*namespaces, pattern.name]), arguments


class Things:
    """One thing of each kind that an address asks for."""

    def __init__(self, scene: Scene):
        place = scene.places["zh-hans"]
        page = place.draft
        page.get_workflow().start(page, scene.colleague)
        state = WorkflowState.objects.get(object_id=str(page.pk))
        image = Image.objects.create(title="A", file=picture_file(), uploaded_by_user=scene.colleague)
        document = Document.objects.create(title="A", file=text_file(), uploaded_by_user=scene.colleague)
        redirect = Redirect.objects.create(old_path="/a", redirect_page=place.live)
        ListedWord.objects.create(word="某词", language="zh-hans")
        self.colleague = scene.colleague
        self.common = {
            "parent_page_id": place.section.pk,
            "page_id": page.pk,
            "page_pk": page.pk,
            "page_to_move_id": page.pk,
            "destination_id": place.second.pk,
            "content_type_app_name": "news",
            "content_type_model_name": "newspage",
            "app_label": "news",
            "model_name": "newspage",
            "app_name": "core",
            "object_id": page.pk,
            "action_name": "approve",
            "task_state_id": state.current_task_state_id,
            "task_id": state.current_task_state.task_id,
            "workflow_state_id": state.pk,
            "workflow_pk": Workflow.objects.filter(active=True).first().pk,
            "revision_id": page.latest_revision_id,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "collection_id": Collection.get_first_root_node().add_child(name="A").pk,
            "image_id": image.pk,
            "document_id": document.pk,
            "doc_id": document.pk,
            "uploaded_file_id": self._upload(scene),
            "filter_spec": "max-165x165",
            "redirect_id": redirect.pk,
            "session_id": 1,
            "uidb64": "MQ",
            "token": "set-password",
            "pk": page.pk,
        }
        collection, site, workflow = self.common["collection_id"], Site.objects.get().pk, self.common["workflow_pk"]
        self.by_name = {
            "wagtail_bulk_action": {"app_label": "wagtailcore", "model_name": "page", "action": "delete"},
            "wagtailadmin_collections": {"pk": collection},
            "wagtailadmin_workflows": {"pk": workflow, "app_label": "wagtailcore", "model_name": "groupapprovaltask"},
            **{
                f"wagtailadmin_workflows:{view}_task": {"pk": Task.objects.first().pk} for view in ("edit", "enable", "disable")
            },
            "wagtailadmin_workflows:add_task": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
            "wagtailadmin_editing_sessions": {"app_label": "wagtailcore", "model_name": "page"},
            "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
            "wagtailadmin_api:images": {"pk": image.pk},
            "wagtailadmin_api:documents": {"pk": document.pk},
            "wagtailimages_chooser": {"pk": image.pk},
            "wagtaildocs_chooser": {"pk": document.pk},
            "wagtailsettings": {"app_name": "portal", "model_name": "sitesettings", "pk": site},
            "wagtailsites": {"pk": site},
            "language_pair": {"pk": Pair.objects.get(page_zh=page).pk},
            "checks_of_record": {"app_label": "news", "model_name": "topic", "pk": Topic.objects.first().pk},
            "match_blocks": {"pk": Pair.objects.get(page_zh=page).pk},
            "enquiries": {"pk": make_enquiry().pk},
            "wagtailusers_users": {"pk": scene.colleague.pk},
            "wagtailusers_groups": {"pk": Group.objects.first().pk},
            "simple_translation:submit_snippet_translation": {"app_label": "news", "model_name": "topic", "pk": 1},
        }

    def _upload(self, scene: Scene) -> int:
        content_type = apps.get_model("contenttypes.ContentType").objects.get_for_model(Image)
        return UploadedFile.objects.create(
            for_content_type=content_type, file=picture_file(), uploaded_by_user=scene.colleague
        ).pk

    def address(self, name: str, arguments: tuple[str, ...]) -> str:
        """Return the address of `name` that leads to existing things."""
        namespace = name.rpartition(":")[0]
        values = self.common | self.by_name.get(namespace, {}) | self.by_name.get(name, {})
        if namespace.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
            values = values | self._record(namespace)
        missing = set(arguments) - set(values)
        if missing:
            raise NoReverseMatch(f"{name} asks for {missing}: tests.matrix.addresses.Things lacks it")
        return reverse(name, kwargs={argument: values[argument] for argument in arguments})

    def _record(self, namespace: str) -> dict:
        app_label, model_name = namespace.split("_", 2)[1:]
        record = apps.get_model(app_label, model_name).objects.first()
        if not hasattr(record, "latest_revision"):
            return {"pk": record.pk}
        revision = Revision.objects.for_instance(record).first() or record.save_revision()
        state = record.current_workflow_state or record.get_workflow().start(record, self.colleague)
        step = state.current_task_state
        return {
            "pk": record.pk,
            "revision_id": revision.pk,
            "workflow_state_id": state.pk,
            "task_state_id": step.pk,
            "task_id": step.task_id,
        }
