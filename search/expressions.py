"""What is asked of the index, in its own tokens: phrases, beginnings, and their combinations."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow each other."""

    tokens: tuple[str, ...]

    def leaves(self) -> Iterator["Phrase | Prefix"]:
        yield self


@dataclass(frozen=True)
class Prefix:
    """A token that begins so."""

    beginning: str

    def leaves(self) -> Iterator["Phrase | Prefix"]:
        yield self


@dataclass(frozen=True)
class All:
    parts: tuple

    def leaves(self) -> Iterator[Phrase | Prefix]:
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True)
class Any:
    """One of the parts; the earlier ones say better what was asked."""

    parts: tuple

    def leaves(self) -> Iterator[Phrase | Prefix]:
        for part in self.parts:
            yield from part.leaves()


Expression = Phrase | Prefix | All | Any


def all_of(parts) -> Expression | None:
    """Return the conjunction of `parts`, without repetitions; None of none."""
    return _combined(All, parts)


def any_of(parts) -> Expression | None:
    """Return the alternative of `parts`, without repetitions; None of none."""
    return _combined(Any, parts)


def _combined(kind, parts):
    distinct = tuple(dict.fromkeys(part for part in parts if part is not None))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    return kind(distinct)


def simplified(expression: Expression) -> Expression:
    """Return an expression that finds the same with less work: an alternative that implies another one adds nothing, as
    中国科协 adds nothing to 科协."""
    if isinstance(expression, All):
        return all_of(simplified(part) for part in expression.parts)
    if not isinstance(expression, Any):
        return expression
    kept: list[Expression] = []
    for part in dict.fromkeys(simplified(part) for part in expression.parts):
        if not any(_implies(part, other) for other in kept):
            kept = [other for other in kept if not _implies(other, part)] + [part]
    return any_of(kept)


def _implies(one: Expression, other: Expression) -> bool:
    """Return whether whatever answers `one` surely answers `other`."""
    if isinstance(other, All):
        return all(_implies(one, part) for part in other.parts)
    if isinstance(other, Any):
        return any(_implies(one, part) for part in other.parts)
    if isinstance(one, All):
        return any(_implies(part, other) for part in one.parts)
    if isinstance(one, Any):
        return all(_implies(part, other) for part in one.parts)
    if isinstance(one, Prefix):
        return isinstance(other, Prefix) and one.beginning.startswith(other.beginning)
    if isinstance(other, Prefix):
        return any(token.startswith(other.beginning) for token in one.tokens)
    return f" {' '.join(other.tokens)} " in f" {' '.join(one.tokens)} "


def holds(expression: Expression, stream: str) -> bool:
    """Return whether a stream of tokens (parted by single blanks) answers `expression`."""
    if isinstance(expression, Phrase):
        return f" {' '.join(expression.tokens)} " in f" {stream} "
    if isinstance(expression, Prefix):
        return f" {expression.beginning}" in f" {stream}"
    check = all if isinstance(expression, All) else any
    return check(holds(part, stream) for part in expression.parts)
