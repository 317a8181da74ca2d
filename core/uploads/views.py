"""Adding several files at once."""

from django.http import HttpResponseBadRequest
from django.utils.translation import gettext as _
from wagtail.documents.views.multiple import AddView as WagtailDocumentsView
from wagtail.images.views.multiple import AddView as WagtailPicturesView


class FilesView:
    """Wagtail's view of adding several, which answers a request without a file with 400."""

    def post(self, request):
        if "files[]" not in request.FILES:
            return HttpResponseBadRequest(
                _("No file was sent. Choose a file and try again."), content_type="text/plain; charset=utf-8"
            )
        return super().post(request)


class PicturesView(FilesView, WagtailPicturesView):
    pass


class DocumentsView(FilesView, WagtailDocumentsView):
    pass
