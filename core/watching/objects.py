"""Objects leave their tags when they are read, and announce them when they are saved or deleted."""

import copy
from dataclasses import replace

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_delete, pre_save
from wagtail.models import Page

from core.changes import announce
from core.dependencies import object_read
from core.watching.registry import Changed, Watched, registry, tags_of
from core.watching.statements import begin_telling, end_telling

_BEFORE = "_row_before_it_was_saved"


def connect() -> None:
    """Listen to every model that is watched by now."""
    for model in registry.models:
        post_init.connect(_on_read, sender=model, dispatch_uid=("core.watching", model))
    for signal, receiver in (
        (pre_save, _before_save),
        (post_save, _after_save),
        (pre_delete, _before_delete),
        (post_delete, _after_delete),
        (m2m_changed, _on_relation_changed),
    ):
        signal.connect(receiver, dispatch_uid="core.watching")


def _on_read(sender, instance, **kwargs) -> None:
    if (pk := instance.__dict__.get(instance._meta.pk.attname)) is not None:
        watched = registry.models[sender]
        object_read(watched.tag(pk), watched.aspects)


def _before_save(sender, instance, raw, update_fields, **kwargs) -> None:
    watched = registry.models.get(sender)
    if watched is None or raw:
        return
    end_telling()
    begin_telling(watched.tables.values())
    seen = update_fields is None or not watched.ignored.issuperset(update_fields)
    if seen and instance.pk is not None:
        instance.__dict__[_BEFORE] = sender._base_manager.filter(pk=instance.pk).first()


def _after_save(sender, instance, raw, update_fields, **kwargs) -> None:
    watched = registry.models.get(sender)
    if watched is None or raw:
        return
    end_telling()
    if update_fields is None or not watched.ignored.issuperset(update_fields):
        old = instance.__dict__.pop(_BEFORE, None)
        _tell_row(watched, instance.pk, old, instance, update_fields)


def _before_delete(sender, instance, **kwargs) -> None:
    watched = registry.models.get(sender)
    if watched is None:
        return
    begin_telling([*watched.tables.values(), *_relation_tables(sender)])
    _tell_row(watched, instance.pk, sender._base_manager.filter(pk=instance.pk).first(), None)


def _after_delete(sender, instance, **kwargs) -> None:
    if sender in registry.models:
        end_telling([sender._meta.db_table, *_relation_tables(sender)])  # that of a parent is written after it


def _relation_tables(model) -> list[str]:
    return [relation.remote_field.through._meta.db_table for relation in model._meta.local_many_to_many]


def _tell_row(watched: Watched, pk, old, new, written=None) -> None:
    """Announce what differs between the rows; a draft, before and after, is none of a reader's business."""
    old, new = (None if row is None or not getattr(row, "live", True) else row for row in (old, new))
    if old is None and new is None:
        return
    fields = None if old is None or new is None else _differing(watched, old, new, written)
    if fields is not None and not fields:
        return
    owners = _owners(watched, old, new)
    if owners is not None and not owners:
        return
    tables = {watched.tables[name] for name in (fields if fields is not None else watched.tables)}
    owner_tags = {tag for owner in owners or () for tag in registry.models[type(owner)].object_tags(owner.pk)}
    changed = _as_specific(Changed(watched.model, pk, old, new, fields or frozenset()))
    announce(tables | watched.object_tags(pk, fields) | owner_tags | tags_of(changed))


def _differing(watched: Watched, old, new, written) -> frozenset[str]:
    """Return the names of the fields that differ and are seen; `written` are those that were saved, None for all."""
    fields = [field for field in watched.model._meta.concrete_fields if field.name not in watched.ignored]
    if written is not None:
        fields = [field for field in fields if field.name in written or field.attname in written]
    return frozenset(field.name for field in fields if _stored(field, old) != _stored(field, new))


def _stored(field: models.Field, row):
    """Return what the database holds of `field`; of a field in two languages each column is a field of its own."""
    if field.attname not in row.__dict__:
        return None
    return field.get_prep_value(row.__dict__[field.attname])


def _owners(watched: Watched, old, new) -> list[models.Model] | None:
    """Return the public objects that the row belongs, or belonged, to; None for a row that stands for itself."""
    if watched.owner is None:
        return None
    keys = {getattr(row, watched.owner.attname) for row in (old, new) if row is not None}
    owners = watched.owner.related_model._base_manager.filter(pk__in=keys - {None})
    return [owner for owner in owners if getattr(owner, "live", True)]


def _as_specific(changed: Changed) -> Changed:
    """Return `changed` with pages of their own types, also where Wagtail saves the plain page alone."""
    if changed.model is not Page:
        return changed
    specific = changed.states[0].specific_class
    row = specific and specific._base_manager.filter(pk=changed.pk).first()
    if row is None:
        return changed
    states = []
    for state in (changed.old, changed.new):
        if state is not None:
            seen = {field.attname: state.__dict__.get(field.attname) for field in Page._meta.concrete_fields}
            typed = copy.copy(row)
            typed.__dict__.update(seen)
            state = typed
        states.append(state)
    return replace(changed, model=specific, old=states[0], new=states[1])


def _on_relation_changed(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    if sender._meta.db_table not in registry.tables:
        return
    if action.startswith("pre_"):
        begin_telling([sender._meta.db_table])
        return
    end_telling([sender._meta.db_table])
    rows = [instance] if not reverse else list(model._base_manager.filter(pk__in=pk_set or ()))
    if (not pk_set and action != "post_clear") or not rows:
        return
    watched = registry.models.get(type(rows[0]))
    if reverse or watched is None or action == "post_clear":
        announce([f"~{sender._meta.db_table}"])
        return
    relation = next(field for field in watched.model._meta.many_to_many if field.remote_field.through is sender)
    if getattr(instance, "live", True):
        changed = Changed(watched.model, instance.pk, instance, instance, frozenset({relation.name}), frozenset(pk_set))
        others = {tag for pk in pk_set for tag in watched.object_tags(pk)} if model is watched.model else set()
        announce({sender._meta.db_table} | watched.object_tags(instance.pk) | others | tags_of(changed))
