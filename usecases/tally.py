"""What this process counted since it began: sends by what came of them, how late they left, calendars fetched."""

import threading
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from schedules.retry import Again, Outcome, Refused, Sent, Unknown

BOUNDS = (1.0, 5.0, 30.0, 60.0, 300.0, 1800.0, 7200.0, 28800.0)
"""Seconds late; the upper bounds of the histogram's buckets."""
OUTCOMES: dict[type[Outcome], str] = {Sent: "sent", Again: "again", Refused: "refused", Unknown: "unknown"}


@dataclass
class Tally:
    """Counts from any thread. `late` holds, by channel, how many sends fell into each bucket (last: beyond all)."""

    sends: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: dict[str, list[int]] = field(default_factory=dict)
    late_seconds: Counter[str] = field(default_factory=Counter)
    fetches: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def sent(self, channel: str, outcome: Outcome, late: timedelta) -> None:
        """A message was tried; `late` counts only when it left."""
        with self._lock:
            self.sends[channel, OUTCOMES[type(outcome)]] += 1
            if isinstance(outcome, Sent):
                seconds = max(0.0, late.total_seconds())
                buckets = self.late.setdefault(channel, [0] * (len(BOUNDS) + 1))
                buckets[bisect_left(BOUNDS, seconds)] += 1
                self.late_seconds[channel] += round(seconds)

    def fetched(self, answer: str) -> None:
        """A calendar was asked for: fresh, unchanged or unknown. From the event loop only, so it needs no lock."""
        self.fetches[answer] += 1
