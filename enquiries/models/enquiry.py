import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bases.models import Base
from core.languages import BY_CODE, LANGUAGES, Language
from core.sealing import SealedTextField, marks

PURPOSE = "enquiries"  # of the key that seals
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
PERSONAL_FIELDS = ("name", "email", "country", "organisation", "expertise", "message")


def new_reference() -> str:
    """Return a number to refer to an enquiry by, such as 7K3M-9QPT, which nobody guesses."""
    letters = "".join(secrets.choice(LETTERS) for _letter in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def email_marks(email: str) -> list[str]:
    """Return what an e-mail address, in any capitals, is found by under each key, the present one first."""
    return marks("enquiries.email", email.strip().casefold())


class EnquiryQuerySet(models.QuerySet):
    def from_address(self, email: str):
        return self.filter(email_mark__in=email_marks(email))

    def kept_since_before(self, moment):
        """Return the enquiries whose time of keeping began before `moment`."""
        return self.filter(kept_from__lt=moment)


class Enquiry(models.Model):
    """What somebody wrote to the programme office or to a base. What tells of the person is sealed.

    `form_key` tells a form that is sent twice from two enquiries. The time of keeping is counted from `kept_from`: when it
    was received or, later, when it was last answered or put away.
    """

    class Kind(models.TextChoices):
        TAKING_PART = "taking-part", _("Taking part in the programme")
        BASES = "bases", _("Settling at a base or working with one")
        EXPERTS = "experts", _("Distinguished experts")
        ACTIVITIES = "activities", _("Activities and the competition")
        PROPOSAL = "proposal", _("A proposal or a request")
        PORTAL = "portal", _("Corrections to this portal, or barriers in using it")
        PERSONAL_DATA = "personal-data", _("My personal information")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_HAND = "in-hand", _("in hand")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")
        SPAM = "spam", _("spam")

    class Mail(models.TextChoices):
        WAITING = "waiting", _("not sent yet")
        SENT = "sent", _("sent")
        NO_ADDRESS = "no-address", _("not sent: no address of the office is set")
        FAILED = "failed", _("not sent: the mail server refused it or did not answer")

    DONE = (State.ANSWERED, State.CLOSED, State.SPAM)

    reference = models.CharField(_("reference number"), max_length=9, unique=True, default=new_reference, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    language = models.CharField(
        _("language"), max_length=10, choices=[(language.code, language.name) for language in LANGUAGES], editable=False
    )
    kind = models.CharField(_("subject"), max_length=20, choices=Kind, editable=False)
    base = models.ForeignKey(
        Base, verbose_name=_("base"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    name = SealedTextField(_("name of the sender"), purpose=PURPOSE, editable=False)
    email = SealedTextField(_("e-mail"), purpose=PURPOSE, editable=False)
    country = SealedTextField(_("country or region"), purpose=PURPOSE, blank=True, editable=False)
    organisation = SealedTextField(_("organisation"), purpose=PURPOSE, blank=True, editable=False)
    expertise = SealedTextField(_("field of expertise"), purpose=PURPOSE, blank=True, editable=False)
    message = SealedTextField(_("message"), purpose=PURPOSE, editable=False)
    email_mark = models.CharField(max_length=64, db_index=True, editable=False)
    form_key = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW, db_index=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="taken_enquiries",
    )
    mail = models.CharField(_("mail to the office"), max_length=12, choices=Mail, default=Mail.WAITING, editable=False)
    kept_from = models.DateTimeField(default=timezone.now, db_index=True, editable=False)

    objects = EnquiryQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # a base may be deleted, whoever wrote to it

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view", "change")
        permissions = [("export_enquiry", _("Can download enquiries with what tells of their senders"))]

    def __str__(self):
        return self.reference

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.email_mark = email_marks(self.email)[0]
        super().save(*args, **kwargs)

    @property
    def sender_language(self) -> Language:
        return BY_CODE[self.language]

    def keep_anew(self) -> None:
        """Let the time of keeping begin now."""
        self.kept_from = timezone.now()
