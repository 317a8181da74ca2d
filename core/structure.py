"""The top of both trees, the homes and what stands right below them: read once for each request."""

from django.db.models import Case, Q, When
from wagtail.models import Locale, Page, PageViewRestriction, Site

from core.dependencies import narrowed
from core.languages import Language
from core.page_tags import STRUCTURE, translations_of
from core.visibility import RESTRICTIONS

HOME_DEPTH = 2


class SiteStructure:
    """The public pages of the two top levels of every tree, in tree order, with their locales."""

    def __init__(self):
        private = Q(pk__in=PageViewRestriction.objects.values("page"))
        found = Page.objects.filter(Q(depth__in=(HOME_DEPTH, HOME_DEPTH + 1)) | private).annotate(
            private=Case(When(private, True), default=False)
        )
        # The site too: Wagtail reads where its tree begins from a memory of its own.
        with narrowed(STRUCTURE, RESTRICTIONS, Locale._meta.db_table, Site._meta.db_table, aspect=None):
            found = list(found.select_related("locale").order_by("path"))
        self._private_paths = tuple(page.path for page in found if page.private)
        self.pages = [page for page in found if page.depth <= HOME_DEPTH + 1 and self.shows(page)]
        self._locales = {page.locale_id: page.locale for page in self.pages}

    def home_of(self, page):
        """Return the home page above `page` (or `page` itself, where the home is not public)."""
        home_path = page.path[: HOME_DEPTH * page.steplen]
        return next((entry for entry in self.pages if entry.path == home_path), page)

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
        if page.depth <= HOME_DEPTH + 1:
            others = (entry for entry in self.pages if entry.translation_key == page.translation_key)
            return next((entry for entry in others if entry.locale_id != page.locale_id), None)
        others = Page.objects.filter(translation_key=page.translation_key, live=True).exclude(locale=page.locale_id)
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
        request.site_structure = SiteStructure()
    return request.site_structure
