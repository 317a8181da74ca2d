"""The one form of pictures and the one of documents, at every way in: add, add several, choose, replace."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.plain_text import without_invisible
from core.uploads.documents import checked
from core.uploads.pictures import drawn_anew


class PictureField(WagtailImageField):
    """A file field whose value is the uploaded picture drawn anew, under a clean name."""

    def to_python(self, data):
        if data in self.empty_values:
            return None
        if not data.size:
            raise ValidationError(self.error_messages["empty"], code="empty")
        return drawn_anew(data)


class DocumentField(WagtailDocumentField):
    """A file field that takes only documents which are what their name says, under a clean name."""

    def to_python(self, data):
        if data in self.empty_values:
            return None
        if not data.size:
            raise ValidationError(self.error_messages["empty"], code="empty")
        return checked(data)


class FormerFile:
    """The file that another one takes the place of: it goes once that is committed, so that a failure leaves it where it is."""

    def __init__(self, file):
        self.name, self._storage = file.name, file.storage

    @property
    def storage(self):
        return self

    def delete(self, name: str) -> None:
        transaction.on_commit(partial(self._storage.delete, name))


class UploadForm:
    """What both forms share. `file_field` is the field that stands in for Wagtail's own."""

    file_field: type

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.original_file:
            self.original_file = FormerFile(self.original_file)
        if field := self.fields.get("file"):
            self.fields["file"] = self.file_field(label=field.label, widget=field.widget, required=field.required)

    def clean_title(self):
        return without_invisible(self.cleaned_data["title"])

    def _post_clean(self):
        super()._post_clean()
        # Wagtail would keep the file as it came until the other fields are right, and then take it unchecked.
        if "file" in self.changed_data and self.errors and "file" not in self.errors:
            faults = [
                f"{self.fields[name].label}: {' '.join(faults)}" for name, faults in self.errors.items() if name in self.fields
            ]
            message = _(
                "The file was not kept, because something else is wrong. Mend that and choose the file again. %(faults)s"
            )
            self.add_error("file", ValidationError(message, "not_kept", {"faults": " ".join(faults)}))


class PictureForm(UploadForm, BaseImageForm):
    file_field = PictureField


class DocumentForm(UploadForm, BaseDocumentForm):
    file_field = DocumentField
