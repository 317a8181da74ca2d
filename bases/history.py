"""The history of a base: its year, its evaluations, its news, in one line of time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """Something that happened on the partial `date`; `path` leads to the portal's page on it, `source_url` to the source's.

    `kind` is "beginning" (the year of the base, `text` says what it means), "evaluation" or "news".
    """

    kind: str
    date: str
    text: str
    path: str = ""
    source: str = ""
    source_url: str = ""


def history_of(base, news) -> list[Event]:
    """Return the events of `base`, newest first; `news` are the pages that name it."""
    events = [Event("news", item.date, item.title, path=item.url) for item in news if item.date]
    events += [
        Event("evaluation", str(entry.year), entry.result, source=entry.source, source_url=entry.source_url)
        for entry in base.evaluations.all()
    ]
    if base.accredited_on or base.year:
        events.append(Event("beginning", base.accredited_on or str(base.year), base.get_year_basis_display()))
    # Within a year the events of a known day come first, then those of the year alone.
    return sorted(events, key=lambda event: (event.date[:4], event.date), reverse=True)
