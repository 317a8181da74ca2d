"""The parts of a .docx, looked through before anything reads them: bounded, well formed, without declarations of their own."""

import io
import zipfile
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.uploads.headers import kind_of
from core.uploads.problems import lying
from core.uploads.zips import check_office_zip, opened
from news.word.findings import Findings
from news.word.leftovers import Leftovers

MAX_PARTS = 2_000
MAX_XML = 24 * 1024 * 1024  # bytes of all XML parts together
MAX_PICTURES = 100 * 1024 * 1024
MAX_ELEMENTS = 60_000
MAX_DEPTH = 60
TOO_LONG = _("The document is too long for one page. Divide it into several documents and try again.")


def checked_package(file, findings: Findings) -> io.BytesIO:
    """Return `file` as an archive of the parts alone that may be read; raise ValidationError when it is no sound .docx.

    What stands in them and no reader takes over is added to `findings`.
    """
    check_office_zip(file, "docx")
    kept = io.BytesIO()
    with opened(file, "docx") as archive, zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as copy:
        entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        if len(entries) > MAX_PARTS:
            raise ValidationError(TOO_LONG, "too_long")
        reader = _XmlReader(findings)
        pictures = 0
        for name, entry in entries.items():
            if name.lower().endswith((".xml", ".rels")):
                if reader.size + entry.file_size > MAX_XML:
                    raise ValidationError(TOO_LONG, "too_long")
                copy.writestr(name, reader.checked(_content(archive, entry)))
            elif pictures + entry.file_size <= MAX_PICTURES:
                content = _content(archive, entry)
                if kind_of(content[:16]):  # whatever is neither is not there for the reader
                    pictures += len(content)
                    copy.writestr(name, content)
    kept.seek(0)
    return kept


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    # Broken compression, wrong checksums, methods that are not known.
    except Exception as error:
        raise lying("docx") from error


class _XmlReader:
    """Reads XML parts once, within one measure for all of them."""

    def __init__(self, findings: Findings):
        self.size = self.elements = self.depth = 0
        self.findings = findings

    def checked(self, content: bytes) -> bytes:
        self.size += len(content)
        self.depth = 0
        parser, leftovers = expat.ParserCreate(namespace_separator=" "), Leftovers(self.findings)
        parser.buffer_text = True

        def start(name: str, attributes: dict) -> None:
            self.elements, self.depth = self.elements + 1, self.depth + 1
            if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
                raise ValidationError(TOO_LONG, "too_long")
            leftovers.start(name)

        def end(name: str) -> None:
            self.depth -= 1
            leftovers.end(name)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = leftovers.text
        parser.StartDoctypeDeclHandler = _refuse_declarations
        try:
            parser.Parse(content, True)
        # Besides ExpatError: encodings that Python does not know.
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise lying("docx") from error
        return content


def _refuse_declarations(*_declared) -> None:
    raise lying("docx")
