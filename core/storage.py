"""Where uploaded files lie: originals and documents apart from what a web server hands out."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property


class PrivateStorage(FileSystemStorage):
    """Files below PRIVATE_MEDIA_ROOT. They have no address: documents are given out by their view, originals not at all."""

    @cached_property
    def base_location(self):
        return self._value_or_setting(self._location, settings.PRIVATE_MEDIA_ROOT)

    def url(self, name):
        raise NotImplementedError("A private file has no address.")
