"""The forms in which staff deal with an enquiry."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from enquiries.models import Answer, Enquiry, Note

LONGEST = 10_000  # characters of a note or an answer


class HandlingForm(WagtailAdminModelForm):
    """State, who has taken it, and a note to be added."""

    note = forms.CharField(
        label=_("Add a note"),
        help_text=_("For colleagues. The sender does not see it, but may ask for a copy of what is kept."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Enquiry
        fields = ["state", "taken_by"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.state != Enquiry.State.NEW:  # what somebody has had in hand is new no more
            self.fields["state"].choices = [choice for choice in Enquiry.State.choices if choice[0] != Enquiry.State.NEW]
        may_answer = get_user_model().objects.with_perm("enquiries.change_enquiry")
        self.fields["taken_by"].queryset = may_answer.filter(is_active=True).order_by("username")
        self.fields["taken_by"].label_from_instance = lambda user: user.get_short_name()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("taken_by") and cleaned.get("state") == Enquiry.State.NEW:
            cleaned["state"] = Enquiry.State.IN_HAND
        if cleaned.get("state") == Enquiry.State.IN_HAND and not cleaned.get("taken_by"):
            cleaned["taken_by"] = self.for_user
        return cleaned

    def save(self, commit=True):
        if "state" in self.changed_data and self.instance.state in Enquiry.DONE:
            self.instance.keep_anew()
        enquiry = super().save(commit)
        if note := self.cleaned_data["note"]:
            Note.objects.create(enquiry=enquiry, author=self.for_user, text=note)
        return enquiry


class AnswerForm(WagtailAdminModelForm):
    """The answer to an enquiry; saving it keeps it unsent."""

    text = forms.CharField(
        label=_("Answer"),
        help_text=_("Write in the sender's language. It is mailed as plain text, and what the sender wrote stands below it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    class Meta:
        model = Enquiry
        fields: list[str] = []

    def save(self, commit=True):
        self.answer = Answer.objects.create(enquiry=self.instance, author=self.for_user, text=self.cleaned_data["text"])
        return self.instance
