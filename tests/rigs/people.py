"""A person in a story, whatever their chat: says something, presses a button by its label, looks at the screen."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass

from tests.china.screens import Bubble

__all__ = ["Bubble", "Person"]

SOON = 60.0


async def looks() -> AsyncIterator[None]:
    """Moments at which to look at a screen, less and less often, because each look costs a page or a call."""
    until, pause = time.monotonic() + SOON, 0.02
    while time.monotonic() < until:
        yield
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, 0.25)


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

    def told(self) -> list[Bubble]:
        """What came by itself and by answers, without looking anything up."""
        return self.hears()

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
        async for _ in looks():
            found = [bubble for bubble in self.hears() if all(word in bubble.text for word in words)]
            if len(found) > but:
                return found[-1]
        raise AssertionError(f"{self.name} never saw {words}:\n{self.page()}")

    def never_saw(self, *words: str) -> None:
        """No message stands there with all these words."""
        assert not [bubble for bubble in self.hears() if all(word in bubble.text for word in words)], self.page()

    async def is_reminded(self, *words: str) -> None:
        """Wait until this came by itself, not by looking a page up."""
        async for _ in looks():
            if any(all(word in bubble.text for word in words) for bubble in self.told()):
                return
        raise AssertionError(f"{self.name} was not reminded of {words}:\n{self.page()}")

    async def is_shown_the_door(self, but: int = 0) -> None:
        """Answered as a stranger: where to ask for an invitation, and nothing else."""
        await self.sees("邀请码", but=but)

    async def is_all_in(self, title: str) -> None:
        """As a lead: everybody else has reported."""
        await self.sees("已报齐", title)

    async def is_told_late(self) -> None:
        """In one message, which says that it comes late."""
        await self.sees("系统中断，现补发")
        assert sum("现补发" in bubble.text for bubble in self.told()) == 1, self.page()

    async def is_told(self, *words: str) -> str:
        """Wait for these words in a message or over a button."""
        async for _ in looks():
            for said in [*self.toasts(), *(bubble.text for bubble in self.hears())]:
                if all(word in said for word in words):
                    return said
        raise AssertionError(f"{self.name} was never told {words}:\n{self.page()}")

    def page(self) -> str:
        return "\n---\n".join(f"{bubble.text}\n{list(bubble.labels)}" for bubble in self.hears())
