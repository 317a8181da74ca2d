from .held_release import HeldRelease
from .pair import Pair, PairQuerySet
from .promise import Promise

__all__ = ["HeldRelease", "Pair", "PairQuerySet", "Promise"]
