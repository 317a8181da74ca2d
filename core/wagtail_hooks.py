from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.staticfiles import versioned_static

from core import rich_text_editor
from core.not_offered import not_offered
from core.rich_text import NoImageEmbed, NoMediaEmbed, PortalDocumentLinkHandler, PortalPageLinkHandler
from core.stale_forms import staleness
from core.uploads.views import DocumentsView, PicturesView


# After Wagtail's own, whose links and embeds these stand in for.
@hooks.register("register_rich_text_features", order=10)
def register_rich_text(features):
    features.register_link_type(PortalPageLinkHandler)
    features.register_link_type(PortalDocumentLinkHandler)
    features.register_embed_type(NoImageEmbed)
    features.register_embed_type(NoMediaEmbed)
    rich_text_editor.register(features)


@hooks.register("get_avatar_url")
def no_portrait(user, size):
    """Portraits of staff are neither taken nor shown; each has the same drawn one."""
    return versioned_static("wagtailadmin/images/default-user-avatar.png")


# Before Wagtail's own addresses: pictures are made in the sizes that templates ask for, and in no other.
@hooks.register("register_admin_urls", order=-1)
def addresses_not_offered():
    return [
        path("images/<int:image_id>/preview/<str:filter_spec>/", not_offered),
        path("images/<int:image_id>/generate_url/", not_offered),
        path("images/<int:image_id>/generate_url/output/", not_offered),
        path("images/multiple/add/", PicturesView.as_view()),
        path("documents/multiple/add/", DocumentsView.as_view()),
    ]


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
@hooks.register("before_edit_setting")
def refuse_a_stale_form(request, item):
    """Let the form refuse to save over what somebody else has saved meanwhile; so does Wagtail where the editor saves."""
    if request.method == "POST" and request.accepts("text/html"):
        item.stale_form = staleness(request, item)


@hooks.register("before_unpublish_page")
def keep_no_public_page_below_an_unpublished_one(request, page):
    """Refuse to take a page down alone while pages below it are public: they would stay readable at their addresses."""
    takes_all = bool(request.POST.get("include_descendants"))
    if request.method == "POST" and not takes_all and page.get_descendants().live().exists():
        messages.error(request, _("Pages below this one are public. Tick the box that takes them down too."))
        return redirect("wagtailadmin_pages:unpublish", page.pk)
    return None


@hooks.register("insert_global_admin_js")
def start_widgets():
    return render_to_string("components/admin_scripts.html")


@hooks.register("insert_global_admin_css")
def house_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
