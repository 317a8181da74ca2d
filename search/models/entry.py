from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.search import index

from core.findable import Kind
from search.models.records import LANGUAGE_CHOICES


class EntryQuerySet(models.QuerySet):
    def hidden(self):
        """Return the entries that stand under a view restriction: of private pages, and of documents in a private
        collection; None where nothing is private. Entries are made of published items alone: nothing else is hidden."""
        under = [Q(page__path__startswith=path) for path in PageViewRestriction.objects.values_list("page__path", flat=True)]
        collections = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        private = [Q(collection__path__startswith=path) for path in collections]
        if private:
            document = get_document_model()
            documents = document.objects.filter(reduce(or_, private)).values("pk")
            under.append(Q(content_type=ContentType.objects.get_for_model(document), item_id__in=documents))
        return self.filter(reduce(or_, under)) if under else None

    def of_object(self, obj):
        return self.filter(content_type=ContentType.objects.get_for_model(obj), item_id=obj.pk)


class Entry(index.Indexed, models.Model):
    """What readers can find: a published item in one language, with the text it is found by as readers see it.

    `page` is the page itself or the one that offers the document; records have none. `home_path` is the tree path of the
    home page above it, "" for records, which belong to every site. `labels` are what filters ask for. `index_entry` is the
    key of this entry's row in modelsearch's index, written when the row is.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    home_path = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    names = models.TextField(blank=True)
    date = models.CharField(max_length=10, blank=True)
    labels = models.TextField(blank=True)
    index_entry = models.IntegerField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    search_auto_update = False  # search.entries indexes what it writes, many at once
    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("names", boost=2),
        index.SearchField("summary"),
        index.SearchField("text"),
        index.AutocompleteField("title"),
        index.AutocompleteField("names"),
    ]

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "item_id"]),
            models.Index(fields=["index_entry", "language", "kind"]),  # all that counting asks for
            models.Index(fields=["language", "date"]),  # the years to choose from
        ]

    def __str__(self):
        return self.title


def label(name: str, value: str) -> str:
    """Return how `labels` hold a filter's value."""
    return f"|{name}:{value}|"
