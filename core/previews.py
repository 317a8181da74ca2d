"""How pages and records are previewed: at the width of a phone, of a tablet and of a desk."""

from django.utils.translation import gettext_lazy as _

PREVIEW_SIZES = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 390, "label": _("On a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 820, "label": _("On a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("On a desk")},
]
