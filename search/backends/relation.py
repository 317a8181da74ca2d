"""The way from an indexed row to its index entry, by number.

modelsearch's own relation compares the key as text, which no index of the row's table serves: for each hit the database
would read the whole table.
"""

from django.db.models.functions import Cast
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.index import get_indexed_models
from wagtail.search.models import IndexEntry

RELATION = "numbered_entries"


class NumberedEntries(TextIDGenericRelation):
    """The index entries of a row whose primary key is a whole number."""

    def get_object_id_lookup(self, alias, remote_alias):
        entry_id = self.remote_field.model._meta.get_field(self.object_id_field_name).get_col(remote_alias)
        key = self.model._meta.pk
        while key.is_relation:
            key = key.target_field
        return key.get_lookup("exact")(self.model._meta.pk.get_col(alias), Cast(entry_id, key))

    def bulk_related_objects(self, objs, using=None):
        """Leave deleting to modelsearch's own relation."""
        return IndexEntry.objects.none()


def add_relations() -> None:
    for model in get_indexed_models():
        NumberedEntries(IndexEntry).contribute_to_class(model, RELATION)
