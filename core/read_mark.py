"""The mark on an answer that is a public page.

It is a header, so that a cache before Django keeps it with the answer and gives it back with a 304. The layer that counts
what is read takes it off; no reader gets it.
"""

READ_MARK = "X-Portal-Page"


def marked(response, request):
    """Return `response`, marked if it is a page that `request` asked for at its own address; previews are not."""
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    if is_page and not getattr(request, "is_preview", False) and not getattr(request, "is_dummy", False):
        response.headers[READ_MARK] = "1"
    return response
