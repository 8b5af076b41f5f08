"""What people see: the messages in each chat, as they stand now, and what was shown over a pressed button."""

import threading
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the bot. `buttons` are (label, data)."""

    ref: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    edited: bool = False
    reply_to: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.buttons)

    def data(self, label: str) -> str:
        return next(data for shown, data in self.buttons if shown == label)


@dataclass(slots=True)
class Screens:
    """By chat; written by the fake's thread, read by the test's."""

    chats: dict[str, list[Bubble]] = field(default_factory=dict)
    toasts: dict[str, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def show(self, chat: str, bubble: Bubble) -> None:
        with self._lock:
            self.chats.setdefault(chat, []).append(bubble)

    def change(self, ref: str, text: str, buttons: tuple[tuple[str, str], ...]) -> bool:
        """Change a message in place; false when there is none of that name."""
        with self._lock:
            for shown in self.chats.values():
                for n, bubble in enumerate(shown):
                    if bubble.ref == ref:
                        shown[n] = replace(bubble, text=text, buttons=buttons, edited=True)
                        return True
        return False

    def toast(self, person: str, words: str) -> None:
        with self._lock:
            self.toasts.setdefault(person, []).append(words)

    def seen(self, chat: str) -> list[Bubble]:
        with self._lock:
            return list(self.chats.get(chat, ()))

    def toasted(self, person: str) -> list[str]:
        with self._lock:
            return list(self.toasts.get(person, ()))
