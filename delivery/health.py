from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse

from core.methods import read_only
from delivery.mirror.trees import Mirror


@read_only
def alive(request) -> HttpResponse:
    """Answer as long as the process runs."""
    return _answer("ok", 200)


@read_only
def ready(request) -> HttpResponse:
    """Answer 200 when the database answers too, else 503; say so when the static mirror is not shown."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _answer("database unavailable", 503)
    mirror = Mirror(settings.MIRROR_DIR)
    withdrawn = mirror.generation is not None and not mirror.is_public
    return _answer("ok, the mirror is withdrawn" if withdrawn else "ok", 200)


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
