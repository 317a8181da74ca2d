from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile


class User(AbstractUser):
    """A member of staff: the name in Chinese beside Django's given and family name in Latin script, and the unit."""

    name_zh = models.CharField(_("name in Chinese"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def get_full_name(self) -> str:
        """Return the name in the script of the active language, in the other one where that is missing."""
        latin = super().get_full_name()
        names = (latin, self.name_zh) if (get_language() or "").startswith("en") else (self.name_zh, latin)
        return next(filter(None, names), "")

    def get_short_name(self) -> str:
        return self.get_full_name() or self.username

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
