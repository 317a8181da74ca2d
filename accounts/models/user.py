from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile


class User(AbstractUser):
    """A member of staff: the name in Chinese beside Django's given and family name in Latin script, and the unit."""

    name_zh = models.CharField(_("name in Chinese"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    # Empty when an administrator has set the password: its owner then chooses another one at the next sign-in.
    password_changed_on = models.DateTimeField(_("password changed on"), null=True, editable=False, default=timezone.now)

    #: True while a request of an auditor that changes nothing is answered; see accounts.reading.
    is_reading = False

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [models.UniqueConstraint(Lower("username"), name="username_in_any_capitals")]
        permissions = [
            ("only_read", _("Reads everything and changes nothing")),
            ("view_rights", _("Can read the table of rights")),
        ]

    @property
    def only_reads(self) -> bool:
        """Whether this person is an auditor: whatever else was given to the account, it changes nothing."""
        return not self.is_superuser and self.has_perm("accounts.only_read")

    def has_perm(self, perm, obj=None) -> bool:
        """Return whether the person holds `perm`; while an auditor reads, the right to view opens what asks for changing."""
        if super().has_perm(perm, obj):
            return True
        app_label, _dot, codename = perm.partition(".")
        reads = self.is_reading and codename.startswith("change_")
        return reads and super().has_perm(f"{app_label}.view_{codename.removeprefix('change_')}", obj)

    def get_full_name(self) -> str:
        """Return the name in the script of the active language, in the other one where that is missing."""
        latin = super().get_full_name()
        names = (latin, self.name_zh) if (get_language() or "").startswith("en") else (self.name_zh, latin)
        return next(filter(None, names), "")

    def get_short_name(self) -> str:
        return self.get_full_name() or self.username

    def set_password(self, raw_password) -> None:
        super().set_password(raw_password)
        self.password_changed_on = timezone.now()

    @property
    def preferred_language(self) -> str:
        """The language code of the admin for this person; Wagtail's user profile keeps it."""
        profile = getattr(self, "wagtail_userprofile", None)
        return (profile and profile.preferred_language) or settings.LANGUAGE_CODE

    def set_preferred_language(self, code: str) -> None:
        """Keep `code` ("zh-hans" or "en") as the admin's language; the user is saved already."""
        profile = UserProfile.get_for_user(self)
        profile.preferred_language = code
        profile.save(update_fields=["preferred_language"])
