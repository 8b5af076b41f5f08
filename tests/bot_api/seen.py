"""What a test looks at: a message as a person sees it, a toast, a line of the ledger. Values, read from JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One message. `text` has no markup and includes a caption; `source` is what the bot sent, markup and all."""

    message_id: int
    chat_id: int
    sender_id: int
    from_bot: bool
    at: datetime
    text: str
    source: str
    keyboard: tuple[tuple[Button, ...], ...]
    edited: bool
    reply_to: int | None
    topic: int | None
    file_name: str | None
    file_id: str | None
    silent: bool
    pinned: bool
    reactions: tuple[str, ...]
    raw: dict[str, Any]

    @classmethod
    def read(cls, shown: dict[str, Any]) -> Self:
        message = shown["message"]
        file = message.get("document") or (message.get("photo") or [{}])[-1]
        markup = shown["markup"] or {}
        return cls(
            message["message_id"],
            message["chat"]["id"],
            message["from"]["id"],
            shown["from_bot"],
            datetime.fromtimestamp(message["date"], UTC),
            message.get("text", message.get("caption", "")),
            shown["source"],
            tuple(tuple(_button(one) for one in row) for row in markup.get("inline_keyboard", [])),
            edited="edit_date" in message,
            reply_to=shown["reply_to"],
            topic=message.get("message_thread_id"),
            file_name=file.get("file_name"),
            file_id=file.get("file_id"),
            silent=shown["silent"],
            pinned=shown["pinned"],
            reactions=tuple(shown["reactions"]),
            raw=message | {"reply_markup": markup},
        )

    @property
    def buttons(self) -> tuple[str, ...]:
        """The captions, row after row."""
        return tuple(button.text for row in self.keyboard for button in row)

    def button(self, label: str) -> Button:
        """The button with this caption or callback data."""
        for button in (button for row in self.keyboard for button in row):
            if label in (button.text, button.data):
                return button
        raise AssertionError(f"message {self.message_id} has no button {label!r}; it has {list(self.buttons)}")

    def __str__(self) -> str:
        marks = [
            "bot" if self.from_bot else str(self.sender_id),
            *([f"answers #{self.reply_to}"] if self.reply_to else []),
            *([f"topic {self.topic}"] if self.topic else []),
            *(word for word in ("edited", "silent", "pinned") if getattr(self, word)),
            *([f"file {self.file_name or self.file_id}"] if self.file_id else []),
        ]
        rows = "".join(f"\n      [{'] ['.join(button.text for button in row)}]" for row in self.keyboard)
        return f"  #{self.message_id} {', '.join(marks)}: {self.text}{rows}"


@dataclass(frozen=True, slots=True)
class Toast:
    """What the bot let a person read after a press; `alert` means that it has to be closed by hand."""

    text: str
    alert: bool
    press: str
    message_id: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One call in the ledger. `seen`: it changed what a person sees, whether the bot was told so or not.

    `status` is what went out, None for nothing; `answer` is what Telegram had to say, also where a fault ate it.
    """

    n: int
    at: datetime
    method: str
    chat: int | None
    message_id: int | None
    text: str | None
    buttons: tuple[tuple[str, ...], ...]
    seen: bool
    status: int | None
    fault: str | None
    poison: bool
    params: dict[str, Any]
    answer: dict[str, Any] | None

    @classmethod
    def read(cls, line: dict[str, Any]) -> Self:
        rows = tuple(tuple(row) for row in line["buttons"])
        return cls(**line | {"at": datetime.fromisoformat(line["at"]), "buttons": rows})

    def __str__(self) -> str:
        told = "".join(f" {part}" for part in (self.fault, self.text) if part)
        return f"  {self.n} {self.at:%H:%M:%S} {self.method} chat {self.chat} -> {self.status}{told}"


def dump(title: str, lines: Iterable[object]) -> str:
    """A page for a failed test: a title and one thing a line."""
    return "\n".join([title, *(str(line) for line in lines)])


def _button(button: dict[str, Any]) -> Button:
    return Button(button["text"], button.get("callback_data"), button.get("url"))
