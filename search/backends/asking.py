"""What both databases share: a query string becomes an expression before modelsearch compiles it."""

from functools import reduce

from modelsearch.query import And, MatchAll, Not, Or, Phrase, PlainText

from core.folding import fold
from search.analysis import encode, pairs, runs, stem
from search.expressions import All, Any, Expression, Prefix, all_of, any_of
from search.expressions import Phrase as TokenPhrase
from search.failures import reported

MAX_QUERY_LENGTH = 255


def text_expression(text: str) -> Expression | None:
    """Return what finds `text` as it stands: every Chinese run of it in full, every word by its stem."""
    return all_of(_run_expression(run, is_han) for run, is_han, _start in runs(fold(text[:MAX_QUERY_LENGTH])))


def name_expression(text: str) -> Expression | None:
    """Return what finds a name by a part of it, by the beginning of its words or of its pinyin."""
    parts = []
    for run, is_han, _start in runs(fold(text[:MAX_QUERY_LENGTH])):
        if is_han and len(run) > 1:
            parts += [TokenPhrase((pair,)) for pair in pairs(run)]
        else:
            parts.append(Prefix(encode(run)))
    return all_of(parts)


def _run_expression(run: str, is_han: bool) -> Expression:
    if not is_han:
        return TokenPhrase((stem(run),))
    return TokenPhrase(tuple(pairs(run))) if len(run) > 1 else Prefix(encode(run))


class AnalysedCompiler:
    """Mixin of the query compilers: takes modelsearch's query apart into an expression, and leaves the SQL to `match`."""

    column = "text"

    def check(self):
        """Allow every filter and order: the database applies them, to the columns themselves."""

    @staticmethod
    def words(text: str) -> Expression | None:
        return text_expression(text)

    def expression(self, query) -> Expression | None:
        """Return the expression of one of modelsearch's queries; raise NotImplementedError for a kind not known here."""
        if isinstance(query, (TokenPhrase, Prefix, All, Any)):
            return query
        if isinstance(query, PlainText):
            found = self.words(query.query_string)
            return any_of(found.parts) if query.operator == "or" and isinstance(found, All) else found
        if isinstance(query, Phrase):
            return self.words(query.query_string)
        if isinstance(query, And):
            return all_of(self.expression(part) for part in query.subqueries)
        if isinstance(query, Or):
            return any_of(self.expression(part) for part in query.subqueries)
        raise NotImplementedError(f"{type(query).__name__} queries are not supported by the portal's search backend.")

    def search(self, config, start, stop, score_field=None, backend=None):
        """Return the queryset of what answers the query, best first, from `start` to `stop`."""
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        expression = None if _is_nothing(self.query) else self.expression(self.query)
        if expression is None:
            return self.queryset.none()
        score = score_field or "_score"
        found = self.match(self.queryset, expression, self.column, score)
        if self.order_by_relevance:
            found = found.order_by(f"-{score}", "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]


class AnalysedNames:
    """Mixin of the compilers that find names by their beginnings."""

    column = "names"

    @staticmethod
    def words(text: str) -> Expression | None:
        return name_expression(text)


class AnalysedBackend:
    """Mixin of the backends: failures are kept, and the index knows the streams of an object, not its fields one by one."""

    def add(self, obj):
        with reported(obj, "admin"):
            super().add(obj)

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs | {"fields": None})


def _is_nothing(query) -> bool:
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)


def joined(parts, sign: str) -> str:
    """Return the parts of a compiled query in brackets, with `sign` between them."""
    return "(" + reduce(lambda one, other: f"{one} {sign} {other}", parts) + ")"
