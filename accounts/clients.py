"""What a session was opened with, in words."""

from ua_parser import parse

LONGEST = 400  # of a user agent that is worth reading


def describe(user_agent: str) -> str:
    """Return "Chrome 130 · Windows", as much of it as the browser tells, an empty text where it tells nothing."""
    found = parse(user_agent[:LONGEST])
    browser = found.user_agent and " ".join(filter(None, (found.user_agent.family, found.user_agent.major)))
    system = found.os and found.os.family
    return " · ".join(filter(None, (browser, system)))
