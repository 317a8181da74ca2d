from .entry import Entry
from .waiting import WaitingDeed

__all__ = ["Entry", "WaitingDeed"]
