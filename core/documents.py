"""Documents as readers get them: always saved, never shown by the browser, under the document's own title."""

from urllib.parse import quote

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as wagtail_serve

MAX_NAME = 80


def serve(request, document_id: int, document_filename: str):
    """Answer with the document as an attachment; 404 for one that is not there, and no copy of a restricted one is kept."""
    document = get_object_or_404(get_document_model().objects.select_related("collection"), pk=document_id)
    try:
        response = wagtail_serve(request, document_id, document_filename)
    except FileNotFoundError as error:  # the row is there, the file is not
        raise Http404("The file of this document is missing.") from error
    restricted = document.collection.get_view_restrictions().exists()
    response.headers["Cache-Control"] = "private, no-store" if restricted else "no-cache"
    if isinstance(response, FileResponse):
        response.headers["Content-Disposition"] = attachment_header(document)
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def attachment_header(document) -> str:
    """Return a Content-Disposition (RFC 6266) with the file's own name and, for browsers that read it, the title."""
    title = "".join(character for character in document.title[:MAX_NAME] if character not in '\\/:*?"<>|').strip(". ")
    full_name = f"{title or 'document'}.{document.file_extension.lower()}"
    return f"attachment; filename=\"{document.filename}\"; filename*=UTF-8''{quote(full_name, safe='')}"
