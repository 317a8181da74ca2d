"""What a PDF would do besides being read: found by the names of its actions, in the open and in its object streams."""

import re
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.uploads.problems import lying

END_WITHIN = 2048  # bytes before the end of the file
PROBE = 4096
MAX_STREAMS = 50_000
MAX_INFLATED = 64 * 1024 * 1024


def _name(text: str) -> bytes:
    """Return a pattern of a PDF name in which any letter may be written as its code: /J#61vaScript."""
    letters = b"".join(rb"(?:%c|#(?i:%02x))" % (letter, letter) for letter in text.encode())
    return rb"/" + letters


_ACTIVE = re.compile(
    b"|".join(
        _name(text)
        for text in ("JavaScript", "Launch", "EmbeddedFile", "RichMedia", "SubmitForm", "ImportData", "GoToE", "XFA")
    )
)
_ENCRYPTED = re.compile(_name("Encrypt") + rb"(?![A-Za-z])")
_OBJECT_STREAM = re.compile(_name("ObjStm"))
# A document may open at a page of its own ([3 0 R /Fit], GoTo); it may not open an address or another file.
_OPENS = re.compile(_name("OpenAction") + rb"\s*(?:(\d{1,9})\s+(\d{1,9})\s+R|<<(.{0,400}))", re.DOTALL)
_LEADS_OUT = re.compile(b"|".join(_name(text) for text in ("URI", "GoToR")))
_STREAM = re.compile(rb"stream\r?\n")
_NUMBERS = re.compile(rb"\s*\d+\s+\d+\s")


def check_pdf(data) -> None:
    """Raise ValidationError when `data` (bytes or a mapped file) is no PDF, or one that does more than be read."""
    if data[:5] != b"%PDF-" or b"%%EOF" not in data[-END_WITHIN:]:
        raise lying("pdf")
    if _ENCRYPTED.search(data):
        message = _("The PDF is protected, so that nobody can tell what it holds. Save it without protection and try again.")
        raise ValidationError(message, "encrypted")
    texts = [data, *_object_streams(data)]
    if any(_ACTIVE.search(text) for text in texts) or any(_opens_outward(text, texts) for text in texts):
        message = _(
            "The PDF holds a script, a form that sends data, an embedded file or an action of its own. "
            "Print it to a new PDF and upload that."
        )
        raise ValidationError(message, "active")


def _opens_outward(text, texts) -> bool:
    for opened in _OPENS.finditer(text):
        if opened[3] is not None:
            if _LEADS_OUT.search(opened[3]):
                return True
            continue
        target = re.compile(rb"\b%s\s+%s\s+obj(.{0,400})" % (opened[1], opened[2]), re.DOTALL)
        if any(_LEADS_OUT.search(found[1]) for whole in texts for found in target.finditer(whole)):
            return True
    return False


def _object_streams(data) -> list[bytes]:
    """Return the compressed object streams of a PDF, inflated; raise ValidationError when one cannot be read."""
    inflated, size, count = [], 0, 0
    for count, start in enumerate(_STREAM.finditer(data), start=1):
        if count > MAX_STREAMS:
            break
        probe = _inflate(data[start.end() : start.end() + PROBE], 64)
        if not _NUMBERS.match(probe):
            continue
        end = data.find(b"endstream", start.end())
        text = _inflate(data[start.end() : end if end >= 0 else len(data)], MAX_INFLATED - size + 1)
        inflated.append(text)
        size += len(text)
        if size > MAX_INFLATED:
            break
    promised = sum(1 for _found in _OBJECT_STREAM.finditer(data))
    if promised > len(inflated) or size > MAX_INFLATED or count > MAX_STREAMS:
        message = _("The PDF is built in a way that cannot be checked. Print it to a new PDF and upload that.")
        raise ValidationError(message, "unreadable")
    return inflated


def _inflate(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""
