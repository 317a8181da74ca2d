"""What keeps a text from being published, whoever approves it: rooms register what they look for, the review asks them all."""

from collections.abc import Callable, Iterable

#: Given the newest text of a page or record, as an instance that need not be saved, returns sentences for who wrote it.
Obstacle = Callable[[object], Iterable[str]]

_registered: list[Obstacle] = []


def register(obstacle: Obstacle) -> None:
    _registered.append(obstacle)


def obstacles(item) -> list[str]:
    """Return why `item` may not be published as it stands, as sentences in the active language; none for what may."""
    return [sentence for obstacle in _registered for sentence in obstacle(item)]
