from .concerned import ConcernedBase
from .correction import Correction
from .index import NewsIndexPage
from .listing import Listing, ListingCount
from .news import NewsPage
from .topic import Topic

__all__ = ["ConcernedBase", "Correction", "Listing", "ListingCount", "NewsIndexPage", "NewsPage", "Topic"]
