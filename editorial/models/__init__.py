from .checking import CheckGrade, ListedWord
from .pair import Pair, PairQuerySet

__all__ = ["CheckGrade", "ListedWord", "Pair", "PairQuerySet"]
