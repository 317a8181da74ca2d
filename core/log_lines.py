"""Lines of the server's log: one for each thing that happened, whatever was sent."""

import copy
import logging
import re

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # they end a line, or steer the terminal that shows it
_REFUSED = "django.security."  # below it Django logs each SuspiciousOperation, and CSRF's refusals


class LineFormatter(logging.Formatter):
    """Keep each record to one line, control characters escaped, so that no request writes lines of its own (CWE-117).

    A traceback follows in lines that begin with a bar. A request that was refused as malformed is no fault of the
    portal's: its line is a warning that names the address, without a traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        return super().format(_as_refusal(record) if record.name.startswith(_REFUSED) and record.exc_info else record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return _escaped(super().formatMessage(record))

    def formatException(self, exc_info) -> str:  # noqa: N802 - logging's name
        return "\n".join(f"  | {_escaped(line)}" for line in super().formatException(exc_info).splitlines())


def _as_refusal(record: logging.LogRecord) -> logging.LogRecord:
    refusal = copy.copy(record)
    refusal.exc_info = refusal.exc_text = None
    refusal.levelno, refusal.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
    request = getattr(record, "request", None)
    refusal.msg, refusal.args = "%s: %s", (getattr(request, "path", "-"), record.getMessage())
    return refusal


def _escaped(text: str) -> str:
    return _BREAKS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
