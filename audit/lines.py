from collections.abc import Iterator

from audit.encoding import FIELDS, as_line
from audit.proving import CHUNK


def lines(entries) -> Iterator[str]:
    """Return the entries of a queryset as lines of JSON without line ends, a chunk in memory at a time."""
    for values in entries.values(*FIELDS, "digest").iterator(chunk_size=CHUNK):
        yield as_line(values)
