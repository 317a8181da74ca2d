"""Who may start the translation of a page: whoever may add pages where the translation will stand."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Locale, Page

from accounts.reviewing import is_submitted


class SubmitTranslationView(SubmitPageTranslationView):
    """Wagtail's view asks for the right to change the original, and then writes into the other tree unasked. This one asks
    for an original that is public or was sent in for review (or the right to change it), and for the right to add pages at the
    translation's place."""

    def get_object(self):
        page = get_object_or_404(Page, id=self.kwargs["page_id"]).specific
        if page.is_root():
            raise Http404
        user = self.request.user
        if not (page.live or is_submitted(page) or page.permissions_for_user(user).can_edit()):
            raise PermissionDenied
        parents = page.get_parent().get_translations()
        self.lacks_parent = not parents.exists()
        self.places = [parent for parent in parents if parent.permissions_for_user(user).can_add_subpage()]
        if not (self.places or self.lacks_parent):
            raise PermissionDenied
        return page

    def dispatch(self, request, *args, **kwargs):
        """Say where the translation has no place yet: no page above it is made unasked."""
        if request.user.has_perm("simple_translation.submit_translation"):
            page = self.get_object()
            if self.lacks_parent:
                message = _("The page above, “%(title)s”, has no translation yet. Translate that one first.")
                messages.error(request, message % {"title": page.get_parent().get_admin_display_title()})
                return redirect("wagtailadmin_explore", page.get_parent().pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self):
        form = super().get_form()
        permitted = Locale.objects.filter(pk__in=[place.locale_id for place in self.places])
        locales = form.fields["locales"]
        locales.queryset = locales.queryset.filter(pk__in=permitted)
        locales.initial = locales.queryset  # there is one other language
        if not self.object.permissions_for_user(self.request.user).can_edit():
            form.fields["include_subtree"].disabled = True  # drafts may stand below
        return form
