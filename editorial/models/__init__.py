from .checking import CheckSettings, ListedWord
from .pair import Pair, PairQuerySet

__all__ = ["CheckSettings", "ListedWord", "Pair", "PairQuerySet"]
