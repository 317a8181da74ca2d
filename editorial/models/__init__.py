from .checking import CheckSettings, ListedWord
from .held_release import HeldRelease
from .late_finding import LateFinding
from .pair import Pair, PairQuerySet
from .promise import Promise

__all__ = ["CheckSettings", "HeldRelease", "LateFinding", "ListedWord", "Pair", "PairQuerySet", "Promise"]
