"""The admin's list of the items of a news list: it costs the same however many there are."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from news.models import NewsIndexPage, NewsPage


def _users_of(rows, name: str):
    """Return the users that the field `name` of `rows` names: each is looked up, where a list of all would read every row."""
    return get_user_model().objects.filter(Exists(rows.filter(**{name: OuterRef("pk")})))


class NewsFilterSet(PageFilterSet):
    owner = MultipleUserFilter(
        label=_("Owner"), queryset=lambda request: _users_of(Page.objects.order_by(), "owner"), widget=CheckboxSelectMultiple
    )


class NewsExplorer(ExplorableIndexView):
    """Lists what was added last first, in the order of the tree, and takes the number of items from the tree.

    Wagtail's own order, by the last change, is a click on the head of its column away.
    """

    default_ordering = "-path"

    @property
    def is_whole(self) -> bool:
        """Whether all items of the list are shown: nothing is sought, and the person's rights hold for all of them."""
        if self.is_searching or self.is_filtering:
            return False
        rights = self.permission_policy.instances_with_direct_explore_permission(self.request.user)
        return any(self.parent_page.path.startswith(page.path) for page in rights)

    def get_base_queryset(self):
        # Between two paths, which the index on paths serves on each database.
        return self.annotate_queryset(self.parent_page.get_children()) if self.is_whole else super().get_base_queryset()

    def get_paginator(self, pages, per_page, **options):
        paginator = super().get_paginator(pages, per_page, **options)
        if self.is_whole:
            paginator.count = self.parent_page.numchild
        return paginator


class NewsPagesViewSet(PageViewSet):
    model = NewsPage
    parent_models = [NewsIndexPage]
    index_view_class = NewsExplorer
    filterset_class = NewsFilterSet

    def get_index_view_kwargs(self, **kwargs):
        # A search may be widened from here to all pages, of whatever type.
        return super().get_index_view_kwargs(**{"model": Page, **kwargs})
