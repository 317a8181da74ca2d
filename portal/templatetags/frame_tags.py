from django import template

from core.fragments import drawn, fragment
from core.navigation import site_menu
from core.roots import site_roots
from core.structure import site_structure
from portal.models import SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def frame_part(context, part: str, **values):
    """Return the template `part` of the frame that many pages share, which is given the `menu`, the settings of the `site` and
    `values` alone; a preview and a page outside the trees draw their own."""
    menu, site = context.get("menu"), site_roots().site
    if not menu or site is None or getattr(context.get("request"), "is_preview", False):
        own = {"menu": menu, "site": context["settings"]["portal"]["SiteSettings"]} if "settings" in context else {}
        return drawn(part, own | values)

    def shared() -> dict:
        return {"menu": site_menu(menu.home, site_structure()), "site": SiteSettings.for_site(site_roots().site)} | values

    return fragment(part, (menu.home.pk, menu.home_path, *values.values()), shared)
