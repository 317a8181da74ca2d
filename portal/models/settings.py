import re
from copy import copy
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from core.forms import UnversionedForm
from core.links import WebAddressField
from core.memory import remembered
from core.models.record import TranslatedTabs

ICP_REGISTER = "https://beian.miit.gov.cn/"
PUBLIC_SECURITY_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="
_HOST = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+", re.IGNORECASE)


def validate_hosts(text: str) -> None:
    """Raise ValidationError unless each line of `text` is the name of a host."""
    if wrong := [line for line in text.split() if not _HOST.fullmatch(line)]:
        message = _("“%(line)s” is no host name. Write names alone, one a line, such as cast.org.cn.")
        raise ValidationError(message, "host", {"line": wrong[0][:80]})


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What stands on every page: names, organiser, contact, the registrations Chinese law asks for."""

    site_name = models.CharField(_("name of the portal"), max_length=60)
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    organiser = models.CharField(_("organiser"), max_length=120)
    organiser_description = models.TextField(_("about the organiser"), blank=True)
    organiser_url = WebAddressField(_("organiser's website"), blank=True)
    copyright = models.CharField(_("copyright line"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    enquiry_email = models.EmailField(
        _("e-mail for enquiries"),
        blank=True,
        help_text=_("What readers send through the enquiry form goes there. Left empty, it goes to the e-mail above."),
    )
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.CharField(_("postal address"), max_length=200, blank=True)
    icp_number = models.CharField(
        _("ICP number"), max_length=60, blank=True, help_text=_("Such as 京ICP备12345678号; shown in the footer with its link.")
    )
    public_security_number = models.CharField(
        _("public-security number"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"\d{14}", _("The number holds fourteen digits, such as 京公网安备11010102001234号."))],
    )
    known_hosts = models.TextField(
        _("known hosts"),
        blank=True,
        max_length=10_000,
        validators=[validate_hosts],
        help_text=_(
            "One a line, such as cast.org.cn; hosts below it are known with it. Links elsewhere are shown to reviewers."
        ),
    )
    site_code = models.CharField(
        _("site code"),
        max_length=20,
        blank=True,
        help_text=_("The identification code of public websites; it stands in the head of each page."),
    )

    base_form_class = UnversionedForm
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel(f"{name}_{suffix}")
                    for name in ("site_name", "tagline", "organiser", "organiser_description", "copyright", "contact_address")
                ],
                heading=heading,
            )
            for suffix, heading in (("zh_hans", TranslatedTabs.CHINESE), ("en", TranslatedTabs.ENGLISH))
        ]
        + [
            ObjectList(
                [
                    FieldPanel(name)
                    for name in (
                        "organiser_url",
                        "contact_email",
                        "enquiry_email",
                        "contact_phone",
                        "icp_number",
                        "public_security_number",
                        "site_code",
                        "known_hosts",
                    )
                ],
                heading=TranslatedTabs.FACTS,
            )
        ]
    )

    class Meta:
        verbose_name = _("portal settings")

    @classmethod
    def for_site(cls, site):
        """Return the settings of `site`, remembered by the process, as a copy that a request may be hung on."""
        return copy(remembered(("settings", site.pk), lambda: super(SiteSettings, cls).for_site(site)))

    @property
    def office_email(self) -> str:
        """Where enquiries go, "" where no address is set."""
        return self.enquiry_email or self.contact_email

    @property
    def icp_url(self) -> str:
        """The public register of ICP numbers, where a reader can look this one up."""
        return ICP_REGISTER

    @property
    def public_security_url(self) -> str:
        """The public-security register's answer for this number."""
        digits = "".join(character for character in self.public_security_number if character.isdigit())
        return PUBLIC_SECURITY_REGISTER + quote(digits)


def office_email() -> str:
    """Return the programme office's address for enquiries, "" where none is set."""
    return SiteSettings.for_site(Site.objects.get(is_default_site=True)).office_email
