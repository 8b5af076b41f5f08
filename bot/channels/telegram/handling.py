"""Handling a stored update: what happened → who acts → what the conversation answers → messages on their way.

All of it happens in the transaction that marks the row as handled, so an update has its effect once or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from telegram import Update

from bot.channels.common.answering import Answering, hangs_on, kept_out
from bot.channels.common.floods import Floods
from bot.channels.telegram import albums
from bot.channels.telegram.albums import Batch
from bot.channels.telegram.messenger import CHANNEL
from bot.channels.telegram.translate import Faceless, Happening, Heard, Me, Moved, Rewritten, Standing, translate
from bot.conversation import respond
from bot.filing import join
from bot.grouping import arrange, group_order
from bot.turn import Incoming, Turn
from schedules.errors import RuqiError
from storage import people
from storage.rows import InboxRow, Officer
from texts.buttons import read as read_button
from usecases import enroll, groups
from usecases.office import Desk

ANSWERS = Answering(CHANNEL, lambda key: f"telegram.{key}")
BINDING = ("/start", "/bind")
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
    expect: Callable[[], None] = lambda: None
    """Told that files are to be fetched once this transaction is committed."""
    floods: Floods = field(default_factory=Floods)

    def handle(self, desk: Desk, row: InboxRow) -> None:
        match _happening(row, self.me()):
            case Heard() as heard:
                self._heard(desk, row, heard)
            case Standing() as standing:
                _stand(desk, standing)
            case Moved(old, new):
                enroll.moved_chat(desk, CHANNEL, old, new)
                groups.moved_group(desk, CHANNEL, old, new)
            case happening:
                _remark(desk, happening)

    def _heard(self, desk: Desk, row: InboxRow, heard: Heard) -> None:
        officer = enroll.who(desk, CHANNEL, heard.person)
        if heard.private:
            _revive(desk, heard.chat)
        toast = self._answer(desk, row, heard, officer)
        if heard.press_id:
            self.answer_press(row.id, heard.press_id, toast)

    def _answer(self, desk: Desk, row: InboxRow, heard: Heard, officer: Officer | None) -> str:
        """Let the conversation answer, or say why it is not asked; the value is for a pressed button."""
        enclosed = heard.enclosed is not None
        if out := kept_out(self.floods, heard, officer, came=row.received_at, binding=BINDING, kept=enclosed):
            return ANSWERS.line(out.key, officer) if out.silent else _refuse(desk, heard, out.key, officer)
        batch = albums.batch(desk, row, heard, officer, self._read)
        if batch.files or heard.press_id:
            self.expect()
        if batch.joins and officer:
            return _join(desk, row, batch, officer)
        return "" if batch.spoken else _converse(desk, row, self._said(desk, row, batch), batch.heard, officer)

    def _said(self, desk: Desk, row: InboxRow, batch: Batch) -> Incoming:
        heard, files, ref = batch.heard, batch.files, str(row.id)
        press = read_button(heard.button) if heard.button else None
        if press and press.verb == "file":
            files, ref = albums.asked_about(desk, press.words, heard.person, self._read), press.words
        return Incoming(
            CHANNEL,
            heard.chat,
            heard.text,
            heard.button,
            heard.reply_to,
            source=row.source_id,
            at=heard.at,
            files=files,
            files_ref=ref,
        )

    def _read(self, row: InboxRow) -> Heard | None:
        """What a stored row says, if a person said something in it; None for poison too."""
        try:
            happening = _happening(row, self.me())
        except Exception:  # noqa: BLE001 - its own handling tells what is wrong with it
            return None
        return happening if isinstance(happening, Heard) else None


def _happening(row: InboxRow, me: Me) -> Happening | None:
    if "unreadable" in row.payload:
        raise UnreadableUpdate
    return translate(Update.de_json(row.payload, None), me)


def _stand(desk: Desk, standing: Standing) -> None:
    if standing.here:
        enroll.found_chat(desk, CHANNEL, standing.chat)
        groups.found_group(desk, CHANNEL, standing.chat)
    else:
        enroll.lost_chat(desk, CHANNEL, standing.chat, standing.reason)
        groups.lost_group(desk, CHANNEL, standing.chat, standing.reason)


def _remark(desk: Desk, happening: Faceless | Rewritten | None) -> None:
    """What has no effect, and gets at most one line."""
    match happening:
        case Faceless(chat, message_id):
            ANSWERS.tell(desk, "faceless", address=chat, reply_to=message_id)
        case Rewritten(chat):
            if officer := enroll.who(desk, CHANNEL, chat):
                ANSWERS.tell(desk, "rewritten", address=chat, officer=officer)


def _join(desk: Desk, row: InboxRow, batch: Batch, officer: Officer) -> str:
    """A later message of an album goes where the others went, without a word unless it cannot."""
    said = Incoming(CHANNEL, batch.heard.chat, source=row.source_id, at=batch.heard.at, files=batch.files)
    reply = join(Turn(desk, officer, said), batch.joins)
    ANSWERS.send(desk, reply.messages, batch.heard, officer, parts=reply.parts)
    return ""


def _converse(desk: Desk, row: InboxRow, said: Incoming, heard: Heard, officer: Officer | None) -> str:
    order = group_order(said.text) if officer and not heard.private and not heard.press_id else None
    reply = arrange(desk, officer, said, order) if officer and order else respond(desk, officer, said)
    if officer is None and heard.press_id:
        return reply.toast  # whoever presses a forwarded card may never have written to us, and cannot be written to
    officer = officer or enroll.who(desk, CHANNEL, heard.person)
    place = ANSWERS.place_of(desk, heard) if reply.replaces and heard.press_id else ""
    if place or not (reply.toast_is_enough and _is_fresh(desk, row, heard)):
        messages = ANSWERS.with_attachment(reply.messages, heard, officer, kept=heard.enclosed is not None)
        ANSWERS.send(desk, messages, heard, officer, parts=reply.parts, place=place, live=reply.live)
    return reply.toast


def _is_fresh(desk: Desk, row: InboxRow, heard: Heard) -> bool:
    """Whether whoever pressed still looks at the button: handled after a stop, the toast comes too late."""
    return bool(heard.press_id) and desk.now - row.received_at < FRESH


def _refuse(desk: Desk, heard: Heard, key: str, officer: Officer | None) -> str:
    if heard.press_id:
        return ANSWERS.line(key, officer)
    ANSWERS.tell(desk, key, address=heard.chat, officer=officer, reply_to=hangs_on(heard))
    return ""


def _revive(desk: Desk, chat: str) -> None:
    """Whoever writes to us can be reached."""
    contact = people.contact_at(desk.tx, CHANNEL, chat)
    if contact is not None and contact.state != "live":
        enroll.found_chat(desk, CHANNEL, chat)
