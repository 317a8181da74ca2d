"""SQLite's full-text index (FTS5), read in one join and ranked once."""

from django.db.models import FloatField, Func, Lookup, TextField
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.utils import get_content_type_pk
from wagtail.search.models import IndexEntry, SQLiteFTSIndexEntry

from search.backends.asking import AnalysedBackend, AnalysedCompiler, AnalysedNames, joined
from search.backends.relation import RELATION
from search.backends.texts import streams_of
from search.expressions import Any, Expression, Phrase, Prefix, simplified

# A cross join is read in the order in which it is written: else SQLite, which knows nothing of the entries' number, asks the
# full-text table anew for each entry of a language.
TABLE, JOIN, KEY = SQLiteFTSIndexEntry._meta.db_table, "CROSS JOIN", "rowid"
COLUMNS = {"text": "{title body}", "title": "title", "names": "autocomplete"}
_WEIGHTS = "0.1, 1.0, 8.0"  # of names, text and title, in the order of the table's columns


def written_out(expression: Expression, column: str) -> str:
    """Return the expression as FTS5 reads it. Tokens hold no sign of FTS5's own."""
    return f"{COLUMNS[column]} : {_compiled(simplified(expression))}"


def _compiled(expression: Expression) -> str:
    if isinstance(expression, Phrase):
        return f'"{" ".join(expression.tokens)}"'
    if isinstance(expression, Prefix):
        return f'"{expression.beginning}"*'
    return joined(map(_compiled, expression.parts), "OR" if isinstance(expression, Any) else "AND")


@TextField.register_lookup
class FullTextMatch(Lookup):
    """`MATCH` on the whole full-text table; the column on the left only names the table."""

    lookup_name = "fts_match"

    def as_sql(self, compiler, connection):
        quoted = compiler.quote_name_unless_alias
        return f"{quoted(self.lhs.alias)}.{quoted(TABLE)} MATCH %s", [self.rhs]


class Relevance(Func):
    """The rank of a hit by BM25, greater for the better one."""

    template = f"-bm25({TABLE}, {_WEIGHTS})"
    output_field = FloatField()
    arity = 0


def match(queryset, expression: Expression, column: str = "text", score: str = "_score"):
    """Return the rows of `queryset` that answer `expression`, annotated with their relevance as `score`."""
    condition = {f"{RELATION}__sqliteftsindexentry__title__fts_match": written_out(expression, column)}
    return queryset.filter(**condition).annotate(**{score: Relevance()})


def hits_sql(expression: Expression, column: str) -> tuple[str, list]:
    """Return the condition of a hit, for a statement that joins the index as `TABLE`, and its values."""
    return f"{TABLE} MATCH %s", [written_out(expression, column)]


class AnalysedIndex(SQLiteIndex):
    """modelsearch's table of entries, filled with analysed text."""

    def add_items(self, model, objs):
        content_type = get_content_type_pk(model)
        entries = []
        for obj in objs:
            streams = streams_of(obj)
            entries.append(
                IndexEntry(
                    content_type_id=content_type,
                    object_id=str(obj.pk),
                    title=streams.title,
                    body=streams.body,
                    autocomplete=streams.names,
                )
            )
        # An upsert would pass by the triggers that fill the full-text table: known entries are updated, new ones created.
        known = self.entries.filter(content_type_id=content_type, object_id__in=[entry.object_id for entry in entries])
        ids = dict(known.values_list("object_id", "pk"))
        for entry in entries:
            entry.pk = ids.get(entry.object_id)
        IndexEntry.objects.bulk_update(
            [entry for entry in entries if entry.pk], ["title", "body", "autocomplete"], batch_size=100
        )
        IndexEntry.objects.bulk_create([entry for entry in entries if not entry.pk], batch_size=200)

    def _refresh_title_norms(self, full=False):
        """Nothing: BM25 knows the length of titles itself."""


class TextCompiler(AnalysedCompiler, SQLiteSearchQueryCompiler):
    match = staticmethod(match)


class NameCompiler(AnalysedNames, TextCompiler, SQLiteAutocompleteQueryCompiler):
    pass


class SQLiteBackend(AnalysedBackend, SQLiteSearchBackend):
    query_compiler_class = TextCompiler
    autocomplete_query_compiler_class = NameCompiler
    index_class = AnalysedIndex
