"""Where a chief editor lets one language of a page go first, and says by when the other one follows."""

from django import forms
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from editorial.page_forms import PageFormView
from editorial.promises import may_promise, promise_of, state, withdraw
from editorial.releasing import waiting_of

LONGEST_DAYS = 366


class PromiseForm(forms.Form):
    due = forms.DateField(label=gettext_lazy("Follows by"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def clean_due(self):
        due, today = self.cleaned_data["due"], timezone.localdate()
        if due < today:
            raise forms.ValidationError(_("This day has passed. Choose today or a later one."))
        if (due - today).days > LONGEST_DAYS:
            raise forms.ValidationError(_("Choose a day within a year from today."))
        return due


class PromiseView(PageFormView):
    """States, changes or withdraws by when the translation of a page follows; for chief editors."""

    page_title = gettext_lazy("Translation follows")
    header_icon = "date"
    template_name = "editorial/promise.html"
    form_class = PromiseForm

    def admits(self, page):
        return page.is_published_in_pairs and may_promise(self.request.user, page)

    @cached_property
    def promise(self):
        return promise_of(self.page)

    def get_initial(self):
        return {"due": self.promise.due} if self.promise else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"promise": self.promise, "waiting": waiting_of(self.page)}

    def post(self, request, *args, **kwargs):
        page = self.page
        if "withdraw" not in request.POST:
            return super().post(request, *args, **kwargs)
        if self.promise:
            withdraw(self.promise, request.user)
            messages.success(request, _("It is not promised any more that the translation of “%s” follows.") % page.title)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def form_valid(self, form):
        waited = waiting_of(self.page) is not None
        state(self.page, form.cleaned_data["due"], self.request.user)
        told = _("“%s” was approved and has gone out.") if waited else _("“%s” need not wait for its translation.")
        messages.success(self.request, told % self.page.title)
        return redirect("wagtailadmin_pages:edit", self.page.pk)
