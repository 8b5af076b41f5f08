"""What may stand in no line: the secrets of the settings, in every way they are written, and what looks like one."""

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

BLOT = "***"
_SHAPES = (
    re.compile(r"(?<!\d)\d{5,12}:[\w-]{20,}"),  # a Telegram bot token, wherever it stands
    re.compile(r"(?<=/feeds/)[\w-]{16,}"),
    re.compile(r"(?<=/in/)[\w-]{16,}"),
    re.compile(r"(?<=[?&]key=)[\w-]{16,}|(?<=access_token=)[\w-]{16,}|(?<=/hook/)[\w-]{16,}"),  # a group robot's key
    re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"),  # name and password in a database's or proxy's address
    re.compile(r"\bruqi_[\w-]{32,}|\bwhsec_[\w+/=-]{16,}"),  # a program's token, a webhook's signing secret
    re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{8,}|(?<=\bbasic )[\w+/=]{8,}"),
    re.compile(r"(?i)(?:(?<=\bpassword=)|(?<=\bpasswd=)|(?<=\bsecret=))[^\s&'\"]+"),
)
_told: list[str] = []


def remember(secrets: Iterable[str]) -> None:
    """From now on these are blotted out wherever this process writes a line."""
    _told[:] = sorted({form for secret in secrets if secret for form in _forms(secret)}, key=len, reverse=True)


def blot(text: str) -> str:
    for secret in _told:
        text = text.replace(secret, BLOT)
    for shape in _SHAPES:
        text = shape.sub(BLOT, text)
    return text


def _forms(secret: str) -> Iterator[str]:
    """As it is, as an address writes it, and as a repr or JSON does."""
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield repr(secret)[1:-1]
    yield json.dumps(secret)[1:-1]
