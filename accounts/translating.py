"""Who may start the translation of a page: whoever may add pages where the translation will stand."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Locale, Page


class SubmitTranslationView(SubmitPageTranslationView):
    """Wagtail's view asks for the right to change the original, and then writes into the other tree unasked. This one asks
    for a public original (or the right to change it) and for the right to add pages at the translation's place."""

    def get_object(self):
        page = get_object_or_404(Page, id=self.kwargs["page_id"]).specific
        if page.is_root():
            raise Http404
        user = self.request.user
        if not (page.live or page.permissions_for_user(user).can_edit()):
            raise PermissionDenied
        parents = page.get_parent().get_translations()
        self.places = [parent for parent in parents if parent.permissions_for_user(user).can_add_subpage()]
        if not self.places:
            raise PermissionDenied
        return page

    def get_form(self):
        form = super().get_form()
        permitted = Locale.objects.filter(pk__in=[place.locale_id for place in self.places])
        form.fields["locales"].queryset = form.fields["locales"].queryset.filter(pk__in=permitted)
        if not self.object.permissions_for_user(self.request.user).can_edit():
            form.fields["include_subtree"].disabled = True  # drafts may stand below
        return form
