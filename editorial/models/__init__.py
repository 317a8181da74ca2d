from .pair import Pair, PairQuerySet

__all__ = ["Pair", "PairQuerySet"]
