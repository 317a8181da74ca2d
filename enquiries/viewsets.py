"""Enquiries in the admin: the list, each one with what was written about it, and the answer. None is made or deleted there."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from enquiries.admin_forms import AnswerForm, HandlingForm
from enquiries.mail import send_answer
from enquiries.models import Enquiry
from enquiries.models.enquiry import PERSONAL_FIELDS

ANSWERED = "enquiries.answer"  # the action in Wagtail's log


class EnquiryFilterSet(WagtailFilterSet):
    received_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = Enquiry
        fields = ["state", "kind", "base", "language", "taken_by", "mail", "received_at"]


class EnquiryListView(generic.IndexView):
    """The list shows nothing about the senders; its download, for which a right of its own is needed, shows all."""

    list_export = [
        *("reference", "received_at", "get_kind_display", "base", "get_language_display"),
        *PERSONAL_FIELDS,
        *("get_state_display", "taken_by"),
    ]
    export_headings = {
        "get_kind_display": gettext_lazy("Subject"),
        "get_language_display": gettext_lazy("Language"),
        "get_state_display": gettext_lazy("State"),
    }

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.show_export_buttons = request.user.has_perm("enquiries.export_enquiry")

    def dispatch(self, request, *args, **kwargs):
        if self.is_export and not self.show_export_buttons:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("base", "taken_by")


class EnquiryView(generic.EditView):
    """An enquiry with its answers and notes, and what becomes of it."""

    template_name = "enquiries/admin/enquiry.html"
    page_title = gettext_lazy("Enquiry")
    answer_url_name = ""
    success_message = gettext_lazy("The enquiry %(object)s was saved.")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        written = [(kind, row) for kind in ("answers", "notes") for row in getattr(self.object, kind).select_related("author")]
        return context | {"written": sorted(written, key=lambda entry: entry[1].written_at)}

    @property
    def header_buttons(self):
        return [HeaderButton(_("Answer"), url=reverse(self.answer_url_name, args=(self.object.pk,)), icon_name="mail")]


class AnswerView(EnquiryView):
    """Writing an answer, which is kept first and then mailed."""

    page_title = gettext_lazy("Answer")
    submit_button_label = gettext_lazy("Send the answer")
    submit_button_active_label = gettext_lazy("Sending…")
    header_buttons = ()

    def get_edit_url(self):
        return reverse(self.answer_url_name, args=(self.object.pk,))

    def save_instance(self):
        self.form.save()
        return self.object

    def save_action(self):
        if send_answer(self.form.answer):
            self.object.state = Enquiry.State.ANSWERED
            self.object.taken_by = self.object.taken_by or self.request.user
            self.object.keep_anew()
            self.object.save(update_fields=["state", "taken_by", "kept_from"])
            log(self.object, ANSWERED, user=self.request.user)
            messages.success(self.request, _("The answer to %s was sent.") % self.object)
        else:
            messages.error(
                self.request,
                _("The mail server did not take the answer. It is kept below, unsent: copy it and try again later."),
            )
        return redirect(self.edit_url_name, self.object.pk)


class EnquiryViewSet(ModelViewSet):
    model = Enquiry
    name = "enquiries"
    icon = "mail"
    menu_label = gettext_lazy("Enquiries")
    menu_order = 240
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = EnquiryListView
    edit_view_class = EnquiryView
    answer_view_class = AnswerView
    filterset_class = EnquiryFilterSet
    search_fields = ["reference"]
    search_backend_name = None
    ordering = ["-received_at", "-pk"]
    list_per_page = 50
    list_display = [
        "reference",
        DateColumn("received_at", label=gettext_lazy("Received"), sort_key="received_at"),
        Column("kind", label=gettext_lazy("Subject"), accessor="get_kind_display"),
        Column("base", label=gettext_lazy("Base")),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display", sort_key="language"),
        StatusTagColumn("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state", primary=True),
        Column("taken_by", label=gettext_lazy("Taken by")),
        Column("mail", label=gettext_lazy("Mail to the office"), accessor="get_mail_display"),
    ]

    def get_form_class(self, for_update=False):
        return HandlingForm

    def get_common_view_kwargs(self, **kwargs):
        absent = dict.fromkeys(("add_url_name", "delete_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**absent, **kwargs)

    def get_edit_view_kwargs(self, **kwargs):
        answer = {"answer_url_name": self.get_url_name("answer"), "template_name": EnquiryView.template_name}
        return super().get_edit_view_kwargs(**answer, **kwargs)

    @property
    def answer_view(self):
        return self.construct_view(self.answer_view_class, **self.get_edit_view_kwargs() | {"form_class": AnswerForm})

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("answer/<int:pk>/", self.answer_view, name="answer"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
        ]
