"""The log: lines on standard error, and while Ruqi runs one file a day, with every secret blotted out.

A line is one event. What a message brings with it from outside cannot begin a line of its own.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, TextIO

from ruqi.blotting import blot, remember

Form = Literal["text", "json"]
# Libraries whose everyday lines tell nothing here, or too much: httpx writes addresses with the bot's token in them.
QUIET = (
    "alembic",
    "apprise",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
    "urllib3",
    "uvicorn",
)
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Lines(logging.Formatter):
    """One event as text: what follows the first line is set in, control signs are written out."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        text = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", super().format(record))
        return blot(text).replace("\n", "\n\t")


class Objects(logging.Formatter):
    """One event as a JSON object in one line: at (UTC), level, logger, thread, message and, after a fault, error."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "thread": record.threadName or "",
            "message": record.getMessage(),
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({key: blot(value) for key, value in said.items() if value}, ensure_ascii=True)


class Careful(logging.StreamHandler):  # type: ignore[type-arg] # a stream of text, whatever its class
    """A line that cannot be formed is named and not shown: Python's own way would print its arguments as they are."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        tell_unwritten(record, self.stream)


def tell_unwritten(record: logging.LogRecord, stream: TextIO) -> None:
    kind = sys.exc_info()[0]
    try:
        stream.write(f"a log line of {record.name}:{record.lineno} is lost ({kind.__name__ if kind else ''})\n")
    except (OSError, ValueError):
        return


def formatter(form: Form) -> logging.Formatter:
    return Objects() if form == "json" else Lines()


def set_up(level: str, secrets: Iterable[str] = (), form: Form = "text") -> None:
    """One handler for everything, from here on."""
    remember(secrets)
    handler = Careful(sys.stderr)
    handler.setFormatter(formatter(form))
    if sys.stderr.isatty():
        handler.addFilter(is_news)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def is_news(record: logging.LogRecord) -> bool:
    """A person at the terminal has no use for a line a minute; files and the journal keep it."""
    return not getattr(record, "routine", False)


def catch_all() -> None:
    """Faults that nobody caught, and warnings, go the same way; for a process that is ours alone."""
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda kind, error, trace: _uncaught((kind, error, trace))
    threading.excepthook = _uncaught_in_thread


def _uncaught(what: object) -> None:
    logging.getLogger("ruqi").critical("nobody caught this", exc_info=what)  # type: ignore[arg-type] # as the hook gives it


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is not SystemExit:
        _uncaught((told.exc_type, told.exc_value, told.exc_traceback))
