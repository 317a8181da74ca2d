from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from core.pairing import language_of
from core.uploads.documents import check_size
from core.uploads.names import extension_of
from news.models import NewsIndexPage
from news.word.drafting import draft_of


def lists_of(user) -> list[NewsIndexPage]:
    """Return the news lists that `user` may add pages to."""
    # Put in order here: SQLite would walk through all pages in theirs.
    lists = sorted(NewsIndexPage.objects.select_related("locale").order_by(), key=lambda entry: entry.path)
    return [entry for entry in lists if entry.permissions_for_user(user).can_add_subpage()]


def collections_of(user):
    """Return the collections that `user` may add pictures to."""
    policy = policy_registry.get_by_type(get_image_model())
    return policy.collections_user_has_permission_for(user, "add") if user else Collection.objects.none()


class LanguageChoice(forms.ModelChoiceField):
    def label_from_instance(self, news_list):
        return f"{language_of(news_list).label} · {news_list.get_admin_display_title()}"


class WordForm(forms.Form):
    """A Word document, and where its draft and its pictures go. When valid, `draft` is what the document becomes."""

    news_list = LanguageChoice(
        queryset=NewsIndexPage.objects.none(), label=_("Language"), empty_label=None, widget=forms.RadioSelect
    )
    file = forms.FileField(label=_("Word document (.docx)"), widget=forms.FileInput(attrs={"accept": ".docx"}))
    collection = forms.ModelChoiceField(
        queryset=Collection.objects.none(), label=_("Collection for the pictures"), empty_label=None
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        lists, collections = lists_of(user), collections_of(user)
        self.fields["news_list"].queryset = NewsIndexPage.objects.filter(pk__in=[entry.pk for entry in lists]).order_by("path")
        self.fields["collection"].queryset = collections
        for name, found in (("news_list", lists), ("collection", list(collections[:2]))):
            if len(found) < 2:
                del self.fields[name]
        self.sole_list = lists[0] if len(lists) == 1 else None
        self.sole_collection = collections.first() if "collection" not in self.fields else None

    @property
    def chosen_list(self) -> NewsIndexPage:
        return self.sole_list or self.cleaned_data["news_list"]

    def clean(self):
        cleaned_data = super().clean()
        file = cleaned_data.get("file")
        if not self.errors:
            collection = cleaned_data.get("collection") or self.sole_collection
            try:
                _check(file)
                self.draft = draft_of(file, self.chosen_list, collection, self.user)
            except ValidationError as error:
                text = _("“%(name)s” was not taken over, and nothing was kept. %(fault)s")
                values = {"name": file.name[:80], "fault": " ".join(error.messages)}
                self.add_error("file", ValidationError(text, error.code, values))
        return cleaned_data


def _check(file) -> None:
    if extension_of(file.name) != "docx":
        message = _(
            "It is no .docx document. In Word or WPS choose “Save as” and “Word document (.docx)”, then send that file."
        )
        raise ValidationError(message, "wrong_type")
    check_size(file)
