"""Pacing: how much may be written in how much time, counted without a clock of its own."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

SHORTEST = 0.001
"""A wait that rounds to nothing must still let time pass."""


class Pace(Protocol):
    """Pure: `now` is any clock that only goes forward, in seconds."""

    def wait(self, now: float) -> float:
        """Seconds until one more may be written; 0 for at once."""

    def take(self, now: float) -> None:
        """One more was written."""


@dataclass(slots=True)
class Window:
    """At most `most` in any `span` seconds. Pure: `now` is any clock that only goes forward."""

    most: int
    span: float
    _at: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self._at and self._at[0] <= now - self.span:
            self._at.popleft()
        return max(SHORTEST, self._at[0] + self.span - now) if len(self._at) >= self.most else 0.0

    def take(self, now: float) -> None:
        self._at.append(now)


@dataclass(slots=True)
class Bucket:
    """A burst of `most`, and one more every `span` seconds. Pure, as above."""

    most: int
    span: float
    _free_at: float = -inf
    """When the burst would be whole again."""

    def wait(self, now: float) -> float:
        early = self._free_at - now - (self.most - 1) * self.span
        return max(SHORTEST, early) if early > 0 else 0.0

    def take(self, now: float) -> None:
        self._free_at = max(self._free_at, now) + self.span


@dataclass(slots=True)
class Together:
    """Several paces at once; all of them hold. Pure, as they are."""

    paces: Sequence[Pace]

    def wait(self, now: float) -> float:
        return max((pace.wait(now) for pace in self.paces), default=0.0)

    def take(self, now: float) -> None:
        for pace in self.paces:
            pace.take(now)
