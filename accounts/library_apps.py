"""Wagtail's pictures and documents with the portal's permission policy, which is put in place when Wagtail's is."""

from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig


class PicturesConfig(WagtailImagesAppConfig):
    def ready(self):
        super().ready()
        from accounts.policies import register_library_policy

        register_library_policy("wagtailimages.Image", "core.PortalImage")


class DocumentsConfig(WagtailDocsAppConfig):
    def ready(self):
        super().ready()
        from accounts.policies import register_library_policy

        register_library_policy("wagtaildocs.Document", "wagtaildocs.Document")
