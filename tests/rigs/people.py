"""A person in a story, whatever their chat: says something, presses a button by its label, looks at the screen."""

import asyncio
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass

from tests.china.screens import Bubble

__all__ = ["Bubble", "Person"]

SOON = 10.0


@dataclass
class Person(ABC):
    name: str

    @abstractmethod
    def says(self, text: str, *, quoting: Bubble | None = None) -> None:
        """Write to Ruqi; with `quoting` as a reply to one of its messages."""

    @abstractmethod
    def hears(self) -> list[Bubble]:
        """Ruqi's messages that stand on the screen now, oldest first."""

    @abstractmethod
    def press(self, bubble: Bubble, label: str) -> None:
        """Press a button under a message."""

    def toasts(self) -> list[str]:
        """Words that were shown over pressed buttons, where the chat does that."""
        return []

    def presses(self, label: str) -> None:
        """Press the newest button of that label."""
        found = next((bubble for bubble in reversed(self.hears()) if label in bubble.labels), None)
        assert found is not None, f"{self.name} sees no button {label}:\n{self.page()}"
        self.press(found, label)

    async def sees(self, *words: str, but: int = 0) -> Bubble:
        """Wait until a message stands there with all these words, beyond the first `but` of them; the newest one."""
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            found = [bubble for bubble in self.hears() if all(word in bubble.text for word in words)]
            if len(found) > but:
                return found[-1]
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.name} never saw {words}:\n{self.page()}")

    async def is_told(self, *words: str) -> str:
        """Wait for these words in a message or over a button."""
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            for said in [*self.toasts(), *(bubble.text for bubble in self.hears())]:
                if all(word in said for word in words):
                    return said
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.name} was never told {words}:\n{self.page()}")

    def page(self) -> str:
        return "\n---\n".join(f"{bubble.text}\n{list(bubble.labels)}" for bubble in self.hears())
