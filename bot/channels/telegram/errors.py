"""What Telegram's refusals mean for a message, as a table, and every failed call as one of the four outcomes.

Wording: tdlib/telegram-bot-api, `Client.cpp` (`check_chat_access`, `fail_query_with_error`), snapshot 2026-05-07.
A refusal that the table does not know is final, kept in its own words and raised to a person; a loop helps nobody.
"""

from http import HTTPStatus
from typing import Literal, TypeAlias

from telegram.error import TelegramError

from bot.channels.telegram.reading import Lost, Said, Unsent
from schedules.retry import Again, Outcome, Refused, Sent, Unknown

Meaning: TypeAlias = Literal["gone", "topic", "refused", "done", "plain"]
"""gone: the address is dead · topic: the forum topic is closed · done: it stands already ·
plain: send it again without markup · refused: never."""

TABLE: tuple[tuple[int, str, Meaning], ...] = (
    (403, "bot was blocked by the user", "gone"),
    (403, "user is deactivated", "gone"),
    (403, "bot was kicked", "gone"),
    (403, "bot is not a member", "gone"),
    (403, "the group chat was deleted", "gone"),
    (403, "bot can't initiate conversation", "gone"),
    (403, "bot can't send messages to", "gone"),
    (400, "chat not found", "gone"),
    (400, "user not found", "gone"),
    (400, "group chat was deactivated", "gone"),
    (400, "peer_id_invalid", "gone"),
    (400, "message thread not found", "topic"),
    (400, "topic_closed", "topic"),
    (400, "topic_deleted", "topic"),
    (400, "message is not modified", "done"),
    (400, "can't parse entities", "plain"),
    (400, "can't parse inline keyboard button", "plain"),
    (400, "wrong http url", "plain"),
    (400, "button_url_invalid", "plain"),
    (400, "button_data_invalid", "plain"),
    (400, "message to edit not found", "refused"),
    (400, "message can't be edited", "refused"),
    (400, "there is no text in the message to edit", "refused"),
)
BAD_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
TOKEN_WAIT = 60.0
FLOOD_WAIT = 30.0
"""When a 429 names no time of its own."""


def meaning(said: Said) -> Meaning:
    words = said.words.lower()
    return next((means for code, part, means in TABLE if code == said.code and part in words), "refused")


def outcome(error: TelegramError, *, ref: str = "") -> Outcome:
    """The outcome of a call that failed; `ref` is the message that was to be edited."""
    match error:
        case Said():
            return _refusal(error, ref)
        case Unsent():
            return Again(reason=error.message)
        case Lost():
            return Unknown(error.message)
        case _:  # an answer the library could not read, or a fault of its own: it may well have gone out
            return Unknown(f"{type(error).__name__}: {error.message}")


def _refusal(said: Said, ref: str) -> Outcome:
    if said.code == HTTPStatus.TOO_MANY_REQUESTS:
        return Again(after=said.retry_after or FLOOD_WAIT, reason=said.message)
    if said.code in BAD_TOKEN:
        return Again(after=TOKEN_WAIT, reason=said.message)
    if said.code == HTTPStatus.CONFLICT:
        return Again(reason=said.message)
    means = meaning(said)
    return Sent(ref) if means == "done" else Refused(said.message, gone=means in {"gone", "topic"})
