from .concerned import ConcernedBase
from .correction import Correction
from .index import NewsIndexPage
from .news import NewsPage
from .topic import Topic

__all__ = ["ConcernedBase", "Correction", "NewsIndexPage", "NewsPage", "Topic"]
