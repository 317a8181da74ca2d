from .base import Base
from .category import BaseCategory
from .evaluation import Evaluation
from .index import BaseIndexPage
from .province import Province

__all__ = ["Base", "BaseCategory", "BaseIndexPage", "Evaluation", "Province"]
