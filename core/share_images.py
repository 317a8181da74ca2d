"""Drawn share images: the pattern of an item's cover with its title, for those who pass its address on.

A picture is drawn when it is first asked for and kept under a name made of what it shows.
"""

import hashlib
import logging
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from core.covers import HEIGHT as COVER_HEIGHT
from core.covers import cover_for
from core.typesetting import break_lines, font

WIDTH, HEIGHT = 1200, 630  # pixels, as Open Graph's readers show them
FOLDER = "share"
DRAWN_TWICE = 2  # the pattern is drawn at twice the size and made smaller, so that its strokes are smooth
PAPER, INK, BLUE, SEAL = "#fbf9f4", "#1b1e24", "#14375f", "#a3262b"
HUES = {"event": "#7a4b16", "people": "#5b3a75", "policy": "#285a49", "award": "#8a2f33", "exchange": "#1f5c73"}
STROKES = {1: (4, 0.18), 2: (12, 0.28), 3: (3, 0.4)}  # width and strength of the three tones
MARGIN, TITLE_SIZE, NAME_SIZE, MAX_LINES = 80, 64, 34, 4
VERSION = 1  # of the drawing: a higher number has every picture drawn anew

logger = logging.getLogger(__name__)


def kept_share_image(title: str, topic: str, site_name: str) -> bytes:
    """Return the share image of an item as PNG; it is drawn once and kept with the portal's pictures."""
    key = hashlib.sha256(f"{VERSION}|{topic}|{title}|{site_name}".encode()).hexdigest()[:24]
    name = f"{FOLDER}/{key}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return file.read()
    picture = draw(title, topic, site_name)
    try:
        default_storage.save(name, ContentFile(picture))
    except OSError:
        logger.exception("The share image %s could not be kept; it is drawn again when it is asked for next", name)
    return picture


def draw(title: str, topic: str, site_name: str) -> bytes:
    """Return the share image as PNG, 1200 by 630 pixels; the pattern alone where the system has no Chinese font."""
    image = _pattern(title, topic)
    pen = ImageDraw.Draw(image)
    face, small = font(TITLE_SIZE), font(NAME_SIZE)
    if face and small:
        lines = break_lines(title, face, WIDTH - 2 * MARGIN, MAX_LINES)
        pen.multiline_text((MARGIN, MARGIN), "\n".join(lines), font=face, fill=INK, spacing=24)
        pen.ellipse((MARGIN, HEIGHT - 102, MARGIN + 22, HEIGHT - 80), fill=SEAL)
        pen.text((MARGIN + 42, HEIGHT - 91), site_name, font=small, fill=BLUE, anchor="lm")
    output = BytesIO()
    image.quantize(128).save(output, "PNG", optimize=True)
    return output.getvalue()


def _pattern(title: str, topic: str) -> Image.Image:
    cover, scale = cover_for(title, topic), DRAWN_TWICE * HEIGHT / COVER_HEIGHT
    size = (WIDTH * DRAWN_TWICE, HEIGHT * DRAWN_TWICE)
    image = Image.new("RGB", size, PAPER)
    for shape in cover.shapes:
        width, strength = STROKES[shape.tone]
        mask = Image.new("L", size)
        x, y, reach = (value * scale for value in (shape.x, shape.y, shape.size))
        drawing = {"fill" if cover.pattern == "beams" else "outline": round(255 * strength), "width": width * DRAWN_TWICE}
        if cover.pattern == "beams":
            ImageDraw.Draw(mask).line((x, -20, y, size[1] + 20), **drawing)
        elif cover.pattern == "arcs":
            ImageDraw.Draw(mask).ellipse((x, size[1] - reach, x + 2 * reach, size[1] + reach), **drawing)
        else:
            ImageDraw.Draw(mask).ellipse((x - reach, y - reach, x + reach, y + reach), **drawing)
        image.paste(HUES.get(topic, BLUE), mask=mask)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
