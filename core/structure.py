"""The top of both trees, the homes and what stands right below them: remembered by the process until one of them changes."""

from copy import copy
from functools import cache

from django.db.models import Case, Q, When
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageViewRestriction

from core.changes import latest
from core.dependencies import include, narrowed, recording
from core.languages import Language
from core.memory import remembered
from core.page_tags import STRUCTURE, translations_of
from core.visibility import RESTRICTIONS

HOME_DEPTH = 2
#: The fields of a page that tell where it stands and of which type it is.
PLACE = ("content_type", "depth", "id", "live", "locale", "path", "translation_key", "url_path")


class SiteStructure:
    """The public pages of the two top levels of every tree, in tree order, with their locales.

    All requests share it: nobody alters its pages, nor asks one for its `specific`, which it would keep (see `own_type`).
    """

    def __init__(self):
        private = Q(pk__in=PageViewRestriction.objects.values("page"))
        found = Page.objects.filter(Q(depth__in=(HOME_DEPTH, HOME_DEPTH + 1)) | private).annotate(
            private=Case(When(private, True), default=False)
        )
        with narrowed(STRUCTURE, RESTRICTIONS, Locale._meta.db_table, aspect=None):
            found = list(found.select_related("locale").order_by("path"))
        self._private_paths = tuple(page.path for page in found if page.private)
        self.pages = [page for page in found if page.depth <= HOME_DEPTH + 1 and self.shows(page)]
        self._locales = {page.locale_id: page.locale for page in self.pages}

    def home_of(self, page):
        """Return the home page above `page` (or `page` itself, where the home is not public)."""
        home_path = page.path[: HOME_DEPTH * page.steplen]
        return next((entry for entry in self.pages if entry.path == home_path), page)

    def home(self, language: Language):
        """Return the public home page of `language`, or None."""
        homes = (entry for entry in self.pages if entry.depth == HOME_DEPTH)
        return next((entry for entry in homes if entry.locale.language_code == language.code), None)

    def below(self, home) -> list[Page]:
        return [entry for entry in self.pages if entry.depth > HOME_DEPTH and entry.path.startswith(home.path)]

    def child(self, home, slug: str):
        """Return the page of `slug` right below `home`, None where it is not public or `home` is no home."""
        return next((entry for entry in self.below(home) if entry.slug == slug), None) if home.depth == HOME_DEPTH else None

    def shows(self, page) -> bool:
        """Return whether a stranger may read `page`, which may stand anywhere in the trees; no query."""
        return page.live and not page.path.startswith(self._private_paths)

    def counterpart(self, page):
        """Return the public page paired with `page` in the other language, or None; a query for pages further down."""
        if page.depth > HOME_DEPTH + 1:
            key = ("counterpart", page.translation_key, page.locale_id)
            return remembered(key, lambda: site_structure()._counterpart_further_down(page))
        others = (entry for entry in self.pages if entry.translation_key == page.translation_key)
        return next((entry for entry in others if entry.locale_id != page.locale_id), None)

    def _counterpart_further_down(self, page):
        others = (
            Page.objects.filter(translation_key=page.translation_key, live=True).exclude(locale=page.locale_id).only(*PLACE)
        )
        with narrowed(translations_of(page), aspect="link"):
            paired = next(filter(self.shows, others.order_by()), None)
        if paired:
            self.lend_locale(paired)
        return paired

    def page_of_type(self, model, language: Language):
        """Return the public page of type `model` right below the home of `language`, or None."""
        return next(
            (entry for entry in self.pages if entry.specific_class is model and entry.locale.language_code == language.code),
            None,
        )

    def lend_locale(self, page) -> None:
        """Give `page` its locale without a query."""
        if page.locale_id in self._locales:
            page.locale = self._locales[page.locale_id]


def structure_of(request) -> SiteStructure:
    """Return the structure as it was when `request` first asked for it."""
    if not hasattr(request, "site_structure"):
        with recording() as made_of:
            request.site_structure = site_structure(), made_of
    structure, made_of = request.site_structure
    include(made_of)
    return structure


def site_structure() -> SiteStructure:
    """Return the structure as it is, remembered by the process."""
    return remembered("structure", SiteStructure)


def own_type(page):
    """Return `page` in its own type, as the process remembers it (see `kept`)."""
    model = page.specific_class
    return kept(("page", page.pk), lambda: model.objects.get(pk=page.pk))


def kept(key, find):
    """Return the page that `find()` returns, as the process remembers it by `key`: a copy that the caller may alter. Its
    `read_since` is the number of the last change that was known before it was read.

    It counts as read in what a link shows, which is all that the way to a page below it takes; who shows it asks `whole`.
    """
    known = latest()
    try:
        with recording(apart=True) as made_of:
            page = copy(remembered(key, find))
    except Page.DoesNotExist:
        include(made_of)
        raise
    include(made_of.with_aspect(f"{Page._meta.db_table}:{page.pk}", "link"))
    for field in _stream_fields(type(page)):
        # A stream keeps the records and pictures that it has shown once; each request reads its own.
        setattr(page, field.attname, field.stream_block.to_python(list(field.value_from_object(page).raw_data)))
    page.read_since, page.made_of = known, made_of
    return page


def whole(page):
    """Return `page`, of which everything counts as read."""
    if page.made_of is not None:
        include(page.made_of)
    return page


@cache
def _stream_fields(model) -> list[StreamField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, StreamField)]
