"""Which page is the translation of which: said by hand for pages that were written apart, and taken back."""

import uuid

from django import forms
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from core.languages import other_language
from core.pairing import language_of
from core.visibility import visible
from editorial.observing import forget_page, observe_page
from editorial.page_forms import PageFormView
from editorial.releasing import let_go
from editorial.rights import readable_pages, reads_newest

LINKED, UNLINKED = "editorial.linked", "editorial.unlinked"  # the actions in Wagtail's log


def counterpart_of(page) -> Page | None:
    return page.get_translations().filter(locale__language_code=other_language(language_of(page)).code).first()


def candidates(page, user):
    """Return the pages of the other tree that may be the translation of `page`: of its type, without a counterpart, and such
    that `user` may read them."""
    there = Page.objects.filter(content_type=page.content_type_id, pk__in=readable_pages(user).values("pk"))
    taken = Page.objects.filter(locale=page.locale_id).values("translation_key")
    code = other_language(language_of(page)).code
    return there.filter(locale__language_code=code).exclude(translation_key__in=taken).order_by("title", "pk")


def translating_address(page, user) -> str:
    """Return the address where the translation of `page` is begun, "" for who may not."""
    may = user.has_perm("simple_translation.submit_translation")
    return reverse("simple_translation:submit_page_translation", args=(page.pk,)) if may else ""


@transaction.atomic
def link(page, other: Page, user) -> None:
    """Make `page` the translation of `other`; neither has a counterpart yet."""
    _take_key(page, other.translation_key)
    let_go(other.translation_key, user)
    log(page, LINKED, user=user, data={"counterpart": {"id": other.pk, "title": other.title}})


@transaction.atomic
def unlink(page, user) -> None:
    """Let `page` stand alone; the page that was its counterpart then lacks a translation."""
    other = counterpart_of(page)
    _take_key(page, uuid.uuid4())
    let_go(page.translation_key, user)
    let_go(other.translation_key, user)
    log(page, UNLINKED, user=user, data={"counterpart": {"id": other.pk, "title": other.title}})


def _take_key(page, key) -> None:
    forget_page(page)
    page.translation_key = key
    page.save(clean=False, update_fields=["translation_key"])
    observe_page(page)


class LinkForm(forms.Form):
    other = forms.ModelChoiceField(queryset=Page.objects.none(), label=gettext_lazy("Page in the other language"))

    def __init__(self, *args, pages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = pages


class LinkView(PageFormView):
    """Names an existing page as the translation of a page that has none, or takes that back; for who may edit the page."""

    page_title = gettext_lazy("Link translations")
    header_icon = "link"
    template_name = "editorial/link.html"
    form_class = LinkForm

    def admits(self, page):
        return page.permissions_for_user(self.request.user).can_edit()

    @cached_property
    def counterpart(self) -> Page | None:
        return counterpart_of(self.page)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"pages": candidates(self.page, self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "counterpart": self.counterpart,
            "counterpart_title": self._title_of_counterpart(),
            "translating": translating_address(self.page, self.request.user),
        }

    def _title_of_counterpart(self) -> str:
        page, user = self.counterpart, self.request.user
        if page is None or visible(Page.objects.filter(pk=page.pk)).exists() or reads_newest(user, page):
            return page.title if page else ""
        return _("a draft that you may not read yet")

    def post(self, request, *args, **kwargs):
        if self.counterpart is None:
            return super().post(request, *args, **kwargs)
        if request.POST.get("unlink") != str(self.counterpart.pk):
            messages.error(request, _("This page has got a counterpart meanwhile. Look again before you go on."))
            return redirect(request.path)
        unlink(self.page, request.user)
        messages.success(request, _("The two pages are no translations of each other any more."))
        return redirect(reverse("wagtailadmin_pages:edit", args=(self.page.pk,)))

    def form_valid(self, form):
        other = form.cleaned_data["other"]
        link(self.page, other, self.request.user)
        message = _("“%(page)s” and “%(other)s” are now translations of each other.")
        messages.success(self.request, message % {"page": self.page.title, "other": other.title})
        return redirect("language_pair_of_page", self.page.pk)
