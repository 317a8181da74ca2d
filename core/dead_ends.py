"""Addresses of Wagtail's admin behind which there is nothing."""

from django.urls import ResolverMatch
from wagtail.admin.views.generic.chooser import CreateViewMixin, CreationFormMixin

#: Fails on purpose, for whoever tries out the page of a fault.
_FAILS_ON_PURPOSE = "wagtailadmin_error_test"


def is_dead_end(match: ResolverMatch) -> bool:
    """Return whether the address is that of a failure made on purpose, or of a chooser's form where it has none."""
    if match.url_name == _FAILS_ON_PURPOSE:
        return True
    view_class = getattr(match.func, "view_class", None)
    if view_class is None or not issubclass(view_class, CreateViewMixin):
        return False
    if view_class.get_creation_form_class is not CreationFormMixin.get_creation_form_class:
        return False  # the choosers of pictures and documents, which always have a form
    return view_class(**match.func.view_initkwargs).get_creation_form_class() is None
