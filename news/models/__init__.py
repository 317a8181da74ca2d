from .correction import Correction
from .index import NewsIndexPage
from .news import NewsPage
from .topic import Topic

__all__ = ["Correction", "NewsIndexPage", "NewsPage", "Topic"]
