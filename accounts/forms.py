from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm


class StaffForm(forms.ModelForm):
    """What both of Wagtail's forms for people take on: Chinese name, unit, language of the admin."""

    preferred_language = forms.ChoiceField(label=_("Language of the admin"), choices=settings.WAGTAILADMIN_PERMITTED_LANGUAGES)

    def save(self, commit=True):
        user = super().save(commit)
        if commit:
            user.set_preferred_language(self.cleaned_data["preferred_language"])
        return user


class StaffCreationForm(StaffForm, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"name_zh", "unit"}


class StaffEditForm(StaffForm, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"name_zh", "unit"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["preferred_language"].initial = self.instance.preferred_language
