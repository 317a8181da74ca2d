"""The admin's own API, which its menus read: of pages one may see, without actions, and nothing of what one may not choose."""

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class PagesEndpoint(PagesAdminAPIViewSet):
    actions = {}  # those of Wagtail publish, revert and make aliases past the portal's forms


class PermittedOnly:
    """Lists what the person may choose or change."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        permitted = policy.instances_user_has_any_permission_for(self.request.user, {"choose", "change"})
        return super().get_queryset().filter(pk__in=permitted.values("pk"))


class ImagesEndpoint(PermittedOnly, ImagesAdminAPIViewSet):
    """Pictures without the address of the original, which has none."""

    meta_fields = [name for name in ImagesAdminAPIViewSet.meta_fields if name != "download_url"]


class DocumentsEndpoint(PermittedOnly, DocumentsAdminAPIViewSet):
    pass


def register_endpoints(router) -> None:
    """Put these endpoints in the place of Wagtail's in the admin's `router`."""
    router.register_endpoint("pages", PagesEndpoint)
    router.register_endpoint("images", ImagesEndpoint)
    router.register_endpoint("documents", DocumentsEndpoint)
