from .base import Base, Evaluation
from .category import BaseCategory
from .index import BaseIndexPage
from .province import Province

__all__ = ["Base", "BaseCategory", "BaseIndexPage", "Evaluation", "Province"]
