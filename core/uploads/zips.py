"""Archives and the office documents that are archives: looked into, never unpacked."""

import struct
import zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.uploads.names import extension_of
from core.uploads.problems import lying

MAX_DIRECTORY = 2 * 1024 * 1024  # bytes of an archive's table of contents
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 200  # a long table of figures shrinks to a hundredth
SMALL = 65_536  # packed bytes below which the ratio says nothing
MAX_READ = 1024 * 1024
END_RECORD = struct.Struct("<4s4H2LH")
ENCRYPTED = 0x1

OFFICE_MAIN_TYPES = {
    "docx": b"wordprocessingml.document.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
OPEN_DOCUMENT_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ACTIVE = _("The document holds macros or draws a template from elsewhere. Save it without them and try again.")


def check_office_zip(file, extension: str) -> None:
    """Raise ValidationError when `file` is no Word, Excel or PowerPoint document, or one with macros."""
    with opened(file, extension) as archive:
        types = _read(archive, "[Content_Types].xml", extension)
        if OFFICE_MAIN_TYPES[extension] not in types:
            raise lying(extension)
        names = [name.lower() for name in archive.namelist()]
        outside = any(
            b"attachedTemplate" in (text := _read(archive, name, extension)) and b"External" in text
            for name in archive.namelist()
            if name.lower() == "word/_rels/settings.xml.rels"
        )
        macros = any(name.endswith("vbaproject.bin") or "/activex/" in name or "/macrosheets/" in name for name in names)
        if outside or macros or b"macroEnabled" in types or b"vbaProject" in types:
            raise ValidationError(ACTIVE, "active")


def check_open_document(file, extension: str) -> None:
    """Raise ValidationError when `file` is no OpenDocument of its kind, or one with macros."""
    with opened(file, extension) as archive:
        if _read(archive, "mimetype", extension).strip() != OPEN_DOCUMENT_TYPES[extension]:
            raise lying(extension)
        if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
            raise ValidationError(ACTIVE, "active")


def check_archive(file, extension: str) -> None:
    """Raise ValidationError when `file` is no archive, or one that holds anything but documents and pictures."""
    allowed = {*settings.WAGTAILDOCS_EXTENSIONS, *settings.WAGTAILIMAGES_EXTENSIONS} - {"zip"}
    with opened(file, extension) as archive:
        for entry in archive.infolist():
            if not entry.is_dir() and extension_of(entry.filename) not in allowed:
                message = _("The archive holds “%(name)s”. It may hold documents and pictures only, and no further archive.")
                raise ValidationError(message, "active", {"name": entry.filename[:80]})


def opened(file, extension: str) -> zipfile.ZipFile:
    """Return the archive, whose table of contents is known to be short, honest and without passwords."""
    _check_directory(file, extension)
    try:
        archive = zipfile.ZipFile(file)
    # Besides BadZipFile: names and numbers that cannot be read.
    except Exception as error:
        raise lying(extension) from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, SMALL):
        message = _("The file would become too large when unpacked. Divide it and try again.")
        raise ValidationError(message, "bomb")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        message = _("The file is protected by a password, so that nobody can tell what it holds. Save it without one.")
        raise ValidationError(message, "encrypted")
    if any(entry.filename.startswith("/") or ".." in entry.filename.split("/") for entry in entries):
        raise lying(extension)
    return archive


def _check_directory(file, extension: str) -> None:
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise lying(extension)
    file.seek(max(0, file.size - 0xFFFF - END_RECORD.size))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END_RECORD.size:
        raise lying(extension)
    *_start, size, _offset, comment = END_RECORD.unpack_from(tail, place)
    if size > MAX_DIRECTORY or place + END_RECORD.size + comment != len(tail):
        raise lying(extension)


def _read(archive: zipfile.ZipFile, name: str, extension: str) -> bytes:
    """Return the beginning of the entry `name`, at most MAX_READ bytes."""
    try:
        with archive.open(name) as entry:
            return entry.read(MAX_READ)
    # Besides a missing entry: broken compression, wrong checksums, methods that are not known.
    except Exception as error:
        raise lying(extension) from error
