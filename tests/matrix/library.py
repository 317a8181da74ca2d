"""Pictures and documents. In the scope `used`, something public shows one's own upload."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from core.models import PortalImage
from news.models import NewsPage
from tests.matrix.actions import action, opens

Image, Document = get_image_model(), get_document_model()
OWNED = ("own", "others", "used")


def picture_file(colour: str = "red") -> SimpleUploadedFile:
    content = BytesIO()
    Picture.new("RGB", (8, 8), colour).save(content, "PNG")
    return SimpleUploadedFile(f"{colour}.png", content.getvalue(), "image/png")


def text_file(text: str = "before") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{text}.txt", text.encode(), "text/plain")


def owner(case):
    return case.scene.colleague if case.scope == "others" else case.user


def picture(case) -> PortalImage:
    made = Image.objects.create(title="Before", file=picture_file(), uploaded_by_user=owner(case))
    if case.scope == "used":
        page = NewsPage.objects.live().first()
        page.lead_image = made
        page.save()
    return made


def document(case):
    made = Document.objects.create(title="Before", file=text_file(), uploaded_by_user=owner(case))
    if case.scope == "used":
        page = NewsPage.objects.live().first()
        page.attachments = [("documents", {"documents": [made]})]
        page.save()
    return made


@action()
def list_pictures(case):
    return opens(case, reverse("wagtailimages:index"))


@action()
def choose_picture(case):
    made = Image.objects.create(title="Chosen", file=picture_file(), uploaded_by_user=case.scene.colleague)
    response = case.client.get(reverse("wagtailimages_chooser:choose_results"))
    return response.status_code == 200 and f"/chosen/{made.pk}/" in response.content.decode()


@action()
def list_pictures_by_api(case):
    made = Image.objects.create(title="Listed", file=picture_file(), uploaded_by_user=case.scene.colleague)
    return opens(case, reverse("wagtailadmin_api:images:detail", args=(made.pk,)))


@action()
def upload_picture(case):
    case.client.post(reverse("wagtailimages:add"), {"title": "Uploaded", "file": picture_file()})
    return Image.objects.filter(title="Uploaded").exists()


@action()
def upload_pictures(case):
    case.client.post(reverse("wagtailimages:add_multiple"), {"title": "Uploaded", "files[]": picture_file()})
    return Image.objects.filter(title="Uploaded").exists()


@action()
def upload_picture_in_chooser(case):
    data = {"image-chooser-upload-title": "Uploaded", "image-chooser-upload-file": picture_file()}
    case.client.post(reverse("wagtailimages_chooser:create"), data)
    return Image.objects.filter(title="Uploaded").exists()


@action(*OWNED)
def edit_picture(case):
    made = picture(case)
    case.client.post(reverse("wagtailimages:edit", args=(made.pk,)), {"title": "After"})
    return Image.objects.get(pk=made.pk).title == "After"


@action(*OWNED)
def replace_picture(case):
    made = picture(case)
    case.client.post(reverse("wagtailimages:edit", args=(made.pk,)), {"title": "Before", "file": picture_file("blue")})
    return Image.objects.get(pk=made.pk).file.name != made.file.name


@action(*OWNED)
def edit_fresh_upload(case):
    made = picture(case)
    data = {f"image-{made.pk}-title": "After"}
    case.client.post(reverse("wagtailimages:edit_multiple", args=(made.pk,)), data)
    return Image.objects.get(pk=made.pk).title == "After"


@action(*OWNED)
def delete_picture(case):
    made = picture(case)
    case.client.post(reverse("wagtailimages:delete", args=(made.pk,)))
    return not Image.objects.filter(pk=made.pk).exists()


@action(*OWNED)
def delete_pictures_in_bulk(case):
    made = picture(case)
    address = reverse("wagtail_bulk_action", args=("core", "portalimage", "delete"))
    case.client.post(f"{address}?id={made.pk}")
    return not Image.objects.filter(pk=made.pk).exists()


@action(*OWNED)
def move_pictures_in_bulk(case):
    made = picture(case)
    target = Collection.get_first_root_node().add_child(name="Target")
    address = reverse("wagtail_bulk_action", args=("core", "portalimage", "add_to_collection"))
    case.client.post(f"{address}?id={made.pk}", {"collection": target.pk})
    return Image.objects.get(pk=made.pk).collection_id == target.pk


@action()
def list_documents(case):
    return opens(case, reverse("wagtaildocs:index"))


@action()
def upload_document(case):
    case.client.post(reverse("wagtaildocs:add"), {"title": "Uploaded", "file": text_file()})
    return Document.objects.filter(title="Uploaded").exists()


@action(*OWNED)
def edit_document(case):
    made = document(case)
    case.client.post(reverse("wagtaildocs:edit", args=(made.pk,)), {"title": "After"})
    return Document.objects.get(pk=made.pk).title == "After"


@action(*OWNED)
def replace_document(case):
    made = document(case)
    case.client.post(reverse("wagtaildocs:edit", args=(made.pk,)), {"title": "Before", "file": text_file("after")})
    return Document.objects.get(pk=made.pk).file.name != made.file.name


@action(*OWNED)
def delete_document(case):
    made = document(case)
    case.client.post(reverse("wagtaildocs:delete", args=(made.pk,)))
    return not Document.objects.filter(pk=made.pk).exists()


@action(*OWNED)
def delete_documents_in_bulk(case):
    made = document(case)
    address = reverse("wagtail_bulk_action", args=("wagtaildocs", "document", "delete"))
    case.client.post(f"{address}?id={made.pk}")
    return not Document.objects.filter(pk=made.pk).exists()
