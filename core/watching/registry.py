"""Which models are watched, and what a change of each touches."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from modelcluster.fields import ParentalKey


@dataclass(frozen=True)
class Changed:
    """A row of `model` as readers saw it before (`old`) and as they see it after (`new`); None where they do not see it.

    `fields` names what differs, of a many-to-many field with the `keys` that came or went.
    """

    model: type[models.Model]
    pk: object
    old: models.Model | None
    new: models.Model | None
    fields: frozenset[str] = frozenset()
    keys: frozenset = frozenset()

    @property
    def comes_or_goes(self) -> bool:
        return self.old is None or self.new is None

    @property
    def states(self) -> list[models.Model]:
        """The row before and after, as far as readers see it."""
        return [state for state in (self.old, self.new) if state is not None]


@dataclass(frozen=True)
class Watched:
    """How a model is watched: `table` is that of its root (all pages have one), `tables` maps each field to the table it is in.

    Changes of the `ignored` fields are seen by nobody. `owner` is the field by which a row belongs to another one.
    """

    model: type[models.Model]
    table: str
    tables: dict[str, str]
    ignored: frozenset[str]
    aspects: dict[str, frozenset[str]]
    owner: models.Field | None

    def tag(self, pk) -> str:
        return f"{self.table}:{pk}"

    def object_tags(self, pk, fields: Iterable[str] | None = None) -> set[str]:
        """Return the tags of the object: all, or those of a change of `fields`."""
        changed = None if fields is None else set(fields)
        row = self.tag(pk)
        touched = (name for name, names in self.aspects.items() if changed is None or changed & names)
        return {row, *(f"{row}/{name}" for name in touched)}


@dataclass
class _Registry:
    models: dict[type, Watched] = field(default_factory=dict)
    #: table: the fields whose columns nobody sees, when they are written past the models
    tables: dict[str, set[str]] = field(default_factory=dict)
    #: table of a root: the names of the aspects of its objects
    aspects: dict[str, frozenset[str]] = field(default_factory=dict)
    #: (table, column): the table of the root whose objects the column names
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    #: (table, column): the tag of the rows with a value in the column, for searches of such rows
    values: dict[tuple[str, str], Callable[[object], str]] = field(default_factory=dict)
    touching: list[tuple[type, Callable[[Changed], Iterable[str]]]] = field(default_factory=list)


registry = _Registry()
#: What never changes while the portal runs.
CONSTANT = frozenset({"django_content_type"})

#: Apps whose models belong to pages for the editors' sake alone, such as their comments.
FOR_EDITORS = frozenset({"wagtailcore"})


def watch(
    model: type[models.Model], *, ignored: Iterable[str] = (), aspects: Mapping[str, Iterable[str]] | None = None
) -> None:
    """Watch `model`: changes of its fields, except those `ignored`, are announced. An aspect names fields that are shown
    together, such as what a link to the object shows.

    With it are watched its many-to-many fields and what belongs to it by a ParentalKey.
    """
    meta = model._meta
    root = meta.get_parent_list()[-1] if meta.parents else model
    own = {entry.name: entry.model._meta.db_table for entry in meta.concrete_fields}
    owner = next((entry for entry in meta.concrete_fields if isinstance(entry, ParentalKey)), None)
    watched = Watched(
        model,
        root._meta.db_table,
        own,
        frozenset(ignored),
        {name: frozenset(names) for name, names in (aspects or {}).items()},
        owner,
    )
    registry.models[model] = watched
    registry.aspects[watched.table] = registry.aspects.get(watched.table, frozenset()) | set(watched.aspects)
    for entry in meta.concrete_fields:
        columns = registry.tables.setdefault(entry.model._meta.db_table, set())
        if entry.name in watched.ignored:
            columns.add(entry.column)
    registry.keys[meta.db_table, meta.pk.column] = watched.table
    if owner is not None:
        owner_root = (owner.related_model._meta.get_parent_list() or [owner.related_model])[-1]
        registry.keys[meta.db_table, owner.column] = owner_root._meta.db_table
    for relation in meta.local_many_to_many:
        through = relation.remote_field.through._meta
        if through.auto_created:
            registry.tables.setdefault(through.db_table, set())
    for relation in meta.related_objects:
        child = relation.related_model
        is_shown = child._meta.app_label not in FOR_EDITORS and child not in registry.models
        if isinstance(relation.field, ParentalKey) and is_shown:
            watch(child)


def on_change(model: type[models.Model], touched: Callable[[Changed], Iterable[str]]) -> None:
    """Announce `touched(changed)` too whenever a row of `model`, or of a model derived from it, changes for readers."""
    registry.touching.append((model, touched))


def tags_of(changed: Changed) -> set[str]:
    """Return what the functions of `on_change` say of `changed`."""
    touched: set[str] = set()
    for model, function in registry.touching:
        if issubclass(changed.model, model):
            touched.update(function(changed))
    return touched
