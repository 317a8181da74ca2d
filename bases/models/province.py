from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.forms import UnversionedForm


class Province(index.Indexed, models.Model):
    """One of the 34 province-level units of China.

    `code` and `letters` follow GB/T 2260. Tiles are cells of the atlas, counted from 1 at the north-west. Longitude
    and latitude are those of the seat of government, in degrees (WGS 84), to two decimals.
    """

    code = models.CharField(
        _("GB/T 2260 code"),
        max_length=6,
        primary_key=True,
        validators=[RegexValidator(r"^[1-8]\d0000$", _("A province-level code has six digits and ends in 0000."))],
    )
    letters = models.CharField(
        _("GB/T 2260 letters"), max_length=2, unique=True, validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters."))]
    )
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=30)
    tile_column = models.PositiveSmallIntegerField(_("tile column"))
    tile_row = models.PositiveSmallIntegerField(_("tile row"))
    longitude = models.DecimalField(_("longitude"), max_digits=5, decimal_places=2)
    latitude = models.DecimalField(_("latitude"), max_digits=4, decimal_places=2)

    search_fields = [index.AutocompleteField(name) for name in ("name_zh_hans", "name_en", "code")]

    base_form_class = UnversionedForm
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("letters")], heading=_("Codes")),
        MultiFieldPanel([FieldPanel("name_zh_hans"), FieldPanel("short_name_zh_hans")], heading="中文"),
        MultiFieldPanel([FieldPanel("name_en"), FieldPanel("short_name_en")], heading="English"),
        FieldRowPanel([FieldPanel("tile_column"), FieldPanel("tile_row")], heading=_("Place in the atlas")),
        FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude")], heading=_("Seat of government")),
    ]

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["tile_column", "tile_row"], name="one_province_per_tile")]

    def __str__(self):
        return self.name or self.code

    def findable_dependents(self):
        """Return what search must read again when this province has changed."""
        return self.bases.live()
