"""Links to hosts that the portal does not know: what an intruder leaves behind, and what a reviewer should look at."""

from wagtail.models import Site

from core.addresses import public_host
from core.links import host_of, is_known, outward_links
from portal.models import SiteSettings


def known_hosts() -> set[str]:
    """Return the hosts that links may lead to without a look: those of the settings, the organiser's, the portal's own."""
    site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    own = {public_host().rpartition(":")[0] or public_host(), host_of(site_settings.organiser_url)}
    return {*site_settings.known_hosts.lower().split(), *own} - {""}


def unknown_links(page, known=None) -> list[str]:
    """Return the web addresses that `page` links to on hosts other than `known` (by default `known_hosts()`), each once."""
    links = list(dict.fromkeys(outward_links(page)))
    if not links:
        return []
    hosts = known_hosts() if known is None else known
    return [address for address in links if not is_known(host_of(address), hosts)]
