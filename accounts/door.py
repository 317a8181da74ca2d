"""Where the admin stands: its path, its host, the networks that it answers to."""

from ipaddress import ip_address

from django.conf import settings

from core.client_address import client_address


def below_admin(path: str) -> bool:
    """Whether `path` is the admin's, with or without the slash at its end."""
    return f"{path}/".startswith(f"/{settings.ADMIN_PATH}")


def admin_answers(request) -> bool:
    """Whether the admin is there for this host and this client."""
    if settings.ADMIN_HOST and not _is_at_own_host(request):
        return False
    address = ip_address(client_address(request))
    return not settings.ADMIN_NETWORKS or any(address in network for network in settings.ADMIN_NETWORKS)


def is_public(request) -> bool:
    """Whether an address outside the admin answers here: on the admin's own host only files do, and the checks of health."""
    answered = (settings.STATIC_URL, settings.MEDIA_URL, "/documents/", "/healthz", "/readyz")
    return not settings.ADMIN_HOST or not _is_at_own_host(request) or request.path_info.startswith(answered)


def _is_at_own_host(request) -> bool:
    return request.get_host().lower() == settings.ADMIN_HOST
