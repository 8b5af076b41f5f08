"""Answering in a chat: who is asked at all, where a message goes, what it hangs on, and a channel's own sentences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from bot.channels.common.floods import Floods, said_at
from bot.grouping import group_order
from storage import deliveries
from storage.rows import Officer
from texts import catalogue
from texts.values import Message
from usecases.deliver import say
from usecases.ended import LIVE
from usecases.office import Desk

DEFAULT_LANGUAGE = "zh"


class Spot(Protocol):
    """What somebody said, as far as it matters for the answer; see `heard.Heard`."""

    @property
    def chat(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def private(self) -> bool: ...
    @property
    def message_id(self) -> str: ...
    @property
    def reply_to(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def attachment(self) -> bool: ...
    @property
    def at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Answering:
    """`sentence` gives the catalogue's key of one of the channel's own sentences."""

    channel: str
    sentence: Callable[[str], str]

    def send(  # noqa: PLR0913 where and about what
        self,
        desk: Desk,
        messages: Iterable[Message],
        heard: Spot,
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
            to: dict[str, Any] = {"officer_id": officer.id if officer else None, "channel": self.channel}
            to["marks"] = {LIVE: live}
            ref = "" if personal else place
            say(desk, message, address=address, reply_to=reply_to, edit_ref=ref, parts_shown=parts, **to)
            place, moved = "", moved or personal
        if moved:
            self.tell(desk, "group_private", address=heard.chat, officer=officer, reply_to=hangs_on(heard))

    def tell(self, desk: Desk, key: str, *, address: str, officer: Officer | None = None, reply_to: str = "") -> None:
        officer_id = officer.id if officer else None
        to: dict[str, Any] = {"channel": self.channel, "address": address, "reply_to": reply_to}
        say(desk, Message((self.line(key, officer),)), officer_id=officer_id, **to)

    def with_attachment(
        self, messages: tuple[Message, ...], heard: Spot, officer: Officer | None, *, kept: bool
    ) -> tuple[Message, ...]:
        """Whoever sent a file must hear that it was not kept."""
        if not heard.attachment or kept or not officer or not messages:
            return messages
        first, *rest = messages
        return (replace(first, lines=(*first.lines, self.line("attachment", officer))), *rest)

    def place_of(self, desk: Desk, heard: Spot) -> str:
        """The message under which a button was pressed, where nothing else would ever change it."""
        row = deliveries.by_message(desk.tx, self.channel, heard.chat, heard.reply_to)
        return heard.reply_to if row is not None and row.kind == "say" else ""

    def line(self, key: str, officer: Officer | None) -> str:
        return catalogue.say(officer.language if officer else DEFAULT_LANGUAGE, self.sentence(key))


@dataclass(frozen=True, slots=True)
class KeptOut:
    """What somebody hears who is not listened to; `silent`: only over a pressed button, having been told once."""

    key: str
    silent: bool = False


def kept_out(  # noqa: PLR0913 - who said what, when, and what is known of it
    floods: Floods, heard: Spot, officer: Officer | None, *, came: datetime, binding: tuple[str, ...], kept: bool
) -> KeptOut | None:
    """Whether the conversation is not asked: too much of it, or nothing for it. Counts what was said."""
    verdict = floods.weigh(heard.person, said_at(heard.at, came), known=officer is not None)
    if verdict != "hear":
        return KeptOut("too_fast", silent=verdict == "drop")
    key = not_asked(heard, officer, binding=binding, kept=kept)
    return KeptOut(key) if key else None


def not_asked(heard: Spot, officer: Officer | None, *, binding: tuple[str, ...], kept: bool) -> str:
    """What keeps the conversation out: a group is no place for strangers and codes, and a bare file says nothing."""
    if not heard.private and officer is None:
        return "group_stranger"
    if not heard.private and heard.text.startswith(binding) and group_order(heard.text) is None:
        return "group_bind"
    bare = heard.attachment and not kept and not heard.text
    return "attachment_only" if bare and officer else ""


def hangs_on(heard: Spot) -> str:
    """In a group an answer hangs on what it answers; with one person there is no need."""
    return "" if heard.private else heard.message_id or heard.reply_to


def _has_link(message: Message) -> bool:
    return "://" in message.text or any(button.url for row in message.buttons for button in row)
