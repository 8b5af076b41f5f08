"""Handling a stored event: what happened → who acts → what the conversation answers → messages on their way.

All of it happens in the transaction that marks the row as handled, so an event has its effect once or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.channels.common.answering import Answering, hangs_on, kept_out
from bot.channels.common.floods import Floods
from bot.channels.common.heard import Happening, Heard, Payload, Standing
from bot.channels.common.quoting import quoted_ref
from bot.conversation import respond
from bot.grouping import arrange, group_order
from bot.turn import File, Incoming, Reply
from schedules.errors import RuqiError
from storage import group_chats, inbox, people
from storage.rows import InboxRow, Officer
from texts.buttons import read as read_button
from usecases import enroll, groups
from usecases.office import Desk

BINDING = ("/start", "/bind", "绑定", "邀请码")
LONGEST_REF = 9
FRESH = timedelta(seconds=1)
"""How long whoever waits for the words over a pressed button surely still waits."""

Toast = Callable[[int, str], None]
"""Row id, words: what is shown over a pressed button once the row's effect is committed."""


class UnreadableEvent(RuqiError):
    """This event could not be stored as it came; see the log of that moment."""


@dataclass(frozen=True, slots=True)
class Handling:
    """Use `handle` with `usecases.inbox.handle_one`. `read` raises for poison, which is counted and set aside there.

    `toast` only where the platform shows words over a pressed button; elsewhere every answer is a message.
    """

    channel: str
    read: Callable[[Payload], Happening | None]
    toast: Toast | None = None
    expect: Callable[[], None] = lambda: None
    """Told that files are to be fetched once this transaction is committed."""
    floods: Floods = field(default_factory=Floods)

    @property
    def _answers(self) -> Answering:
        return Answering(self.channel, lambda key: f"chats.{key}")

    def handle(self, desk: Desk, row: InboxRow) -> None:
        if "unreadable" in row.payload:
            raise UnreadableEvent
        match self.read(row.payload):
            case Heard() as heard:
                self._heard(desk, row, heard)
            case Standing(chat, here, reason):
                self._found(desk, chat) if here else self._lost(desk, chat, reason)

    def _found(self, desk: Desk, chat: str) -> None:
        enroll.found_chat(desk, self.channel, chat)
        groups.found_group(desk, self.channel, chat)

    def _lost(self, desk: Desk, chat: str, reason: str) -> None:
        enroll.lost_chat(desk, self.channel, chat, reason)
        groups.lost_group(desk, self.channel, chat, reason)

    def _heard(self, desk: Desk, row: InboxRow, heard: Heard) -> None:
        officer = enroll.who(desk, self.channel, heard.person)
        self._revive(desk, heard.chat)
        if officer and heard.quoted and not heard.reply_to:
            heard = replace(heard, reply_to=quoted_ref(desk, officer, self.channel, heard.chat, heard.quoted))
        toast = self._answer(desk, row, heard, officer)
        if self.toast and heard.pressed:
            self.toast(row.id, toast)

    def _answer(self, desk: Desk, row: InboxRow, heard: Heard, officer: Officer | None) -> str:
        """Let the conversation answer, or say why it is not asked; the value is for a pressed button."""
        files = bool(heard.files)
        if out := kept_out(self.floods, heard, officer, came=row.received_at, binding=BINDING, kept=files):
            if not out.silent:
                self._answers.tell(desk, out.key, address=heard.chat, officer=officer, reply_to=hangs_on(heard))
            return self._answers.line(out.key, officer)
        reply = self._reply(desk, officer, self._said(desk, row, heard), heard)
        if officer is None and heard.pressed and self.toast:
            return reply.toast  # whoever presses a forwarded card may never have written to us
        officer = officer or enroll.who(desk, self.channel, heard.person)
        place = self._answers.place_of(desk, heard) if reply.replaces and heard.pressed else ""
        if place or not (reply.toast_is_enough and self._sees_toast(desk, row, heard)):
            messages = self._answers.with_attachment(reply.messages, heard, officer, kept=bool(heard.files))
            self._answers.send(desk, messages, heard, officer, parts=reply.parts, place=place, live=reply.live)
        return reply.toast

    def _reply(self, desk: Desk, officer: Officer | None, said: Incoming, heard: Heard) -> Reply:
        order = group_order(said.text) if officer and not heard.private and not heard.pressed else None
        return arrange(desk, officer, said, order) if officer and order else respond(desk, officer, said)

    def _said(self, desk: Desk, row: InboxRow, heard: Heard) -> Incoming:
        files, ref = heard.files, str(row.id)
        press = read_button(heard.button) if heard.button else None
        if press and press.verb == "file":
            files, ref = self._asked_about(desk, press.words, heard.person), press.words
        if files:
            self.expect()
        where = (self.channel, heard.chat, heard.text, heard.button, heard.reply_to)
        return Incoming(*where, source=row.source_id, at=heard.at, files=files, files_ref=ref)

    def _asked_about(self, desk: Desk, ref: str, person: str) -> tuple[File, ...]:
        """The files that a question was about, for the one who sent them; empty for anybody and anything else."""
        row = inbox.by_id(desk.tx, int(ref)) if ref.isascii() and ref.isdecimal() and len(ref) <= LONGEST_REF else None
        if row is None or row.channel != self.channel or "unreadable" in row.payload:
            return ()
        heard = self.read(row.payload)
        return heard.files if isinstance(heard, Heard) and heard.person == person else ()

    def _sees_toast(self, desk: Desk, row: InboxRow, heard: Heard) -> bool:
        return bool(self.toast) and heard.pressed and desk.now - row.received_at < FRESH

    def _revive(self, desk: Desk, chat: str) -> None:
        """Whoever writes to us, alone or in a group, can be reached there: not every platform says that we are back."""
        contact, group = people.contact_at(desk.tx, self.channel, chat), group_chats.at(desk.tx, self.channel, chat)
        if any(found is not None and found.state != "live" for found in (contact, group)):
            self._found(desk, chat)
