import secrets
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

TOKEN_BYTES = 16


class PortalImage(AbstractImage):
    """A picture with what is seen on it (alt text) and whose it is (credit), in both languages."""

    alt_text = models.CharField(
        _("alt text"), max_length=255, blank=True, help_text=_("What the picture shows, for those who cannot see it.")
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Photographer or source."))

    admin_form_fields = (
        "title",
        "file",
        "alt_text_zh_hans",
        "alt_text_en",
        "credit_zh_hans",
        "credit_en",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or ""


class PortalRendition(AbstractRendition):
    """A picture in one size. Its file's name cannot be guessed: who may not read a draft must not find its pictures."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        path = PurePosixPath(super().get_upload_to(filename))
        return str(path.with_name(f"{path.stem[:40]}.{secrets.token_hex(TOKEN_BYTES)}{path.suffix}"))
