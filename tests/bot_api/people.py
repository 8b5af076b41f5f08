"""Pretend persons and groups: what a person does in Telegram, and what stands on the screen."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from tests.bot_api.order import Line, until, until_async
from tests.bot_api.seen import Seen, Toast, dump

Wanted = Callable[[Seen], bool]
SOON = 60.0


@dataclass(frozen=True, slots=True)
class Room:
    """A chat on somebody's screen. `hears` and the waiting look at the bot's messages only."""

    id: int
    name: str
    line: Line

    def sees(self) -> list[Seen]:
        """Everything that stands in the chat now, oldest first, people's own messages too."""
        return [Seen.read(shown) for shown in self.line.order("sees", chat=self.id)]

    def hears(self, wanted: Wanted = lambda _: True) -> list[Seen]:
        """The bot's messages that stand in the chat now, oldest first."""
        return [message for message in self.sees() if message.from_bot and wanted(message)]

    def last(self) -> Seen:
        """The bot's newest message."""
        heard = self.hears()
        assert heard, self.page()
        return heard[-1]

    def now(self, message: Seen) -> Seen | None:
        """The same message as it stands now; None when it is gone."""
        return next((one for one in self.sees() if one.message_id == message.message_id), None)

    def waits_for(self, wanted: Wanted = lambda _: True, *, timeout: float = SOON, after: Seen | None = None) -> Seen:
        """Wait for a message of the bot (newest first, only newer than `after`) and return it."""
        return until(lambda: self._newest(wanted, after), timeout, self.page)

    async def waits_for_async(
        self,
        wanted: Wanted = lambda _: True,
        *,
        timeout: float = SOON,  # noqa: ASYNC109  # same words as `waits_for`
        after: Seen | None = None,
    ) -> Seen:
        """The same for a test whose own event loop carries the bot."""
        return await until_async(lambda: self._newest(wanted, after), timeout, self.page)

    def chat_actions(self) -> list[str]:
        return [str(action) for action in self.line.order("chat_actions", chat=self.id)]

    def page(self) -> str:
        """The chat as text, for a failure message."""
        return dump(f"chat {self.id} {self.name}:", self.sees())

    def _newest(self, wanted: Wanted, after: Seen | None) -> Seen | None:
        floor = after.message_id if after else 0
        return next((one for one in reversed(self.hears(wanted)) if one.message_id > floor), None)


@dataclass(frozen=True, slots=True)
class Group(Room):
    """A group or supergroup, perhaps a forum. `owner` does what only an owner can."""

    owner: int

    def opens_topic(self, name: str) -> int:
        """Open a forum topic and return its number, the message_thread_id."""
        return int(self.line.order("opens_topic", chat=self.id, by=self.owner, name=name))

    def closes_topic(self, topic: int) -> None:
        self.line.order("closes_topic", chat=self.id, topic=topic)

    def migrates(self, to: int) -> "Group":
        """Become a supergroup with a new id; the old one refuses everything and names the new."""
        return Group(self.line.order("migrates", chat=self.id, to=to), self.name, self.line, self.owner)

    def promotes_bot(self) -> None:
        self.line.order("stands", chat=self.id, by=self.owner, standing="administrator")

    def kicks_bot(self) -> None:
        self.line.order("stands", chat=self.id, by=self.owner, standing="kicked")


@dataclass(frozen=True, slots=True)
class Press:
    """A press on its way; `answered` waits for what the bot lets the person read."""

    id: str
    line: Line

    def answers(self) -> list[Toast]:
        return [Toast(**toast) for toast in self.line.order("toasts", press=self.id)]

    def answered(self, timeout: float = SOON) -> Toast:
        return until(lambda: next(iter(self.answers()), None), timeout, self._page)

    async def answered_async(self, timeout: float = SOON) -> Toast:  # noqa: ASYNC109  # same words as `answered`
        return await until_async(lambda: next(iter(self.answers()), None), timeout, self._page)

    def _page(self) -> str:
        return f"press {self.id} was not answered"


@dataclass(frozen=True, slots=True)
class Person(Room):
    """A person and their private chat with the bot; `chat` and `topic` move an act into a group."""

    def says(
        self, text: str, *, chat: Group | None = None, topic: int | None = None, reply_to: Seen | None = None
    ) -> Seen:
        target = reply_to.message_id if reply_to else None
        return self._sends(chat, topic=topic, reply_to=target, text=text)

    def replies(self, message: Seen, text: str) -> Seen:
        """Answer a message where it stands."""
        return self._sends(message.chat_id, reply_to=message.message_id, text=text)

    def sends_document(
        self,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        reply_to: Seen | None = None,
        chat: Group | None = None,
        kind: str = "application/octet-stream",
        size: int | None = None,
    ) -> Seen:
        """Send a file; `size` claims another size than the content has."""
        where = reply_to.chat_id if reply_to else chat
        packed = base64.b64encode(content).decode()
        target = reply_to.message_id if reply_to else None
        return self._sends(where, document=name, content=packed, kind=kind, size=size, text=caption, reply_to=target)

    def sends_photo(
        self, content: bytes, *, caption: str = "", reply_to: Seen | None = None, chat: Group | None = None
    ) -> Seen:
        where = reply_to.chat_id if reply_to else chat
        target = reply_to.message_id if reply_to else None
        return self._sends(where, content=base64.b64encode(content).decode(), text=caption, reply_to=target)

    def sends_album(
        self, *photos: bytes, caption: str = "", reply_to: Seen | None = None, number: str = "album-1"
    ) -> list[Seen]:
        """Several photos at once: a message each, the words with the first, one number on all."""
        where = reply_to.chat_id if reply_to else None
        target = reply_to.message_id if reply_to else None
        packed = [base64.b64encode(photo).decode() for photo in photos]
        words = [caption, *[""] * (len(photos) - 1)]
        return [
            self._sends(where, content=one, text=said, reply_to=target, album=number)
            for one, said in zip(packed, words, strict=True)
        ]

    def presses(self, message: Seen, label: str, *, anyway: bool = False) -> Press:
        """Press a button by caption or callback data, in anyone's chat.

        `anyway`: press what the message showed when it was read, or send `label` as forged data, though it is gone.
        """
        data = None
        if anyway:
            known = label in message.buttons
            data = message.button(label).data if known else label
        where = {"chat": message.chat_id, "message": message.message_id}
        return Press(self.line.order("presses", person=self.id, label=label, data=data, **where), self.line)

    def edits(self, message: Seen, text: str) -> None:
        self.line.order("edits", person=self.id, chat=message.chat_id, message=message.message_id, text=text)

    def deletes(self, message: Seen) -> None:
        """Delete a message for both sides; the bot is not told."""
        self.line.order("deletes", chat=message.chat_id, message=message.message_id)

    def toasts(self) -> list[Toast]:
        """What the bot let this person read after presses."""
        return [Toast(**toast) for toast in self.line.order("toasts", person=self.id)]

    def blocks_bot(self) -> None:
        self.line.order("stands", chat=self.id, by=self.id, standing="kicked")

    def unblocks_bot(self) -> None:
        self.line.order("stands", chat=self.id, by=self.id, standing="member")

    def deactivates(self) -> None:
        """Delete the whole account."""
        self.line.order("deactivates", person=self.id)

    def _sends(self, chat: Group | int | None, **said: object) -> Seen:
        where = chat.id if isinstance(chat, Group) else chat or self.id
        return Seen.read(self.line.order("says", person=self.id, chat=where, **said))
