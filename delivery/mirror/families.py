"""The family of a root, found by following links from the root."""

import time
from collections.abc import Callable
from dataclasses import replace

from delivery.mirror import addresses
from delivery.mirror.answers import Answer, Application
from delivery.mirror.index import Entry
from delivery.mirror.kinds import file_of
from delivery.mirror.pictures import pictures_in
from delivery.mirror.rules import Headers

FAULT = 500  # the first status of faults


class NoAnswerError(OSError):
    """The portal fails at an address, for a fault of its own or of its database: nobody knows what is to stand there."""


class Family:
    """What belongs to `root`: `entries` by address, and the `answers` of those that were asked anew."""

    def __init__(self, root: str, application: Application, headers: Headers, is_root: Callable[[str], bool]):
        self.root, self._application, self._headers, self._is_root = root, application, headers, is_root
        self.entries: dict[str, Entry] = {}
        self.answers: dict[str, Answer] = {}

    def gather(self, known: dict[str, Entry], stale: set[str]) -> "Family":
        """Follow the links from the root. What is `known` and not `stale` is not asked again."""
        waiting = [self.root]
        while waiting:
            address = waiting.pop()
            if address in self.entries:
                continue
            entry = known[address] if address in known and address not in stale else self._ask(address)
            self.entries[address] = entry
            waiting += [link for link in entry.links if link not in self.entries and self._is_own(link)]
        return self

    def _ask(self, address: str) -> Entry:
        answer = self._answer(address)
        file = file_of(answer)
        if file and not self._headers.fit(file, answer):
            file = ""
        links: tuple[str, ...] = ()
        if file:
            self.answers[address] = answer
            found = addresses.links_in(address, answer.body)
            links = tuple(sorted(link for link in found if addresses.may_belong(self.root, link)))
        return Entry(
            address, self.root, file, answer.until, links, answer.tags, pictures_in(answer.body) if file else frozenset()
        )

    def _answer(self, address: str) -> Answer:
        """Return the portal's answer. One that is not worth keeping (core.dependencies) is left to the server for good."""
        moment = time.time()
        answer = self._application.answer(address)
        if answer.status >= FAULT:
            raise NoAnswerError(f"The portal answers {address} with {answer.status}.")
        if answer.until is not None and answer.until <= moment:
            return replace(answer, may_be_kept=False, until=None)
        return answer

    def _is_own(self, link: str) -> bool:
        """Return whether `link` belongs to this family: it is no root, and no other root stands nearer."""
        if "?" in link or self.root == addresses.SITEMAP:
            return True
        if self._is_root(link):
            return False
        return not link.startswith(self.root) or addresses.nearest_root(link, self._is_root) == self.root
