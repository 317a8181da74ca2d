from .checking import CheckSettings, ListedWord
from .held_release import HeldRelease
from .pair import Pair, PairQuerySet
from .promise import Promise

__all__ = ["CheckSettings", "HeldRelease", "ListedWord", "Pair", "PairQuerySet", "Promise"]
