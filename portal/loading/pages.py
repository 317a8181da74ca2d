"""The documents as pages of both trees: first all of them, then their bodies, whose links need the pages."""

from django.core.exceptions import ValidationError
from wagtail.models import Locale

from bases.models import Base, BaseIndexPage
from core.languages import LANGUAGES, Language
from enquiries.models import EnquiryPage
from news.models import ConcernedBase, NewsIndexPage, NewsPage, Topic
from portal.loading.bodies import BodyBuilder, check_stream
from portal.loading.documents import Document
from portal.loading.problems import Problems
from portal.loading.tables import fingerprint
from portal.models import HomePage, SiteMapPage, StandardPage, StarterItem
from programs.models import ProgramIndexPage, ProgramPage
from search.models import SearchPage

TYPES = {
    page_type.__name__: page_type
    for page_type in (
        HomePage,
        StandardPage,
        SiteMapPage,
        SearchPage,
        EnquiryPage,
        ProgramIndexPage,
        ProgramPage,
        BaseIndexPage,
        NewsIndexPage,
        NewsPage,
    )
}
COMMON = ("title", "summary", "keywords", "show_in_menus")
NEWS = ("date", "date_note", "source", "source_url", "confidence", "author", "editor", "place")
REFERENCES = ("topics", "bases")
KNOWN = {*COMMON, *NEWS, *REFERENCES, "type", "order", "statement", "sections"}
HOME = "home"


class PageLoader:
    """Loads documents that are not in `loaded` (key to fingerprint); pages that exist already are left as they are."""

    def __init__(self, documents: list[Document], loaded: dict[str, str], problems: Problems):
        self.loaded = loaded
        self.problems = problems
        for document in documents:
            if not isinstance(document.front.get("order", 0), int):
                problems.add(document.place, "order: write a whole number")
        self.documents = sorted(documents, key=_tree_order)
        self.pages: dict[Language, dict[str, object]] = {language: {} for language in LANGUAGES}
        self.created: list[tuple[Document, object]] = []
        self.items: list[StarterItem] = []

    def load(self) -> list[StarterItem]:
        """Create and publish the pages; return what was loaded."""
        for language in LANGUAGES:
            locale = Locale.objects.get(language_code=language.code)
            self.pages[language][""] = HomePage.objects.filter(locale=locale).first()
        for document in self.documents:
            self._create(document)
        builders = {language: BodyBuilder(self.pages[language], self.problems) for language in LANGUAGES}
        for document, page in self.created:
            self._fill(document, page, builders[document.language])
        return self.items

    def _create(self, document: Document) -> None:
        key = document.place.file
        path = "" if document.path == HOME else document.path
        if key in self.loaded:
            page = self._existing(document, path)
        else:
            page = self.pages[document.language][""] if path == "" else self._add(document, path)
            if page is not None:
                self.created.append((document, page))
                self.items.append(StarterItem(key=key, fingerprint=fingerprint(document.text)))
        if page is not None:
            self.pages[document.language][path] = page

    def _existing(self, document: Document, path: str):
        home = self.pages[document.language][""]
        return home.get_descendants(inclusive=True).filter(url_path=home.url_path + (path + "/" if path else "")).first()

    def _add(self, document: Document, path: str):
        page_type = TYPES.get(document.front.get("type"))
        if page_type is None:
            self.problems.add(document.place, f"type: “{document.front.get('type')}” is none of {', '.join(TYPES)}")
            return None
        if not document.front.get("title"):
            self.problems.add(document.place, "title is missing")
            return None
        parent_path, _slash, slug = path.rpartition("/")
        parent = self.pages[document.language].get(parent_path)
        if parent is None:
            self.problems.add(document.place, f"the page above it, “{parent_path}”, is missing in this language")
            return None
        page = page_type(slug=slug, locale=parent.locale, live=False, title=str(document.front.get("title", "")))
        paired = next((pages[path] for pages in self.pages.values() if path in pages), None)
        if paired is not None:
            page.translation_key = paired.translation_key
        if isinstance(page, NewsPage):
            page.date = str(document.front.get("date", ""))
        try:
            return parent.add_child(instance=page)
        except ValidationError as error:
            self.problems.add_validation(document.place, error)
            return None

    def _fill(self, document: Document, page, builder: BodyBuilder) -> None:
        for unknown in sorted(set(document.front) - KNOWN):
            self.problems.add(document.place, f"“{unknown}” is not known in front matter")
        for name in (*COMMON, *(NEWS if isinstance(page, NewsPage) else ())):
            if name in document.front:
                value = document.front[name]
                setattr(page, name, value if isinstance(value, bool) else str(value))
        if isinstance(page, HomePage):
            page.draft_title = page.title
            page.statement = document.front.get("statement", "")
            page.sections = builder.sections(document)
            check_stream(page, "sections", document.place, self.problems)
        elif hasattr(page, "body"):
            page.body = builder.body(document)
            check_stream(page, "body", document.place, self.problems)
        if isinstance(page, NewsPage):
            self._refer(document, page)
        try:
            page.full_clean()
        except ValidationError as error:
            self.problems.add_validation(document.place, error)
            return
        page.save_revision().publish()

    def _refer(self, document: Document, page: NewsPage) -> None:
        page.topics = self._named(document, "topics", Topic, "topics.csv")
        bases = self._named(document, "bases", Base, "bases.csv")
        page.concerned_bases = [ConcernedBase(base=base, sort_order=place) for place, base in enumerate(bases)]

    def _named(self, document: Document, name: str, model, file: str) -> list:
        """Return the records that the front matter lists under `name`, in its order."""
        slugs = document.front.get(name, [])
        if not isinstance(slugs, list):
            self.problems.add(document.place, f"{name}: write a list, such as [one, two]")
            return []
        found = {record.slug: record for record in model.objects.filter(slug__in=slugs)}
        for slug in slugs:
            if slug not in found:
                self.problems.add(document.place, f"{name}: “{slug}” is not in {file}")
        return [found[slug] for slug in slugs if slug in found]


def _tree_order(document: Document) -> tuple:
    """Chinese first, parents before children, siblings by their order; news by date, oldest first."""
    return (
        LANGUAGES.index(document.language),
        document.path != HOME,
        document.path.count("/"),
        order if isinstance(order := document.front.get("order"), int) else 0,
        str(document.front.get("date", "")),
        document.path,
    )
