"""Setting a title on a picture: a font of the system for the script, and the breaking of lines."""

import re
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
# Families with simplified Chinese and Latin in one, best first; a collection names the face that holds simplified Chinese.
FAMILIES = (
    *("NotoSerifCJK-Bold*", "NotoSerifCJKsc-Bold*", "SourceHanSerif*-Bold*", "NotoSansCJK-Bold*", "NotoSansCJKsc-Bold*"),
    *("SourceHanSans*-Bold*", "Songti*", "PingFang*", "msyhbd*", "wqy-zenhei*", "wqy-microhei*"),
)
MAX_FACES = 12
NEVER_FIRST = "，。、；：！？）》」』”’…·%"
_PIECES = re.compile(r"[\w.,:;'’()&/+-]+\s*|\s+|.", re.ASCII | re.DOTALL)


@cache
def font_file() -> tuple[str, int] | None:
    """Return the path and face number of a font that holds both scripts, None where the system has none."""
    for family in FAMILIES:
        for folder in FONT_FOLDERS:
            for path in sorted(Path(folder).rglob(f"{family}.[ot]t[cf]")):
                return str(path), _simplified_face(path)
    return None


def _simplified_face(path: Path) -> int:
    """Return the number of the face for simplified Chinese in the collection at `path`, 0 for a single font."""
    for number in range(MAX_FACES):
        try:
            family, _style = ImageFont.truetype(str(path), 12, index=number).getname()
        except OSError:
            break
        if family.endswith(" SC"):
            return number
    return 0


@cache
def font(size: int) -> ImageFont.FreeTypeFont | None:
    """Return the font at `size` pixels, None where the system has none."""
    found = font_file()
    return ImageFont.truetype(found[0], size, index=found[1]) if found else None


def break_lines(text: str, face: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Return `text` in at most `most` lines of `width` pixels: Chinese breaks between characters, Latin between words."""
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        fits = face.getlength(lines[-1] + piece.rstrip()) <= width
        if fits or piece in NEVER_FIRST:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip()[:-1] + "…"]
    return [line.strip() for line in lines]
