"""Uploaded pictures are drawn anew: what is kept holds the pixels alone, upright, in sRGB."""

import io
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from core.uploads.headers import extent, kind_of
from core.uploads.names import clean_file_name, extension_of

EXTENSIONS = {"GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MAX_FRAMES = 300
MAX_SCANS = 100  # a JPEG of thousands of scans keeps the decoder busy for minutes
QUALITY = 90
# Twice what any page shows: a photograph that stays above this at half its size is read at half its size.
LARGE_ENOUGH = (2400, 2400)
DAMAGED = _("The picture cannot be read: the file is damaged or incomplete. Export it anew as JPEG or PNG and try again.")


def drawn_anew(file: UploadedFile) -> UploadedFile:
    """Return the picture in `file`, drawn anew under a clean name; raise ValidationError that says what is wrong with it."""
    data = _checked_bytes(file)
    kind = kind_of(data[:16])
    _check_extent(data, kind)
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            output = _drawn(image, kind, lossless=b"VP8L" in data[:64])
    # Pillow's decoders raise exceptions of many kinds for files that lie.
    except Exception as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    name = clean_file_name(file.name, EXTENSIONS[kind], otherwise="picture")
    return InMemoryUploadedFile(output, "file", name, Image.MIME[kind], output.getbuffer().nbytes, None)


def _checked_bytes(file: UploadedFile) -> bytes:
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if file.size > most:
        message = _("The picture has %(size)s, at most %(most)s are taken. Make it smaller and try again.")
        raise ValidationError(message, "too_large", {"size": filesizeformat(file.size), "most": filesizeformat(most)})
    allowed = settings.WAGTAILIMAGES_EXTENSIONS
    extension = extension_of(file.name)
    file.seek(0)
    data = file.read()
    if kind_of(data[:16]) is None or (extension and extension not in allowed):
        message = _("This is no picture that the portal takes. It takes %(formats)s; SVG and other formats are not taken.")
        raise ValidationError(message, "wrong_type", {"formats": ", ".join(allowed)})
    return data


def _check_extent(data: bytes, kind: str) -> None:
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    try:
        pixels, frames = extent(data, kind, most)
    except Image.DecompressionBombError:
        pixels, frames = most + 1, 1
    except Exception as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    if pixels * frames > most or frames > MAX_FRAMES:
        message = _(
            "The picture is too large to be shown: at most %(most)s million pixels, counted over all frames, and "
            "%(frames)s frames. Make it smaller and try again."
        )
        raise ValidationError(message, "too_many_pixels", {"most": most // 1_000_000, "frames": MAX_FRAMES})
    if not pixels or (kind == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS):
        raise ValidationError(DAMAGED, code="damaged")


def _drawn(image: Image.Image, kind: str, lossless: bool) -> io.BytesIO:
    output = io.BytesIO()
    if kind in {"GIF", "WEBP"} and getattr(image, "is_animated", False):
        frames, durations = [], []
        for frame in ImageSequence.Iterator(image):
            frames.append(_bare(frame.convert("RGBA")))
            durations.append(int(frame.info.get("duration", 100)))
        options = {"save_all": True, "append_images": frames[1:], "duration": durations}
        loop = image.info.get("loop")
        if loop is not None:
            options["loop"] = loop
        frames[0].save(output, kind, **options)
    elif kind == "JPEG":
        image.draft(image.mode, LARGE_ENOUGH)
        image = _upright(_in_srgb(image))
        _bare(image if image.mode in {"L", "RGB"} else image.convert("RGB")).save(output, kind, quality=QUALITY)
    elif kind == "WEBP":
        _bare(_upright(_in_srgb(image))).save(output, kind, lossless=lossless, quality=QUALITY)
    else:
        _bare(_upright(_in_srgb(image))).save(output, kind)
    output.seek(0)
    return output


def _bare(image: Image.Image) -> Image.Image:
    """Take away all that a file holds besides its pixels; a palette's transparent colour belongs to them."""
    image.load()
    image.info = {name: value for name, value in image.info.items() if name == "transparency"}
    return image


def _upright(image: Image.Image) -> Image.Image:
    image.load()
    with suppress(Exception):  # an EXIF block that cannot be read turns nothing
        ImageOps.exif_transpose(image, in_place=True)  # a copy would take the memory twice
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture with its colour profile, which is not kept, worked into its colours."""
    profile, exif = image.info.get("icc_profile"), image.info.get("exif")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    target = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except Exception:  # a broken profile is left out like any other
        return image
    converted.info = {name: value for name, value in (("exif", exif),) if value}
    return converted
