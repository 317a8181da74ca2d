"""What an SQL statement of Django's reads or writes, told from its text."""

import re
from dataclasses import dataclass
from functools import lru_cache

_CLAUSES = ("ON", "SET", "WHERE", "INNER", "LEFT", "ORDER", "GROUP", "LIMIT", "VALUES")
_NO_ALIAS = "|".join(rf"{clause}\b" for clause in _CLAUSES)
_TABLE = re.compile(rf'\b(?:FROM|JOIN|INTO|UPDATE|TRUNCATE)\s+"(\w+)"(?:\s+"?(?!{_NO_ALIAS})(\w+)"?)?')
_JOIN = re.compile(r'JOIN "(\w+)" ON \((.*?)\)(?= INNER JOIN| LEFT OUTER JOIN| WHERE | ORDER BY | GROUP BY | LIMIT |$)')
_WHERE = re.compile(r" WHERE (.*?)(?: GROUP BY .*)?(?: ORDER BY .*)?(?: LIMIT \d+)?(?: OFFSET \d+)?$", re.DOTALL)
_KEYS = re.compile(r'\(?"(\w+)"\."(\w+)" (?:= %s|IN \(%s(?:, %s)*\))\)?')
_EQUALS = re.compile(r'\((?:"\w+"\."\w+" = %s(?: AND )?)+\)')
_COLUMN = re.compile(r'"(\w+)"\."(\w+)"')
_ASSIGNED = re.compile(r'"(\w+)" = ')
_QUOTED = re.compile(r'"(\w+)"')
WRITING = {"INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE"}


@dataclass(frozen=True)
class Statement:
    """`tables` are all that the statement names. Of a reading one, `searched` are those whose rows it looks for, where a row
    that comes or goes may matter; the rows of the others are named by keys: those of `keyed` (table, column), whose values are
    the last `keys` parameters, or those of rows that were read before. A search of one table for values of columns has these in
    `equals`, in the order of the last parameters. `columns` are those that an UPDATE sets.
    """

    verb: str
    tables: frozenset[str]
    searched: frozenset[str] = frozenset()
    keyed: tuple[str, str] | None = None
    keys: int = 0
    equals: tuple[tuple[str, str], ...] = ()
    columns: frozenset[str] = frozenset()

    @property
    def writes(self) -> bool:
        return self.verb in WRITING


@lru_cache(maxsize=4096)
def parsed(sql: str) -> Statement:
    """Return what `sql` does. What is not plain enough to be understood counts as a search of every table it names."""
    verb = sql.lstrip("( ")[:8].partition(" ")[0].upper()
    found = _TABLE.findall(sql)
    tables = frozenset(name for name, _alias in found)
    if verb == "TRUNCATE":  # of several tables at once
        return Statement(verb, frozenset(_QUOTED.findall(sql)))
    if verb == "UPDATE":
        return Statement(verb, tables, columns=frozenset(_ASSIGNED.findall(sql.partition(" WHERE ")[0])))
    if verb != "SELECT" or sql.count("SELECT") > 1 or any(alias for _name, alias in found):
        return Statement(verb, tables, searched=tables)
    return _selection(sql, found[0][0] if found else "", tables)


def _selection(sql: str, first: str, tables: frozenset[str]) -> Statement:
    columns, _from, rest = sql.partition(" FROM ")
    where, order = _WHERE.search(rest), rest.partition(" ORDER BY ")[2]
    condition = where[1] if where else ""
    keys = _KEYS.fullmatch(condition)
    searched = set() if keys and keys[1] == first else {first}
    for joined, on in _JOIN.findall(rest):
        named = f'"{joined}".'
        one_key = " AND " not in on and " OR " not in on
        if not (one_key and named in columns and named in on and (keys or named not in condition + order)):
            searched.add(joined)
    if len(tables) > 1 and "GROUP BY" in rest:
        searched = set(tables)
    if first in searched:
        is_plain = len(tables) == 1 and _EQUALS.fullmatch(condition)
        equals = tuple(_COLUMN.findall(condition)) if is_plain else ()
        return Statement("SELECT", tables, frozenset(searched), equals=equals)
    return Statement("SELECT", tables, frozenset(searched), keys.groups(), condition.count("%s"))
