"""The pictures of a Word document, checked like every upload and kept only when the draft is."""

import hashlib
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from mammoth import documents
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.permissions import policy_registry

from core.blanks import one_line
from core.languages import Language
from news.word.findings import Findings

MAX_PICTURES = 30
MAX_ALT_TEXT = 255
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
# What programs write as alt text by themselves: names of files, numbers, and a note below a guess.
_NO_ALT_TEXT = re.compile(
    r"(?:图片|图像|图|Picture|Image|IMG|Graphic)?[\s_\-\d]*(?:\.\w{3,4})?|\S+\.(?:jpe?g|png|gif|bmp|webp)", re.IGNORECASE
)
_GUESSED = re.compile(
    r"\s*(?:描述已自动生成|Description automatically generated|AI-generated content may be incorrect\.?).*", re.S
)


class Pictures:
    """Takes pictures while a document is read; `save` puts them into the library of `user`, in `collection`."""

    def __init__(self, user, collection, language: Language, name: str, findings: Findings):
        self.user, self.collection, self.language, self.name, self.findings = user, collection, language, name, findings
        self.forms: dict[str, object] = {}
        self.refused: set[str] = set()
        self.may_add = policy_registry.get_by_type(get_image_model()).user_has_permission(user, "add")

    def take(self, image: documents.Image) -> str | None:
        """Return a key for the picture, None where it cannot be taken; what is in the document twice has one key."""
        if not self.may_add:
            self.findings.add("no_right_to_upload")
            return None
        try:
            with image.open() as file:
                content = file.read()
        except ValueError:  # mammoth's, for what lies outside the document
            self.findings.add("linked_pictures")
            return None
        except KeyError:  # no part of the document, or none that is a picture
            self.findings.add("refused_pictures", image.content_type or "")
            return None
        key = hashlib.sha256(content).hexdigest()
        if key in self.forms:
            return key
        if len(self.forms) >= MAX_PICTURES:
            self.findings.add("surplus_pictures")
            return None
        return key if key not in self.refused and self._checked(key, content, image) else None

    def _checked(self, key: str, content: bytes, image: documents.Image) -> bool:
        alt_text = alt_text_of(image)
        title = (alt_text or f"{self.name} {len(self.forms) + 1}")[:MAX_ALT_TEXT]
        data = {"title": title, f"alt_text_{self.language.code.replace('-', '_')}": alt_text, "tags": ""}
        if self.collection is not None:
            data["collection"] = self.collection.pk
        ending = ENDINGS.get(image.content_type, "")
        files = {"file": SimpleUploadedFile(f"{self.name}.{ending}" if ending else self.name, content)}
        model = get_image_model()
        form = get_image_form(model)(data, files, instance=model(uploaded_by_user=self.user), user=self.user)
        if not form.is_valid():
            self.refused.add(key)
            self.findings.add("refused_pictures", " ".join(fault for faults in form.errors.values() for fault in faults))
            return False
        if not alt_text:
            self.findings.add("no_alt_text", title)
        self.forms[key] = form
        return True

    def save(self) -> dict[str, object]:
        """Return the pictures in the library by their keys."""
        return {key: form.save() for key, form in self.forms.items()}

    def remove_files(self) -> None:
        """Remove the files of pictures whose rows were taken back."""
        for form in self.forms.values():
            file = form.instance.file
            if file and file._committed:
                file.storage.delete(file.name)


def alt_text_of(image: documents.Image) -> str:
    """Return the alt text that a person wrote, "" for what a program did."""
    text = one_line(_GUESSED.sub("", image.alt_text or ""))
    return "" if _NO_ALT_TEXT.fullmatch(text) else text[:MAX_ALT_TEXT]
