"""One of everything an editor makes, so that every address of the admin has something to show."""

import json
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Comment, Page, PageViewRestriction, Site, Task, UploadedFile, Workflow

from accounts.models import User
from accounts.roles import ROLES
from core.models import PortalImage
from news.models import NewsPage
from programs.models import Figure, ProgramPage
from tests.factories import make_enquiry

ROLE_NAMES = ("anonymous", "writer", "chief-editor", "superuser")


@dataclass
class Sample:
    """Users by role name, and the real value of each parameter of the admin's addresses."""

    users: dict[str, User]
    ids: dict[str, object]


def make_sample() -> Sample:
    users = _users()
    editor = users["superuser"]
    image = PortalImage.objects.create(title="A picture", file=ContentFile(_png(), "sample.png"), uploaded_by_user=editor)
    document = Document.objects.create(title="A document", file=ContentFile(b"%PDF-1.4\n", "sample.pdf"))
    page = _page_in_review(users["writer"], image, document)
    state = page.current_workflow_task_state
    ids = {
        "page_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "page_to_move_id": page.pk,
        "destination_id": page.get_parent().pk,
        "page_pk": page.get_parent().pk,
        "revision_id": page.latest_revision_id,
        "task_state_id": state.pk,
        "workflow_state_id": page.current_workflow_state.pk,
        "task_id": Task.objects.first().pk,
        "workflow_pk": Workflow.objects.filter(active=True).first().pk,
        "collection_id": Collection.get_first_root_node().add_child(name="Annexes").pk,
        "redirect_id": Redirect.objects.create(old_path="/zh/old", redirect_page=page.get_parent()).pk,
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "session_id": _editing_session(editor, page),
        "object_id": page.pk,
        "page_view_restriction_id": PageViewRestriction.objects.create(page=page, restriction_type="login").pk,
        "content_type_app_name": "news",
        "content_type_model_name": "newspage",
        "app_label": "wagtailcore",
        "model_name": "page",
        "app_name": "portal",
        "action_name": "approve",
        "action": "publish",
        "filter_spec": "width-100",
        "uidb64": "MQ",
        "token": "abc-def",
    }
    for name, model, file_name in (
        ("uploaded_image", PortalImage, "upload.png"),
        ("uploaded_document", Document, "upload.pdf"),
    ):
        content_type = ContentType.objects.get_for_model(model)
        file = ContentFile(_png(), file_name)
        upload = UploadedFile.objects.create(for_content_type=content_type, file=file, uploaded_by_user=editor)
        ids[name] = upload.pk
    ids |= {
        "pk:sites": Site.objects.first().pk,
        "pk:users": users["writer"].pk,
        "pk:groups": Group.objects.first().pk,
        "pk:collections": ids["collection_id"],
        "pk:workflows": ids["workflow_pk"],
        "pk:tasks": ids["task_id"],
        "pk:pages": page.pk,
        "pk:images": image.pk,
        "pk:documents": document.pk,
        "pk:enquiries": make_enquiry().pk,
    }
    figure = Figure.objects.first()
    figure.save_revision(user=editor)
    return Sample(users, ids)


def _users() -> dict[str, User]:
    password = "a long password of the tests"
    users = {"superuser": User.objects.create_superuser("a-superuser", "superuser@example.org", password)}
    names = {role.key: role.name for role in ROLES}
    for key in ROLE_NAMES[1:-1]:
        users[key] = User.objects.create_user(f"a-{key}", f"{key}@example.org", password)
        users[key].groups.add(Group.objects.get(name=names[key]))
    return users


def _png() -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (40, 30), "green").save(stream, "PNG")
    return stream.getvalue()


def _editing_session(user, page) -> int:
    content_type = ContentType.objects.get_for_model(NewsPage)
    values = {"content_type": content_type, "object_id": str(page.pk), "last_seen_at": timezone.now()}
    return EditingSession.objects.create(user=user, **values).pk


def _page_in_review(writer, image, document) -> NewsPage:
    """Return a live Chinese news item of every block, with comments, schedule, revisions and a review under way."""
    page = NewsPage.objects.filter(locale__language_code="zh-hans").first()
    other = ProgramPage.objects.filter(locale__language_code="zh-hans").first()
    page.body = json.dumps(_every_block(image, document, other))
    page.attachments = json.dumps([{"type": "documents", "value": {"title": "", "documents": [document.pk]}}])
    page.save_revision(user=writer).publish()
    page = NewsPage.objects.get(pk=page.pk)
    page.expire_at = timezone.now() + timedelta(days=30)
    page.wagtail_admin_comments.add(Comment(user=writer, text="A comment", contentpath="title", position=""))
    page.save_revision(user=writer)
    page = NewsPage.objects.get(pk=page.pk)
    Workflow.objects.filter(active=True).first().start(page, writer)
    return NewsPage.objects.get(pk=page.pk)


def _every_block(image, document, page: Page) -> list[dict]:
    figure = {"image": image.pk, "caption": "A caption"}
    columns = [{"type": "text", "heading": "A"}, {"type": "number", "heading": "B"}]
    text = f'<p>Text <a linktype="page" id="{page.pk}">page</a> <a linktype="document" id="{document.pk}">document</a></p>'
    values = {
        "heading": {"text": "A heading", "level": "2"},
        "paragraph": text,
        "figure": figure,
        "gallery": {"title": "A gallery", "pictures": [figure, figure]},
        "quote": {"text": "A quotation", "attribution": "Somebody"},
        "fact_box": {"title": "A fact box", "text": text},
        "table": {"columns": columns, "rows": [{"values": ["a", "1"]}], "caption": "A table"},
        "documents": {"title": "", "documents": [document.pk]},
        "dated_figure": Figure.objects.first().pk,
        "related_links": {"title": "", "links": [{"title": "", "page": page.pk, "url": ""}]},
        "timeline": {"title": "", "entries": [{"date": "2023-05", "text": "An entry"}]},
    }
    return [{"type": kind, "value": value} for kind, value in values.items()]
