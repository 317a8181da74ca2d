"""Files as editors, careless programs and intruders send them, each made here and nowhere stored."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

GPS, ORIENTATION = 0x8825, 0x0112
COMMENT = b"a comment of the camera"


def picture(kind: str = "PNG", size=(40, 30), **options) -> bytes:
    output = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, "red").save(output, kind, **options)
    return output.getvalue()


def photograph(kind: str = "JPEG") -> bytes:
    """Return a picture as a telephone makes it: with its place, on its side, with a comment and words in XMP."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (IFDRational(39), IFDRational(54), IFDRational(26)), 3: "E", 4: (IFDRational(116),) * 3}
    options = {"exif": exif.tobytes()}
    if kind == "JPEG":
        options |= {"comment": COMMENT, "xmp": b"<x:xmpmeta>secret place</x:xmpmeta>"}
    elif kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", COMMENT.decode())
        options["pnginfo"] = info
    elif kind == "WEBP":
        options["xmp"] = b"<x:xmpmeta>secret place</x:xmpmeta>"
    return picture(kind, (40, 20), **options)


def animation(kind: str = "GIF", frames: int = 3, size=(40, 30)) -> bytes:
    output = io.BytesIO()
    pictures = [Image.new("RGB", size, (number * 7 % 256, 50, 90)) for number in range(frames)]
    pictures[0].save(output, kind, save_all=True, append_images=pictures[1:], duration=80, loop=0)
    return output.getvalue()


def _png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """Return a PNG of a few kilobytes that would fill hundreds of megabytes when drawn."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (width * 3 + 1)
    rows = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", header) + _png_chunk(b"IDAT", rows) + _png_chunk(b"IEND", b"")


def gif_bomb(frames: int = 4_000) -> bytes:
    """Return a GIF of many tiny frames on a canvas of 10,000 by 2,000 pixels."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 10_000, 2_000, 0x80, 0, 0) + b"\0" * 6 + frame * frames + b";"


def webp_bomb() -> bytes:
    """Return a WebP whose header promises 16,384 by 16,384 pixels."""
    side = (16_383).to_bytes(3, "little")
    content = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + side + side
    return b"RIFF" + struct.pack("<I", len(content)) + content


def pdf(body: bytes = b"", name: bytes = b"/Catalog") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type " + name + b" " + body + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def pdf_with_object_stream(objects: bytes) -> bytes:
    packed = zlib.compress(b"4 0 5 20 " + objects)
    head = b"%%PDF-1.7\n3 0 obj\n<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\n%%EOF\n"


def archive(entries: dict[str, bytes], stored: bool = False) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return output.getvalue()


OFFICE_TYPES = {
    "docx": "wordprocessingml.document.main+xml",
    "pptx": "presentationml.presentation.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
}


def office(extension: str, further: dict[str, bytes] | None = None, types: str = "") -> bytes:
    content = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{OFFICE_TYPES[extension]}"/>{types}'
    return archive({"[Content_Types].xml": content.encode(), "main.xml": b"<x/>"} | (further or {}))


def open_document(extension: str, further: dict[str, bytes] | None = None) -> bytes:
    kind = {"odt": b"text", "ods": b"spreadsheet"}[extension]
    return archive({"mimetype": b"application/vnd.oasis.opendocument." + kind, "content.xml": b"<x/>"} | (further or {}))


def old_office(stream: str, *further: str) -> bytes:
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in (stream, *further))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names


def upload(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)
