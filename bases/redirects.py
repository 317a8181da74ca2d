"""A base that gets another slug is found at its old address too."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from core.visibility import visible


def redirect_old_address(directory_type, old_slug: str, new_slug: str) -> None:
    """Redirect a base's old address to the new one, below the directory of each language."""
    site = Site.objects.filter(is_default_site=True).first()
    for directory in visible(directory_type.objects.select_related("locale")):
        old_path = Redirect.normalise_path(directory.path_of(f"{old_slug}/"))
        new_path = directory.path_of(f"{new_slug}/")
        Redirect.objects.filter(old_path=Redirect.normalise_path(new_path)).delete()  # the address is in use again
        Redirect.objects.update_or_create(
            old_path=old_path,
            site=site,
            defaults={"redirect_link": new_path, "is_permanent": True, "automatically_created": True},
        )
