"""The log: plain lines on standard error, with every secret blotted out, whatever library wrote them."""

import logging
import re
import sys
from collections.abc import Iterable

BLOT = "***"
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
_SHAPES = (
    re.compile(r"(?<!\d)\d{5,12}:[\w-]{20,}"),  # a Telegram bot token, wherever it stands
    re.compile(r"(?<=/feeds/)[\w-]{16,}"),
    re.compile(r"(?<=/in/)[\w-]{16,}"),
    re.compile(r"(?<=[?&]key=)[\w-]{16,}|(?<=access_token=)[\w-]{16,}|(?<=/hook/)[\w-]{16,}"),  # a group robot's key
    re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"),  # name and password in a database's or proxy's address
)


class Blotting(logging.Formatter):
    """Formats a line as usual, traceback included, and blots out the secrets it was told and what looks like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(_FORMAT)
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        return blot(super().format(record), self._secrets)


def blot(text: str, secrets: Iterable[str] = ()) -> str:
    for secret in secrets:
        text = text.replace(secret, BLOT)
    for shape in _SHAPES:
        text = shape.sub(BLOT, text)
    return text


def set_up(level: str, secrets: Iterable[str] = ()) -> None:
    """One handler for everything, from here on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Blotting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
