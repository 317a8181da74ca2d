"""Where enquiries are mailed to. The room that keeps the settings of the site says so when it is ready."""

from collections.abc import Callable

_sources: list[Callable[[], str]] = []


def register(source: Callable[[], str]) -> None:
    """Let `source` return the e-mail address of the programme office, "" where none is set."""
    _sources[:] = [source]


def office_address() -> str:
    return next((source() for source in _sources), "")


def address_for(enquiry) -> str:
    """Return the address of the base that takes its enquiries itself, else that of the office."""
    return (enquiry.base and enquiry.base.enquiry_email) or office_address()
