"""A publication of the mirror is seen whole or not at all, wherever it is interrupted, and by one writer at a time."""

import os
import signal
from pathlib import Path

import pytest

from delivery.mirror.trees import BusyError, Mirror

#: Each step of a publication that leaves a trace on the disk.
STEPS = (
    (os, "link"),
    (os, "fsync"),
    (Path, "rename"),
    (Path, "symlink_to"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (Path, "rmdir"),
)
FORMER = {"zh/index.html": "old home", "zh/news/x/index.html": "old", "zh/news/y/index.html": "goes", "robots.txt": "stays"}
NEW = {"zh/index.html": "new home", "zh/news/x/index.html": "new", "zh/news/z/index.html": "comes", "robots.txt": "stays"}


@pytest.fixture
def mirror(tmp_path) -> Mirror:
    """A mirror of generation 1 that serves FORMER after two publications, so that its trees differ."""
    mirror = Mirror(tmp_path / "mirror")
    pair = mirror.pair("1")
    for path, text in FORMER.items():
        _write(pair.served / path, text)
    _write(pair.served / "zh/index.html", "first home")
    pair.complete()
    _publish(mirror, {}, ())
    _publish(mirror, {"zh/index.html": FORMER["zh/index.html"]}, ())
    assert _served(mirror) == FORMER
    return mirror


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _publish(mirror: Mirror, written: dict[str, str], removed) -> None:
    mirror.remove_incoming()
    for path, text in written.items():
        _write(mirror.incoming / path, text)
    mirror.pair("1").publish({path: mirror.incoming / path for path in written}, removed)
    mirror.remove_incoming()


def _publish_new(mirror: Mirror) -> None:
    _publish(mirror, {path: text for path, text in NEW.items() if FORMER.get(path) != text}, ["zh/news/y/index.html"])


def _files(tree: Path) -> dict[str, str]:
    return {str(path.relative_to(tree)): path.read_text() for path in tree.rglob("*") if path.is_file()}


def _served(mirror: Mirror) -> dict[str, str]:
    return _files(mirror.folder / "public")


def _die_at(step: int) -> None:
    """Let this process be killed right before its `step`-th trace on the disk."""
    left = [step]

    def counted(function):
        def call(*arguments, **keywords):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **keywords)

        return call

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))


def test_a_publication_killed_at_any_step_leaves_the_former_or_the_new_mirror_and_the_next_one_mends_it(mirror):
    outcomes = []
    for step in range(500):
        child = os.fork()
        if child == 0:
            _die_at(step)
            _publish_new(mirror)
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        served = _served(mirror)
        assert served in (FORMER, NEW), f"killed at step {step}"
        outcomes.append(served == NEW)
        _publish_new(mirror)
        assert _served(mirror) == NEW
        _publish(mirror, {path: text for path, text in FORMER.items() if NEW.get(path) != text}, ["zh/news/z/index.html"])
        assert _served(mirror) == FORMER
        if status == 0:
            break
    assert status == 0
    assert len(outcomes) > 20
    assert outcomes == sorted(outcomes), "up to one step all is as before, from it on all is new"
    assert not outcomes[0]
    assert outcomes[-1]


def test_no_folder_stays_that_has_no_file(mirror):
    _publish_new(mirror)
    _publish(mirror, {}, ())
    for tree in mirror.folder.glob("1-*/"):
        assert not (tree / "zh/news/y").exists()


def test_a_second_writer_is_told_of_the_first(mirror):
    with (
        mirror.locked("building"),
        pytest.raises(BusyError, match="building the mirror"),
        Mirror(mirror.folder).locked("building", wait=False),
    ):
        pass


def test_a_mirror_that_is_withdrawn_shows_nothing_until_it_is_published_again(mirror):
    mirror.withdraw()
    assert _served(mirror) == {}
    _publish_new(mirror)
    assert _served(mirror) == NEW
