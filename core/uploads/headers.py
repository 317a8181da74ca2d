"""How large a picture would become, read from its headers alone: nothing is decoded to learn it."""

import io
import struct
import warnings

from PIL import Image

GIF_EXTENSION, GIF_IMAGE = 0x21, 0x2C


def kind_of(start: bytes) -> str | None:
    """Return Pillow's name of the format that a file with these first bytes has, None for any but the four allowed."""
    if start.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if start.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "WEBP"
    return None


def extent(data: bytes, kind: str, limit: int) -> tuple[int, int]:
    """Return the pixels of one frame and the number of frames; the count stops where both together pass `limit`.

    Raises ValueError, IndexError, struct.error or what Pillow raises when the headers cannot be read.
    """
    if kind == "GIF":
        return _gif_extent(data, limit)
    if kind == "WEBP":
        return _webp_extent(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the caller compares with its own limit
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            return image.width * image.height, 1


def _gif_extent(data: bytes, limit: int) -> tuple[int, int]:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    place, frames = 13 + _colour_table(flags), 0
    while place < len(data):
        if data[place] == GIF_EXTENSION:
            place = _after_blocks(data, place + 2)
        elif data[place] == GIF_IMAGE:
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, place + 1)
            width, height, frames = max(width, left + wide), max(height, top + high), frames + 1
            if width * height * frames > limit:
                break
            place = _after_blocks(data, place + 11 + _colour_table(flags))
        else:
            break
    if not frames:
        raise ValueError("a GIF without a picture")
    return width * height, frames


def _colour_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    while data[place]:
        place += data[place] + 1
    return place + 1


def _webp_extent(data: bytes) -> tuple[int, int]:
    sizes, frames, place = [], 0, 12
    while place + 8 <= len(data):
        name, length = data[place : place + 4], struct.unpack_from("<I", data, place + 4)[0]
        content = place + 8
        if name == b"VP8X":
            sizes.append((_three_bytes(data, content + 4) + 1, _three_bytes(data, content + 7) + 1))
        elif name == b"VP8L":
            bits = struct.unpack_from("<I", data, content + 1)[0]
            sizes.append(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        elif name == b"VP8 ":
            width, height = struct.unpack_from("<HH", data, content + 6)
            sizes.append((width & 0x3FFF, height & 0x3FFF))
        elif name == b"ANMF":
            frames += 1
        place = content + length + length % 2
    if not sizes:
        raise ValueError("a WebP without a picture")
    return max(width * height for width, height in sizes), max(frames, 1)


def _three_bytes(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 3], "little")
