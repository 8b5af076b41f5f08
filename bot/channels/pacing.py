"""Pacing: how much may be written in how much time, counted without a clock of its own."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

SHORTEST = 0.001
"""A wait that rounds to nothing must still let time pass."""
REMEMBERED = 300
"""Answers of which the quickest tells how long the way is at least."""
LONGEST_WAY = 2.0
"""Seconds after which what was not answered counts as arrived: a server that is slow takes no place for long."""


class Pace(Protocol):
    """Pure: `now` is any clock that only goes forward, in seconds."""

    def wait(self, now: float) -> float:
        """Seconds until one more may be written; 0 for at once."""

    def take(self, now: float) -> None:
        """One more was written."""

    def answered(self, left: float, now: float) -> None:
        """What was taken at `left` is over: it arrived, if at all, between then and now."""


class _AsItLeaves:
    """Counts a message when it leaves, whenever it arrives."""

    __slots__ = ()

    def answered(self, left: float, now: float) -> None:
        pass


@dataclass(slots=True)
class Window(_AsItLeaves):
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
class Bucket(_AsItLeaves):
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
class Arrivals:
    """At most `most` that arrive within any `span` seconds, wherever between leaving and answer each of them did.

    No way there and back is shorter than the quickest, so what leaves that much less than `span` after another's
    answer arrives `span` after it. `margin`: seconds by which there may be a quicker one. Pure, as above.
    """

    most: int
    span: float
    margin: float
    _under_way: deque[float] = field(default_factory=deque)
    _over: deque[float] = field(default_factory=deque)
    _took: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def wait(self, now: float) -> float:
        reach = self.span + self.margin - self.quickest
        while self._under_way and self._under_way[0] <= now - LONGEST_WAY:
            self._under_way.popleft()
            self._over.append(now)
        while self._over and self._over[0] + reach <= now:
            self._over.popleft()
        if len(self._under_way) + len(self._over) < self.most:
            return 0.0
        return max(SHORTEST, (self._over[0] if self._over else now) + reach - now)

    def take(self, now: float) -> None:
        self._under_way.append(now)

    def answered(self, left: float, now: float) -> None:
        if left in self._under_way:
            self._under_way.remove(left)
            self._over.append(now)
            self._took.append(now - left)

    @property
    def quickest(self) -> float:
        """Nothing is known from a few; then each place is kept for the whole way."""
        return min(self._took) if len(self._took) >= 2 * self.most else 0.0


@dataclass(slots=True)
class Together:
    """Several paces at once; all of them hold. Pure, as they are."""

    paces: Sequence[Pace]

    def wait(self, now: float) -> float:
        return max((pace.wait(now) for pace in self.paces), default=0.0)

    def take(self, now: float) -> None:
        for pace in self.paces:
            pace.take(now)

    def answered(self, left: float, now: float) -> None:
        for pace in self.paces:
            pace.answered(left, now)
