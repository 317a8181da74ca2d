import unicodedata

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.models import User
from accounts.notices import send_notice
from accounts.separation import check_separation


class StaffForm(forms.ModelForm):
    """What both of Wagtail's forms for people take on: Chinese name, unit, language of the admin, roles of one power.

    Superusers are made on the command line alone.
    """

    preferred_language = forms.ChoiceField(label=_("Language of the admin"), choices=settings.WAGTAILADMIN_PERMITTED_LANGUAGES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        for name in ("email", "first_name", "last_name"):
            self.fields[name].required = False  # many have but a name in Chinese, and some no mail of their own

    def clean_username(self):
        """Refuse a name that differs from another's in nothing but its capitals or the width of its letters."""
        name = unicodedata.normalize("NFKC", self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this name. Capitals make no difference."), code="taken")
        return name

    def clean_groups(self):
        groups = self.cleaned_data["groups"]
        check_separation(groups)
        return groups

    def save(self, commit=True):
        is_new = self.instance.pk is None
        user = super().save(commit=False)
        has_new_password = bool(self.cleaned_data.get("password1"))
        if has_new_password:
            user.password_changed_on = None  # the administrator's choice, to be replaced at the next sign-in
        if commit:
            user.save()
            self.save_m2m()
            user.set_preferred_language(self.cleaned_data["preferred_language"])
            if has_new_password and not is_new:
                send_notice(None, user, "account/email/password_changed")
        return user


class StaffCreationForm(StaffForm, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"name_zh", "unit"}


class StaffEditForm(StaffForm, UserEditForm):
    """The form of an existing account; nobody changes the roles of his own."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"name_zh", "unit"}

    def __init__(self, *args, editing_self=False, **kwargs):
        self.editing_self = editing_self
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.fields["preferred_language"].initial = self.instance.preferred_language
        if editing_self:
            self.fields["groups"].disabled = True
            self.fields["groups"].help_text = _("Another administrator changes your roles.")

    @property
    def password_enabled(self):
        """One's own password is changed where the present one is asked for."""
        return not self.editing_self
