"""What is wrong with an answer, whatever was asked."""

import json
import re
import traceback
from urllib.parse import urlsplit

from django.conf import settings

from tests.fuzz.values import MARKER

ALLOWED = frozenset(
    {200, 201, 204, 206, 301, 302, 303, 304, 307, 308, 400, 403, 404, 405, 406, 409, 410, 411}
    | {412, 413, 414, 415, 416, 422, 429, 431, 501, 503}
)  # fmt: skip
OWN_HOSTS = {"", "testserver", urlsplit(settings.BASE_URL).netloc}
_INSIDE = re.compile(
    r"Traceback \(most recent|site-packages|django\.(?:db|core)\.|psycopg|sqlite3\."
    r"|(?:Operational|Programming|Data|Integrity)Error|MultiValueDictKeyError|TemplateSyntaxError|DoesNotExist:"
    r"|SELECT .{1,200} FROM |DJANGO_SETTINGS_MODULE"
)
_SCRIPT = re.compile(r"<script\b.*?</script>", re.S | re.I)


def faults(response, body: bytes) -> list[tuple[str, str]]:
    """Return what is wrong as pairs: a name by which equal faults are counted once, and what was seen."""
    found = []
    exception = getattr(response, "exc_info", None)
    if exception:
        found.append((_place(exception), "".join(traceback.format_exception(*exception))[-4000:]))
    elif response.status_code not in ALLOWED:
        found.append((f"status {response.status_code}", ""))
    location = response.headers.get("Location", "")
    if location and not _stays(location):
        found.append(("leads elsewhere", location))
    text = body.decode("utf-8", "replace")
    secrets = (settings.SECRET_KEY, str(settings.BASE_DIR))
    inside = _INSIDE.search(text) or next((secret for secret in secrets if secret in text), None)
    if inside:
        found.append(("shows what is inside", str(inside)))
    if _reflects(response.headers.get("Content-Type", ""), text):
        found.append(("reflects", text[max(0, text.find("zq'") - 200) :][:400]))
    return found


def _place(exception) -> str:
    """Return the exception's class and the last step of its way through Wagtail or the portal."""
    frames = list(traceback.extract_tb(exception[2]))
    own = [frame for frame in frames if "/wagtail/" in frame.filename or "site-packages" not in frame.filename]
    last = (own or frames)[-1]
    return f"{exception[0].__name__} in {'/'.join(last.filename.split('/')[-3:])}:{last.lineno} {last.name}"


def _stays(location: str) -> bool:
    try:
        parts = urlsplit(location)
    except ValueError:
        return False
    leads_out = location.startswith(("//", "/\\", "\\")) or any(ord(character) < 32 for character in location)
    return not leads_out and parts.scheme in ("", "http", "https") and parts.netloc in OWN_HOSTS


def _reflects(content_type: str, text: str) -> bool:
    if content_type.startswith("application/json") and text:
        try:
            answer = json.loads(text)
        except ValueError:
            return True
        markup = answer.get("html") if isinstance(answer, dict) else ""
        return isinstance(markup, str) and _reflects("text/html", markup)
    if not content_type.startswith(("text/html", "application/xml", "application/rss", "application/atom", "image/svg")):
        return False
    return MARKER[:3] in text or MARKER[1:-1] in _SCRIPT.sub("", text)
