from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from core.models import RoutablePortalPage
from core.navigation import Crumb
from core.pairing import alternates_below, language_of
from core.parameters import parameter
from core.structure import structure_of
from enquiries.forms import EnquiryForm
from enquiries.models.enquiry import Enquiry
from enquiries.receiving import TooManyError, check_origin, receive
from enquiries.stamps import new_stamp

SLUG = "enquiry"  # enquiries.urls takes what is sent to it
RECEIVED = "received/"
PRIVACY = "privacy"
UNKEPT = {"Cache-Control": "no-store"}


class EnquiryPage(RoutablePortalPage):
    """The form that readers write to the programme office or to a base with, and the page that thanks them.

    Its answers are kept nowhere: each form has a stamp of its own. No cookie is needed to send it.
    """

    allowed_http_methods = ["GET", "HEAD", "OPTIONS", "POST"]
    takes_enquiries = True
    column_type = _("Enquiries")
    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("enquiry form")

    def clean(self):
        super().clean()
        if self.slug != SLUG:
            raise ValidationError({"slug": _("The enquiry form stands at “enquiry”.")})

    def suggested_slug(self) -> str:
        return SLUG

    def check_request_method(self, request, *args, **kwargs):
        """Let the form alone be sent, not what stands below it."""
        if request.method == "POST" and request.path != self.get_url(request):
            return HttpResponseNotAllowed([method for method in self.allowed_http_methods if method != "POST"])
        return super().check_request_method(request, *args, **kwargs)

    @path("")
    def write(self, request):
        base = parameter(request, "base")
        if request.method == "POST":
            check_origin(request)
            return self._answer(request, EnquiryForm(language_of(self), request.POST))
        form = EnquiryForm(language_of(self), initial={"base": base, "stamp": new_stamp()})
        if base and not form.fields["base"].queryset.filter(slug=base).exists():
            raise Http404(f"There is no base {base[:80]!r}")
        return self._form_response(request, form)

    def _answer(self, request, form):
        if not form.is_valid():
            return self._form_response(request, form)
        try:
            enquiry = receive(request, form)
        except TooManyError as refused:
            form.add_error(None, refused.message)
            response = self._form_response(request, form, status=429)
            response.headers["Retry-After"] = str(refused.seconds)
            return response
        return HttpResponseRedirect(f"{self.path_of(RECEIVED)}{enquiry.reference}/")

    def _form_response(self, request, form, status=200):
        context = self.get_context(request)
        privacy = structure_of(request).child(context["menu"].home, PRIVACY)
        context |= {
            "form": form,
            "form_path": self.get_url(request),
            "kept_days": settings.ENQUIRY_RETENTION_DAYS,
            "privacy_path": privacy.get_url(request) if privacy else "",
        }
        if form.errors:
            context["head_title"] = gettext("Error: %(title)s") % {"title": context["head_title"]}
        return TemplateResponse(request, "pages/enquiry.html", context, status=status, headers=UNKEPT)

    @path(RECEIVED + "<slug:reference>/")
    def received(self, request, reference):
        enquiry = Enquiry.objects.select_related("base").filter(reference=reference).first()
        if enquiry is None:
            raise Http404(f"There is no enquiry {reference[:20]!r}")
        route = f"{RECEIVED}{reference}/"
        context = self.get_context(request)
        context |= {
            "enquiry": enquiry,
            "alternates": alternates_below(self, request, route),
            "breadcrumb": [*context["breadcrumb"], Crumb(gettext("Enquiry received"), self.path_of(route))],
            "head_title": gettext("We have received your enquiry"),
            "noindex": True,
        }
        headers = UNKEPT | {"X-Robots-Tag": "noindex"}
        return TemplateResponse(request, "pages/enquiry_received.html", context, headers=headers)
