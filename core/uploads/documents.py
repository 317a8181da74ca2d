"""Uploaded documents: what a file holds must be what its name says, and nothing in it may run."""

import codecs
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from core.uploads.names import extension_of, unguessable_file_name
from core.uploads.pdfs import check_pdf
from core.uploads.problems import lying
from core.uploads.zips import check_archive, check_office_zip, check_open_document

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE file, which holds them as UTF-16.
OLE_MAIN_STREAMS = {"doc": ("WordDocument",), "ppt": ("PowerPoint Document",), "xls": ("Workbook", "Book")}
OLE_ACTIVE_STREAMS = ("_VBA_PROJECT", "\x01Ole10Native", "EncryptedPackage")
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<iframe", b"<body", b"<head", b"<object", b"<embed", b"<img")
CHUNK = 1 << 16


def checked(file: UploadedFile) -> UploadedFile:
    """Return `file` under a clean name; raise ValidationError that says why it is not taken."""
    check_size(file)
    extension = extension_of(file.name)
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        message = _("Documents of this kind are not taken. The portal takes %(formats)s.")
        raise ValidationError(message, "wrong_type", {"formats": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)})
    CHECKS[extension](file, extension)
    file.seek(0)
    file.name = unguessable_file_name(file.name, extension, otherwise="document")
    return file


def check_size(file: UploadedFile) -> None:
    """Raise ValidationError when `file` is larger than a document may be."""
    most = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if file.size > most:
        message = _("The document has %(size)s, at most %(most)s are taken. Make it smaller and try again.")
        raise ValidationError(message, "too_large", {"size": filesizeformat(file.size), "most": filesizeformat(most)})


@contextmanager
def _contents(file: UploadedFile):
    """Give the bytes of `file`; a large one, which Django keeps on disk, is mapped and not read."""
    file.seek(0)
    if hasattr(file, "temporary_file_path"):
        with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            yield mapped
    else:
        yield file.read()


def _check_pdf(file, extension: str) -> None:
    with _contents(file) as data:
        check_pdf(data)


def _check_ole(file, extension: str) -> None:
    with _contents(file) as data:
        names = OLE_MAIN_STREAMS[extension]
        if data[:8] != OLE_START or all(data.find(name.encode("utf-16-le")) < 0 for name in names):
            raise lying(extension)
        if any(data.find(name.encode("utf-16-le")) >= 0 for name in OLE_ACTIVE_STREAMS):
            message = _(
                "The document holds macros, an embedded program or a password. Save it without them or as PDF, and try again."
            )
            raise ValidationError(message, "active")


def _check_text(file, extension: str) -> None:
    """Refuse what is no text in an encoding that editors use, and markup that a browser might take for a page."""
    file.seek(0)
    start = file.read(CHUNK)
    if any(mark in start.lower() for mark in MARKUP) or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"%PDF")):
        raise lying(extension)
    encodings = ["utf-16"] if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8", "gb18030"]
    if not any(_is_text(file, encoding) for encoding in encodings):
        raise lying(extension)


def _is_text(file, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk).lower()
            if "\0" in text or (encoding == "utf-16" and any(mark.decode() in text for mark in MARKUP)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


CHECKS = {
    "csv": _check_text,
    "doc": _check_ole,
    "docx": check_office_zip,
    "ods": check_open_document,
    "odt": check_open_document,
    "pdf": _check_pdf,
    "ppt": _check_ole,
    "pptx": check_office_zip,
    "txt": _check_text,
    "xls": _check_ole,
    "xlsx": check_office_zip,
    "zip": check_archive,
}
