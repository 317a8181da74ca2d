"""The request as Django reads it, without a way to fail before the first middleware."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class TextRequest(WSGIRequest):
    """A request whose Content-Type names a charset that is no text (Python knows "base64") is built all the same; the
    input guard refuses it."""

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, ValueError):
            self._encoding = None
            self.content_type, self.content_params = "", {"charset": ""}


class TextRequestHandler(WSGIHandler):
    request_class = TextRequest
