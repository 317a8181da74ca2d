from .change import Change
from .image import PortalImage, PortalRendition
from .page import PortalPage, RoutablePortalPage
from .record import Record, RecordQuerySet

__all__ = [
    "Change",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "Record",
    "RecordQuerySet",
    "RoutablePortalPage",
]
