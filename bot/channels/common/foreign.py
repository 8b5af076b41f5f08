"""Foreign libraries: imported late, without their warnings, kept from the log, and never without a time limit.

Their log lines hold what people said, tickets and addresses with secrets in them.
"""

import logging
import warnings
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from schedules.errors import RuqiError

CALL_SECONDS = 15.0


class NoLibrary(RuqiError):
    """The library of this chat is not installed: run `make chats`."""

    key = "no_library"

    def __init__(self, chat: str, library: str) -> None:
        self.values = {"chat": chat, "library": library}
        super().__init__(f"{chat} needs {library}, which is not installed: run `make chats`.")


def require(chat: str, library: str, module: str) -> None:
    """Say at the start, in one sentence, that a library is missing; nothing is imported yet."""
    if find_spec(module) is None:
        raise NoLibrary(chat, library)


def bring(module: str, *loggers: str) -> ModuleType:
    """Import a module of a foreign library, and keep its loggers quiet for good."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = import_module(module)
    hush(*loggers)
    return found


def hush(*loggers: str) -> None:
    """No line of theirs reaches any log, at whatever level the program logs, by whatever handler they brought."""
    for name in loggers:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.filters = [_nothing]


def _nothing(_: logging.LogRecord) -> bool:
    return False


class Timed:
    """Stands where a module says `requests` and calls it without a time limit."""

    def __init__(self, requests: Any) -> None:  # noqa: ANN401 - a module of any shape
        self._requests = requests
        self.status = 0
        """Of the last answer; 0 while there was none."""

    def post(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - passed through
        self.status = 0
        answer = self._requests.post(*args, **options, timeout=CALL_SECONDS)
        self.status = answer.status_code
        return answer

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - passed through
        return getattr(self._requests, name)


def timed(module: ModuleType) -> Timed:
    """Put a limit on a module's `requests`; what stands there already stays."""
    found = vars(module)["requests"]
    limited = found if isinstance(found, Timed) else Timed(found)
    vars(module)["requests"] = limited
    return limited
