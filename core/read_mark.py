"""The mark on an answer that is a public page.

It is a header, so that a cache before Django keeps it with the answer and gives it back with a 304. The layer that counts
what is read takes it off; no reader gets it.
"""

from core.dependencies import may_be_kept

READ_MARK = "X-Portal-Page"
#: The header as it stands among those of an answer.
MARKED = (READ_MARK, "1")


def public(response, request):
    """Return `response`, which may be kept, and is marked if it is a page, when `request` asked for it at its own address; in a
    preview neither holds."""
    if not getattr(request, "is_preview", False) and not getattr(request, "is_dummy", False):
        may_be_kept()
        if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers[READ_MARK] = MARKED[1]
    return response
