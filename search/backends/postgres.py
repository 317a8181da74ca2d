"""PostgreSQL's full-text index: one stored vector for the text, asked for its tokens; phrases are then looked up in the
stream of tokens itself, which knows no limit of positions."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, FloatField, Func, Lookup, TextField, Value
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.utils import get_content_type_pk
from wagtail.search.models import IndexEntry

from search.backends.asking import AnalysedBackend, AnalysedCompiler, AnalysedNames, joined
from search.backends.relation import RELATION
from search.backends.texts import streams_of
from search.expressions import All, Any, Expression, Phrase, Prefix, simplified

VECTORS = {"text": "body", "title": "title", "names": "autocomplete"}
STREAMS = {"text": "body_text", "title": "title_text"}
TABLE, JOIN, KEY = IndexEntry._meta.db_table, "JOIN", "id"
RANK_WEIGHTS = "'{0.1, 0.2, 0.4, 1.0}'"
MAX_TITLE_POSITIONS = 16_000  # PostgreSQL counts no further than 16,383

_UPSERT = f"""
    INSERT INTO {TABLE}
        (content_type_id, object_id, title, body, autocomplete, title_norm, title_text, body_text)
    VALUES (%s, %s, %s::tsvector, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]), 1.0, %s, %s)
    ON CONFLICT (content_type_id, object_id) DO UPDATE SET
        title = EXCLUDED.title, body = EXCLUDED.body, autocomplete = EXCLUDED.autocomplete,
        title_text = EXCLUDED.title_text, body_text = EXCLUDED.body_text
"""  # noqa: S608 - the one name in it is the table's


def query_string(expression: Expression) -> str:
    """Return the expression as a text query of PostgreSQL, its phrases as the tokens they hold."""
    if isinstance(expression, Phrase):
        return joined([f"'{token}'" for token in expression.tokens], "&")
    if isinstance(expression, Prefix):
        return f"'{expression.beginning}':*"
    return joined(map(query_string, expression.parts), "|" if isinstance(expression, Any) else "&")


def written_out(expression: Expression, column: str) -> str:
    """Return the expression as it is asked: the text query, and the phrases looked up behind it."""
    condition, values = hits_sql(expression, column)
    return condition % tuple(map(repr, values))


def phrases_sql(stream: str, expression: Expression) -> tuple[str, list[str]]:
    """Return the condition on the column `stream` for what the vector alone cannot tell, that the tokens of phrases follow
    each other, and its values; "" when the vector tells all."""
    if not any(isinstance(leaf, Phrase) and len(leaf.tokens) > 1 for leaf in expression.leaves()):
        return "", []
    if isinstance(expression, All):
        conditions = [phrases_sql(stream, part) for part in expression.parts]
        return _put_together([condition for condition in conditions if condition[0]], "AND")
    return _in_stream(stream, expression)


def _in_stream(stream: str, expression: Expression) -> tuple[str, list[str]]:
    if isinstance(expression, Phrase):
        return f"strpos({stream}, %s) > 0", [f" {' '.join(expression.tokens)} "]
    if isinstance(expression, Prefix):
        return f"strpos({stream}, %s) > 0", [f" {expression.beginning}"]
    parts = [_in_stream(stream, part) for part in expression.parts]
    return _put_together(parts, "OR" if isinstance(expression, Any) else "AND")


def _put_together(conditions, operator: str) -> tuple[str, list[str]]:
    texts, values = zip(*conditions, strict=True)
    return joined(texts, operator), [value for each in values for value in each]


def hits_sql(expression: Expression, column: str) -> tuple[str, list]:
    """Return the condition of a hit, for a statement that joins the index as `TABLE`, and its values."""
    expression = simplified(expression)
    condition, values = f"{TABLE}.{VECTORS[column]} @@ %s::tsquery", [query_string(expression)]
    if column in STREAMS:
        phrases, more = phrases_sql(f"{TABLE}.{STREAMS[column]}", expression)
        condition, values = f"{condition} AND {phrases}" if phrases else condition, values + more
    return condition, values


def _any_token(expression: Expression) -> str:
    return query_string(Any(tuple(expression.leaves())))


@SearchVectorField.register_lookup
class HoldsTokens(Lookup):
    """`@@` with a text query that is written out: tokens are not analysed again."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, self.rhs]


@TextField.register_lookup
class HoldsPhrases(Lookup):
    """The phrases of an expression in a stream of tokens."""

    lookup_name = "holds_phrases"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        condition, values = phrases_sql(column, self.rhs)
        return condition or "TRUE", [*params, *values]


class Relevance(Func):
    """The rank of a hit by what its title and names hold."""

    template = f"ts_rank({RANK_WEIGHTS}, %(expressions)s::tsquery)"
    output_field = FloatField()
    arity = 2


class Brevity(Func):
    """The rank of a name: of those that hold what was typed, the shortest comes nearest to it."""

    template = "-length(%(expressions)s)"
    output_field = FloatField()
    arity = 1


def match(queryset, expression: Expression, column: str = "text", score: str = "_score"):
    """Return the rows of `queryset` that answer `expression`, annotated with their relevance as `score`."""
    expression = simplified(expression)
    found = queryset.filter(**{f"{RELATION}__{VECTORS[column]}__holds": query_string(expression)})
    if column in STREAMS:
        found = found.filter(**{f"{RELATION}__{STREAMS[column]}__holds_phrases": expression})
    if column == "names":
        return found.annotate(**{score: Brevity(F(f"{RELATION}__{VECTORS[column]}"))})
    rank = Relevance(F(f"{RELATION}__title"), Value(_any_token(expression), output_field=TextField()))
    return found.annotate(**{score: rank})


class AnalysedIndex(PostgresIndex):
    """modelsearch's table of entries, filled with analysed text.

    `title` holds weighted positions for ranking, `body` the distinct tokens of title and text, `body_text` their stream.
    """

    def add_items(self, model, objs):
        content_type = get_content_type_pk(model)
        rows = []
        for obj in objs:
            streams = streams_of(obj)
            title = streams.title.split()
            weighted = [f"'{token}':{place}A" for place, token in enumerate(title[:MAX_TITLE_POSITIONS], start=1)]
            rows.append(
                (
                    content_type,
                    str(obj.pk),
                    " ".join(weighted),
                    list({*title, *streams.body.split()}),
                    list(set(streams.names.split())),
                    f" {streams.title} ",
                    f" {streams.title} \n {streams.body} ",
                )
            )
        with self.write_connection.cursor() as cursor:
            cursor.executemany(_UPSERT, rows)

    def _refresh_title_norms(self, full=False):
        """Nothing: the rank does not ask for the length of titles."""


class TextCompiler(AnalysedCompiler, PostgresSearchQueryCompiler):
    match = staticmethod(match)


class NameCompiler(AnalysedNames, TextCompiler, PostgresAutocompleteQueryCompiler):
    pass


class PostgreSQLBackend(AnalysedBackend, PostgresSearchBackend):
    query_compiler_class = TextCompiler
    autocomplete_query_compiler_class = NameCompiler
    index_class = AnalysedIndex
