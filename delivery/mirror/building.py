"""Writing the mirror whole: a new generation beside the one that is served, on every core."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.template.loader import render_to_string
from django.templatetags.static import static

from core import changes
from delivery.mirror import addresses
from delivery.mirror.answers import Application, look_for_garbage_rarely
from delivery.mirror.families import Family
from delivery.mirror.index import PAGE, Entry, Index
from delivery.mirror.manifest import Files
from delivery.mirror.pictures import link_picture
from delivery.mirror.rules import ERROR_PAGE, Headers, write_rules
from delivery.mirror.trees import Mirror, Pair
from delivery.mirror.updating import base_list, bring_up_to_date
from delivery.mirror.variants import write_variants

ROOTS_AT_ONCE = 25  # that a process takes


def build(mirror: Mirror, processes: int = 1) -> int:
    """Write a new mirror with `processes`, serve it in the place of the former one, and return how many files it has; raise
    BusyError while another process does the same."""
    with mirror.locked("building", wait=False):
        former = mirror.generation
        mirror.remove_all_but(former)
        pair = mirror.pair(str(int(former or 0) + 1))
        application, headers, tree = Application(), Headers(), pair.served
        tree.mkdir()
        with Index(pair.index_file, new=True) as index:
            index.position = changes.now()
            changes.look()
            roots = _enter_pages(index)
            index.commit()
            for gathered in _families(roots, pair, processes):
                headers.add(gathered.headers)
                index.put_files(gathered.files, changed=False)
                for entry in gathered.entries:
                    index.put(entry)
            index.put_files(_frame(tree, application, headers), changed=False)
            index.headers = headers.kinds
            pictures = {path: link_picture(path, tree / path) for path in index.shown()}
            index.put_files({path: entry for path, entry in pictures.items() if entry}, changed=False)
            base_list(index, tree)
            files = len(index.files())
        write_rules(mirror, headers)
        os.sync()
        pair.complete()
        with mirror.locked():
            bring_up_to_date(pair, application, always=True)
            mirror.remove_incoming()
        mirror.remove_all_but(pair.generation)
        return files


def _enter_pages(index: Index) -> list[str]:
    """Enter every page that readers see and return all roots."""
    roots = list(addresses.SERVICES)
    for page, found, tags in addresses.roots_of_all(addresses.page_request()):
        if found:
            index.put(Entry(f"{PAGE}{page}", "", links=tuple(found), tags=tags))
            roots += found
    for root in roots:
        index.put(Entry(root, root))
    return roots


@dataclass
class Gathered:
    """What a process made of some roots."""

    entries: list[Entry] = field(default_factory=list)
    files: Files = field(default_factory=dict)
    headers: Headers = field(default_factory=Headers)


class _Gatherer:
    """Writes the families of roots into `tree`."""

    def __init__(self, tree: Path, index_file: Path):
        self._tree, self._index = tree, Index(index_file)
        self._application, self._headers, self._moment = Application(), Headers(), int(time.time())

    def gather(self, roots: list[str]) -> Gathered:
        gathered = Gathered(headers=self._headers)
        for root in roots:
            family = Family(root, self._application, self._headers, self._index.is_root).gather({}, set())
            gathered.entries += family.entries.values()
            for address, answer in family.answers.items():
                file = family.entries[address].file
                gathered.files |= write_variants(self._tree, file, answer.body, answer.content_type, self._moment)
        return gathered


_gatherer: _Gatherer | None = None  # of this process


def _start_process(tree: Path, index_file: Path) -> None:
    global _gatherer
    look_for_garbage_rarely()
    _gatherer = _Gatherer(tree, index_file)


def _gather(roots: list[str]) -> Gathered:
    return _gatherer.gather(roots)


def _families(roots: list[str], pair: Pair, processes: int) -> Iterator[Gathered]:
    parts = [roots[start : start + ROOTS_AT_ONCE] for start in range(0, len(roots), ROOTS_AT_ONCE)]
    arguments = (pair.served, pair.index_file)
    if processes == 1:
        gatherer = _Gatherer(*arguments)
        yield from map(gatherer.gather, parts)
        return
    connections.close_all()  # no process may use those of another
    with ProcessPoolExecutor(processes, get_context("fork"), _start_process, arguments) as pool:
        yield from pool.map(_gather, parts)


def _frame(tree: Path, application: Application, headers: Headers) -> Files:
    """Write what stands around the pages, the portal's own static files and the page for a fault, and return their lines."""
    moment, files = int(time.time()), {}
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*.*")):
            answer = application.answer(static(path.relative_to(folder).as_posix()))
            file = answer.address[1:]
            if answer.status == 200 and headers.fit(file, answer):
                files |= write_variants(tree, file, answer.body, answer.content_type, moment)
    return files | write_variants(tree, ERROR_PAGE, render_to_string("500.html").encode(), "text/html", moment)
