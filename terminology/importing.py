"""Taking a table of names over, in the admin."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from terminology.models import Name
from terminology.tables import COLUMNS, TableError, take_over

SHOWN_PROBLEMS = 50


def may_import(user) -> bool:
    policy = policy_registry.get_by_type(Name)
    return policy.user_has_permission(user, "add") and policy.user_has_permission(user, "change") and not user.is_reading


class TableForm(forms.Form):
    table = forms.FileField(label=gettext_lazy("Table (CSV, UTF-8)"))


class ImportView(WagtailAdminTemplateMixin, FormView):
    """Takes over a table of official names, all of it or nothing; what is wrong is listed by line."""

    page_title = gettext_lazy("Import official names")
    header_icon = "upload"
    template_name = "terminology/import.html"
    form_class = TableForm

    def dispatch(self, request, *args, **kwargs):
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        register = {"url": self.get_success_url(), "label": Name._meta.verbose_name_plural}
        return [*super().get_breadcrumbs_items(), register, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"columns": COLUMNS, "export": f"{self.get_success_url()}?export=csv"}

    def get_success_url(self):
        return reverse(Name.snippet_viewset.get_url_name("list"))

    def form_valid(self, form):
        try:
            new, changed = take_over(form.cleaned_data["table"].read(), self.request.user)
        except TableError as error:
            shown, rest = error.problems[:SHOWN_PROBLEMS], error.problems[SHOWN_PROBLEMS:]
            if rest:
                shown.append(_("And %(number)s more.") % {"number": len(rest)})
            return self._refused(form, shown)
        except IntegrityError:
            return self._refused(form, [_("Somebody entered one of these names meanwhile. Send the table again.")])
        counts = {"new": new, "changed": changed}
        messages.success(self.request, _("Names entered: %(new)s. Names changed: %(changed)s.") % counts)
        return redirect(self.get_success_url())

    def _refused(self, form, problems: list[str]):
        return self.render_to_response(self.get_context_data(form=form, problems=problems))
