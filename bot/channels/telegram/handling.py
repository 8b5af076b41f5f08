"""Handling a stored update: what happened → who acts → what the conversation answers → messages on their way.

All of it happens in the transaction that marks the row as handled, so an update has its effect once or not at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.channels.telegram.messenger import CHANNEL
from bot.channels.telegram.translate import Faceless, Happening, Heard, Me, Moved, Rewritten, Standing, translate
from bot.conversation import respond
from bot.turn import Incoming
from schedules.errors import RuqiError
from storage import deliveries, people
from storage.rows import InboxRow, Officer
from texts.catalogue import say as sentence
from texts.values import Message
from usecases import enroll
from usecases.deliver import say
from usecases.office import Desk

BINDING = ("/start", "/bind")
DEFAULT_LANGUAGE = "zh"
FRESH = timedelta(seconds=10)

Answer = Callable[[int, str, str], None]
"""Row id, press id, words: what a pressed button is answered with once the row's effect is committed."""


class UnreadableUpdate(RuqiError):
    """This update could not be stored as it came; see the log of that moment."""


@dataclass(frozen=True, slots=True)
class Handling:
    """Use `handle` with `usecases.inbox.handle_one`. It raises for poison, which is counted and set aside there."""

    me: Callable[[], Me]
    answer_press: Answer

    def handle(self, desk: Desk, row: InboxRow) -> None:
        match _happening(row, self.me()):
            case Heard() as heard:
                self._heard(desk, row, heard)
            case Standing() as standing:
                _stand(desk, standing)
            case Moved(old, new):
                enroll.moved_chat(desk, CHANNEL, old, new)
            case happening:
                _remark(desk, happening)

    def _heard(self, desk: Desk, row: InboxRow, heard: Heard) -> None:
        officer = enroll.who(desk, CHANNEL, heard.person)
        if heard.private:
            _revive(desk, heard.chat)
        toast = _answer(desk, row, heard, officer)
        if heard.press_id:
            self.answer_press(row.id, heard.press_id, toast)


def _happening(row: InboxRow, me: Me) -> Happening | None:
    if "unreadable" in row.payload:
        raise UnreadableUpdate
    return translate(Update.de_json(row.payload, None), me)


def _stand(desk: Desk, standing: Standing) -> None:
    if standing.here:
        enroll.found_chat(desk, CHANNEL, standing.chat)
    else:
        enroll.lost_chat(desk, CHANNEL, standing.chat, standing.reason)


def _remark(desk: Desk, happening: Faceless | Rewritten | None) -> None:
    """What has no effect, and gets at most one line."""
    match happening:
        case Faceless(chat, message_id):
            _tell(desk, "faceless", address=chat, reply_to=message_id)
        case Rewritten(chat):
            if officer := enroll.who(desk, CHANNEL, chat):
                _tell(desk, "rewritten", address=chat, officer=officer)


def _answer(desk: Desk, row: InboxRow, heard: Heard, officer: Officer | None) -> str:
    """Let the conversation answer, or say why it is not asked; the value is for a pressed button."""
    if key := _not_asked(heard, officer):
        return _refuse(desk, heard, key, officer)
    said = Incoming(CHANNEL, heard.chat, heard.text, heard.button, heard.reply_to, source=row.source_id, at=heard.at)
    reply = respond(desk, officer, said)
    if officer is None and heard.press_id:
        return reply.toast  # whoever presses a forwarded card may never have written to us, and cannot be written to
    officer = officer or enroll.who(desk, CHANNEL, heard.person)
    place = _place(desk, heard) if reply.replaces else ""
    if place or not (reply.toast_is_enough and _is_fresh(desk, row, heard)):
        messages = _with_attachment(reply.messages, heard, officer)
        _send(desk, messages, heard, officer, parts=reply.parts, place=place)
    return reply.toast


def _place(desk: Desk, heard: Heard) -> str:
    """The number of the message under which a button was pressed, where nothing else would ever change it."""
    pressed = deliveries.by_message(desk.tx, CHANNEL, heard.chat, heard.reply_to) if heard.press_id else None
    return heard.reply_to if pressed is not None and pressed.kind == "say" else ""


def _is_fresh(desk: Desk, row: InboxRow, heard: Heard) -> bool:
    """Whether whoever pressed still looks at the button: handled after a stop, the toast comes too late."""
    return bool(heard.press_id) and desk.now - row.received_at < FRESH


def _not_asked(heard: Heard, officer: Officer | None) -> str:
    """What keeps the conversation out: a group is no place for strangers and codes, and a bare file says nothing."""
    if not heard.private and officer is None:
        return "group_stranger"
    if not heard.private and heard.text.startswith(BINDING):
        return "group_bind"
    return "attachment_only" if heard.attachment and not heard.text and officer else ""


def _refuse(desk: Desk, heard: Heard, key: str, officer: Officer | None) -> str:
    if heard.press_id:
        return _line(key, officer)
    _tell(desk, key, address=heard.chat, officer=officer, reply_to=_thread(heard))
    return ""


def _send(  # noqa: PLR0913 where and about what
    desk: Desk,
    messages: Iterable[Message],
    heard: Heard,
    officer: Officer | None,
    *,
    parts: tuple[int, ...],
    place: str = "",
) -> None:
    """Answer where it was asked; what holds a personal link never stands in a group."""
    moved = False
    for message in messages:
        personal = not heard.private and _has_link(message)
        address, reply_to = (heard.person, "") if personal else (heard.chat, _thread(heard))
        to: dict[str, Any] = {"officer_id": officer.id if officer else None, "channel": CHANNEL, "address": address}
        say(desk, message, reply_to=reply_to, edit_ref="" if personal else place, parts_shown=parts, **to)
        place, moved = "", moved or personal
    if moved:
        _tell(desk, "group_private", address=heard.chat, officer=officer, reply_to=_thread(heard))


def _with_attachment(messages: tuple[Message, ...], heard: Heard, officer: Officer | None) -> tuple[Message, ...]:
    """Whoever sent a file must hear that it was not kept."""
    if not heard.attachment or not officer or not messages:
        return messages
    first, *rest = messages
    return (replace(first, lines=(*first.lines, _line("attachment", officer))), *rest)


def _thread(heard: Heard) -> str:
    """In a group an answer hangs on what it answers; with one person there is no need."""
    return "" if heard.private else heard.message_id or heard.reply_to


def _has_link(message: Message) -> bool:
    return "://" in message.text or any(button.url for row in message.buttons for button in row)


def _revive(desk: Desk, chat: str) -> None:
    """Whoever writes to us can be reached."""
    contact = people.contact_at(desk.tx, CHANNEL, chat)
    if contact is not None and contact.state != "live":
        enroll.found_chat(desk, CHANNEL, chat)


def _tell(desk: Desk, key: str, *, address: str, officer: Officer | None = None, reply_to: str = "") -> None:
    message = Message((_line(key, officer),))
    officer_id = officer.id if officer else None
    say(desk, message, officer_id=officer_id, channel=CHANNEL, address=address, reply_to=reply_to)


def _line(key: str, officer: Officer | None) -> str:
    return sentence(officer.language if officer else DEFAULT_LANGUAGE, f"telegram.{key}")
