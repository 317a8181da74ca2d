"""The figures to reach: each compares two measurements of one run."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.delivery.modes import BARE, CACHED, FILES, MIRROR, PLAIN, SITE_CACHE, UNCACHED

Costs = Callable[[str, str], float | None]


@dataclass(frozen=True)
class Goal:
    """What is compared, in words; the figure that was found, None where a part is missing; the bound, and on which side."""

    what: str
    found: float | None
    bound: float
    at_least: bool = False

    @property
    def is_reached(self) -> bool | None:
        if self.found is None:
            return None
        return self.found >= self.bound if self.at_least else self.found <= self.bound


def goals(cpu: Costs, rate: Costs, memory: Callable[[str], float | None], visible: dict[str, float]) -> list[Goal]:
    """Return the goals; `cpu` and `rate` give the median of a mode and a kind of page, `memory` that of a mode,
    `visible` the seconds from a publication until readers see it."""
    found = [
        Goal(f"{kind}: uncached against plain Wagtail, CPU", ratio(cpu(UNCACHED, kind), cpu(PLAIN, kind)), 0.5)
        for kind in ("article", "home", "list")
    ]
    cached = cpu(CACHED, "article")
    return [
        *found,
        Goal("article: answered from the page cache, CPU in ms", cached, 0.10),
        Goal("article: the page cache against Django's site cache, CPU", ratio(cached, cpu(SITE_CACHE, "article")), 1 / 6),
        Goal("article: the page cache against granian's bare answer, CPU", ratio(cached, cpu(BARE, "article")), 2),
        Goal(
            "article: the mirror against nginx on the same files, requests a second",
            ratio(rate(MIRROR, "article"), rate(FILES, "article")),
            0.97,
            at_least=True,
        ),
        *(Goal(f"publish to visible, p95 in s: {name}", visible.get(name), 1) for name in (CACHED, MIRROR)),
        Goal("memory of a warm worker in MB", memory(MIRROR), 200),
    ]


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None
