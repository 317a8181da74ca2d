from .entry import Entry
from .page import SearchPage
from .records import IndexingFailure, Term, UnfoundQuery

__all__ = ["Entry", "IndexingFailure", "SearchPage", "Term", "UnfoundQuery"]
