from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from core.obstacles import obstacles
from core.stale_forms import LOADED_CHANGE, LoadedChangeField, newest_change


class GuardedForm(WagtailAdminModelForm):
    """A form that is refused where its instance has a `stale_form`: why what was sent is older than what was saved."""

    def clean(self):
        cleaned_data = super().clean()
        if reason := getattr(self.instance, "stale_form", ""):
            self.add_error(None, reason)
        return cleaned_data


class UnversionedForm(GuardedForm):
    """The form of what has no versions: it carries along which change it was made of."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        change = newest_change(self.instance) if self.instance.pk else None
        self.fields[LOADED_CHANGE] = LoadedChangeField(initial=change and change.pk, required=False)


class ReviewedForm(GuardedForm):
    """A form that sends its text in for review only when nothing keeps it from being published. A draft is saved as it is."""

    def is_valid(self):
        if not super().is_valid():
            return False
        if not self.is_deferred_validation:
            self.save(commit=False)  # gives the instance its rows of other tables as well; the view saves it again
            if faults := obstacles(self.instance):
                self.add_error(None, [*faults, _("Mend this and send the text in again, or save it as a draft meanwhile.")])
        return not self.errors


class PortalPageForm(ReviewedForm, WagtailAdminPageForm):
    """Wagtail's page form in which the slug may stay empty, the page then making it from its title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class PortalCopyForm(CopyForm):
    """Wagtail's copy form for pages that belong to a language: no copy into the other tree, and never an alias."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)  # an alias would show one language's text at the other's address

    def clean(self):
        cleaned_data = super().clean()
        parent = cleaned_data.get("new_parent_page")
        if parent is not None and parent.locale_id != self.page.locale_id:
            message = _("That place belongs to the other language. Choose one in this page's own tree, or translate the page.")
            self.add_error("new_parent_page", message)
        return cleaned_data
