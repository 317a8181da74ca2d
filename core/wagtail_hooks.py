from wagtail import hooks

from core.rich_text import PortalPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features):
    features.register_link_type(PortalPageLinkHandler)
