from django import template

from portal.unknown_links import unknown_links

register = template.Library()


@register.inclusion_tag("components/links_to_check.html")
def links_to_check(page):
    """Name the links of a previewed page that lead to unknown hosts."""
    return {"links": unknown_links(page) if hasattr(page, "url_path") else []}
