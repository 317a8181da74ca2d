"""After each of many edits drawn by lot, every kept answer is what a fresh render gives.

EDITS and SEED in the environment, or `make stale EDITS=1000`, make it longer.
"""

import os
from collections import Counter, OrderedDict
from random import Random

import pytest

from core import changes, memory
from core.text_request import TextRequestHandler
from delivery.page_cache.layer import PageCache
from delivery.page_cache.store import PageStore
from news.models import NewsPage
from tests.page_types import LANGUAGES, ROUTES
from tests.random_edits import EDITS
from tests.wsgi import Answers

NUMBER = int(os.environ.get("EDITS") or len(EDITS))
#: Of the answers kept after an edit a share is compared; one that is stale stays so until its turn, and all have it at last.
SHARE = 1.0 if os.environ.get("EDITS") else 0.25
SEED = os.environ.get("SEED") or "海智"
#: Beside one page of each kind: feeds, exports, a further page of a list.
ROUTES_BESIDE = (
    "news/feed/",
    "news/topics/base/feed/atom/",
    "news/2023/feed/",
    "bases/data/csv/",
    "news/?page=2",
    "bases/?page=2",
)
ADDRESSES_BESIDE = (
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/manifest-en.webmanifest",
    "/share/zh/news/yanshan-university-accredited/card.png",
)
ARTICLES = 6
FEW = 24  # addresses that the suite's own run looks at
MOST_TOLD = 24  # causes of needless drops


def addresses(lot: Random) -> list[str]:
    routes = [route for name, route in ROUTES.items() if not name.startswith(("search", "enquiry"))]
    paths = [f"/{language}/{route}" for language in LANGUAGES for route in (*routes, *ROUTES_BESIDE)]
    articles = [page.get_url() for page in NewsPage.objects.live().order_by("pk")]
    every = [*paths, *ADDRESSES_BESIDE, *lot.sample(articles, ARTICLES)]
    return every if SHARE == 1.0 else lot.sample(every, FEW)


def kind_of(path: str) -> str:
    """Return the kind of page that `path` is: that of tests.page_types, or the path itself without its language."""
    route = path[len("/zh/") :] if path.startswith(("/zh/", "/en/")) else path
    kind = next((kind for kind, known in ROUTES.items() if known == route), None)
    return kind or ("article" if route.startswith("news/") and route not in ROUTES_BESIDE else route)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_no_kept_answer_is_stale(portal, settings, tmp_path, capsys, monkeypatch):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    lot, store, fresh, new_memory = Random(SEED), PageStore(100 * 2**20), Answers(TextRequestHandler()), OrderedDict()

    def made_anew(path: str):
        """Return what is answered by a process that remembers nothing from before the last edit."""
        with monkeypatch.context() as patch:
            patch.setattr(memory, "_values", new_memory)
            return fresh.get(path)

    kept, paths = Answers(PageCache(TextRequestHandler(), store)), addresses(lot)
    bodies = {path: kept.get(path).body for path in paths}
    dropped, needless, held = 0, Counter(), 0
    for number in range(NUMBER):
        edit = EDITS[number % len(EDITS)] if number < len(EDITS) else lot.choice(EDITS)
        before = len(store)
        edit(lot, number)
        changes.learn()
        new_memory.clear()
        if edit.__name__ == "save_a_draft":
            assert len(store) == before, "a draft is none of a reader's business"
        for path in paths:
            key = next((entry for entry in store._copies if entry.partition("localhost")[2] in {path, f"{path}?"}), None)
            if key is not None:
                held += 1
                if lot.random() > SHARE and number + 1 < NUMBER:
                    continue
                answer = made_anew(path)
                assert kept.get(path).body == answer.body, f"{path} is stale after {edit.__name__} ({number} of {SEED})"
            elif (answer := made_anew(path)).status == 200:
                dropped += 1
                needless[edit.__name__, kind_of(path)] += bodies.get(path) == answer.body
                kept.get(path)
            bodies[path] = answer.body
    with capsys.disabled():
        share = needless.total() / dropped
        print(
            f"\n{NUMBER} edits: {held} answers kept, {dropped} dropped, {needless.total()} ({share:.0%}) of them without need:"
        )
        print("\n".join(f"{number:5} {name} drops {kind}" for (name, kind), number in needless.most_common(MOST_TOLD)))
    assert held > dropped
