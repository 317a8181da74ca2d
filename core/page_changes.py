"""What a change of a page touches beyond the page itself."""

from collections.abc import Iterator

from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move, pre_page_move

from core.changes import announce, listen
from core.dependencies import EVERYTHING
from core.page_tags import STRUCTURE, TREE, address, children_of, siblings_of, translations_of, translations_under
from core.watching import Changed, on_change, watch
from core.watching.registry import registry
from core.watching.statements import begin_telling, end_telling

#: What only editors see, or what Wagtail keeps for itself.
UNSEEN = (
    *("alias_of", "content_type", "draft_title", "expire_at", "expired", "go_live_at", "has_unpublished_changes"),
    *(
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    ),
)
#: What a link to a page shows, and what a card in a list does.
LINK = frozenset({"live", "locale", "path", "show_in_menus", "slug", "title", "url_path"})
CARD = LINK | {"summary"}
TOP_DEPTH = 3
_TABLES = (Page._meta.db_table, Site._meta.db_table)
_ROOTS = {STRUCTURE, EVERYTHING, Site._meta.db_table, *(f"~{table}" for table in _TABLES)}


def watch_pages(model: type[Page], link: set[str] = frozenset(), card: set[str] = frozenset()) -> None:
    """Watch the page type `model`, whose links show the fields `link` too, and whose cards show these and `card`."""
    watch(model, ignored=UNSEEN, aspects={"link": LINK | link, "card": CARD | link | card})


def connect() -> None:
    on_change(Page, touched_by_page)
    pre_page_move.connect(_before_move, dispatch_uid="core.page_changes")
    post_page_move.connect(_after_move, dispatch_uid="core.page_changes")
    registry.values[Page._meta.db_table, "translation_key"] = translations_under
    listen(_forget_roots)
    # Wagtail writes the paths below a page past the models, when the page's own has changed: they are told with it.
    registry.tables[Page._meta.db_table].add("url_path")


def _forget_roots(tags: frozenset[str]) -> None:
    """Let go of where the trees begin: Wagtail remembers it in the cache, and a process of its own hears of no other one."""
    if tags & _ROOTS:
        Site.clear_site_root_paths_cache()


def touched_by_page(changed: Changed) -> Iterator[str]:
    is_placed = changed.comes_or_goes or changed.fields & LINK
    if not (is_placed or "translation_key" in changed.fields):
        return
    for page in changed.states:
        yield translations_of(page)
        if page.depth <= TOP_DEPTH:
            yield STRUCTURE
        if is_placed:
            yield from (TREE, address(page.url_path), siblings_of(page))
    if changed.old and changed.new and changed.old.url_path != changed.new.url_path:
        yield from touched_below(changed.new, changed.old.url_path, changed.new.url_path)


def touched_below(page, former: str, current: str) -> Iterator[str]:
    """Yield what is touched below `page` when its url_path has become `current`."""
    below = Page.objects.filter(path__startswith=page.path).exclude(pk=page.pk)
    watched = registry.models[Page]
    for entry in below.only("url_path", "translation_key"):
        rest = entry.url_path.removeprefix(former).removeprefix(current)
        yield from watched.object_tags(entry.pk)
        yield from (address(former + rest), address(current + rest), translations_of(entry))


def _before_move(sender, instance, **kwargs) -> None:
    """Treebeard writes the places of all pages that make room past the models; readers see nothing of them but their order."""
    begin_telling([Page._meta.db_table])


def _after_move(sender, instance, parent_page_before, parent_page_after, url_path_before, url_path_after, **kwargs) -> None:
    end_telling()
    tags = {TREE, children_of(parent_page_before), children_of(parent_page_after)}
    # The structure knows the paths of private pages, wherever they are, and a move may shift any.
    is_at_the_top = min(instance.depth, parent_page_before.depth + 1) <= TOP_DEPTH
    if is_at_the_top or PageViewRestriction.objects.exists():
        tags.add(STRUCTURE)
    tags |= {*registry.models[Page].object_tags(instance.pk), address(url_path_before), address(url_path_after)}
    tags |= {translations_of(instance), *touched_below(instance, url_path_before, url_path_after)}
    announce(tags)
