"""Reading what became of a call: an answer, a refusal in Telegram's words, or silence, of which there are two kinds.

`Unsent` surely never reached Telegram; `Lost` may have. The difference decides whether the next copy is called a
possible repeat, so it is drawn here, from the bytes and the broken connection, and nowhere else.
Source: core.telegram.org/bots/api, "Making requests" and "ResponseParameters".
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import TelegramError

NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
"""Errors before the first byte. A broken or timed out write is not among them: the bytes may all have gone."""


class Unsent(TelegramError):
    """The call never reached Telegram."""


class Lost(TelegramError):
    """Nobody can say whether the call took effect."""


class Said(TelegramError):
    """Telegram said no. `retry_after` in seconds; `migrate_to` is the chat's new id."""

    def __init__(self, code: int, words: str, *, retry_after: int | None = None, migrate_to: int | None = None) -> None:
        super().__init__(f"{code} {words}")
        self.code = code
        self.words = words
        self.retry_after = retry_after
        self.migrate_to = migrate_to


def answer(status: int, payload: bytes) -> Any:  # noqa: ANN401 - each method answers its own JSON
    """The result in an answer; raises Said for Telegram's own word, Lost or Unsent for anybody else's."""
    body = _json(payload)
    if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
        raise _foreign(status)
    if body["ok"] and status < HTTPStatus.MULTIPLE_CHOICES and "result" in body:
        return body["result"]
    code = body.get("error_code", status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or body["ok"] or not isinstance(code, int):
        raise Lost(f"HTTP {status}: {body.get('description', 'no result')}")
    raise _said(code, body)


def silence(error: BaseException, hide: Callable[[str], str]) -> Unsent | Lost:
    """What a broken connection means; `hide` takes the token out of the library's words."""
    words = hide(f"{type(error).__name__}: {error}".rstrip(": "))
    return Unsent(words) if isinstance(error, NEVER_LEFT) else Lost(words)


def _json(payload: bytes) -> object:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def _foreign(status: int) -> Unsent | Lost:
    """An answer that is not the Bot API's: of a proxy, a sign-in page, a wrong address."""
    words = f"HTTP {status} without the Bot API's JSON"
    turned_away = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Unsent(words) if turned_away else Lost(words)


def _said(code: int, body: dict[str, Any]) -> Said:
    more = body.get("parameters")
    more = more if isinstance(more, dict) else {}
    return Said(
        code,
        str(body.get("description", "")),
        retry_after=_number(more.get("retry_after")),
        migrate_to=_number(more.get("migrate_to_chat_id")),
    )


def _number(value: object) -> int | None:
    return value if type(value) is int else None
