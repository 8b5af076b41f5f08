"""Answering in Telegram: where a message goes, what it hangs on, and the few sentences of Telegram's own."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.channels.telegram.messenger import CHANNEL
from bot.channels.telegram.translate import Heard
from storage import deliveries
from storage.rows import Officer
from texts.catalogue import say as sentence
from texts.values import Message
from usecases.deliver import LIVE, say
from usecases.office import Desk

DEFAULT_LANGUAGE = "zh"


def send(  # noqa: PLR0913 where and about what
    desk: Desk,
    messages: Iterable[Message],
    heard: Heard,
    officer: Officer | None,
    *,
    parts: tuple[int, ...],
    place: str = "",
    live: str = "",
) -> None:
    """Answer where it was asked; what holds a personal link never stands in a group."""
    moved = False
    for message in messages:
        personal = not heard.private and _has_link(message)
        address, reply_to = (heard.person, "") if personal else (heard.chat, hangs_on(heard))
        to: dict[str, Any] = {"officer_id": officer.id if officer else None, "channel": CHANNEL, "address": address}
        to["marks"] = {LIVE: live}
        say(desk, message, reply_to=reply_to, edit_ref="" if personal else place, parts_shown=parts, **to)
        place, moved = "", moved or personal
    if moved:
        tell(desk, "group_private", address=heard.chat, officer=officer, reply_to=hangs_on(heard))


def with_attachment(messages: tuple[Message, ...], heard: Heard, officer: Officer | None) -> tuple[Message, ...]:
    """Whoever sent a file must hear that it was not kept."""
    if not heard.attachment or heard.enclosed or not officer or not messages:
        return messages
    first, *rest = messages
    return (replace(first, lines=(*first.lines, line("attachment", officer))), *rest)


def hangs_on(heard: Heard) -> str:
    """In a group an answer hangs on what it answers; with one person there is no need."""
    return "" if heard.private else heard.message_id or heard.reply_to


def _has_link(message: Message) -> bool:
    return "://" in message.text or any(button.url for row in message.buttons for button in row)


def place_of(desk: Desk, heard: Heard) -> str:
    """The number of the message under which a button was pressed, where nothing else would ever change it."""
    pressed = deliveries.by_message(desk.tx, CHANNEL, heard.chat, heard.reply_to) if heard.press_id else None
    return heard.reply_to if pressed is not None and pressed.kind == "say" else ""


def tell(desk: Desk, key: str, *, address: str, officer: Officer | None = None, reply_to: str = "") -> None:
    message = Message((line(key, officer),))
    officer_id = officer.id if officer else None
    say(desk, message, officer_id=officer_id, channel=CHANNEL, address=address, reply_to=reply_to)


def line(key: str, officer: Officer | None) -> str:
    return sentence(officer.language if officer else DEFAULT_LANGUAGE, f"telegram.{key}")
