"""Where files lie: uploaded originals and documents apart from what a web server hands out; static files by their hashes."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PrivateStorage(FileSystemStorage):
    """Files below PRIVATE_MEDIA_ROOT. They have no address: documents are given out by their view, originals not at all."""

    @cached_property
    def base_location(self):
        return self._value_or_setting(self._location, settings.PRIVATE_MEDIA_ROOT)

    def url(self, name):
        raise NotImplementedError("A private file has no address.")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files by the hash of their content; the address of each is worked out once, as it stays while a process runs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses = {}

    def url(self, name, force=False):
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]
