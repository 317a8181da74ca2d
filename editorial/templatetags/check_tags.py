from django import template

from core.models import PortalPage, Record
from editorial.checks.manuscripts import Manuscript
from editorial.checks.running import findings
from editorial.checks.views import address_of_checks

register = template.Library()


@register.inclusion_tag("editorial/checks_in_editor.html")
def checks_in_editor(item):
    """List what the checks find in the text of an editor, with links to the places in it."""
    if not isinstance(item, (PortalPage, Record)) or not Manuscript.of(item).is_begun:
        return {"is_shown": False}
    return {"is_shown": True, "address": address_of_checks(item) if item.pk else "", "findings": findings(item)}


@register.inclusion_tag("editorial/checks_in_preview.html", takes_context=True)
def checks_in_preview(context):
    """List what the checks find in the page or record that is previewed."""
    item = context.get("record") or context.get("page")
    return {"findings": findings(item) if isinstance(item, (PortalPage, Record)) else []}
