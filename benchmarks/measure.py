"""Measuring two things in turn, A B A B …, so that a machine whose speed drifts bends both alike."""

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `ours` and `other` in `unit`, and what their ratio should reach.

    Where there is nothing to compare with, `other` is 0 and `ours` itself has to reach it. `note`: why a line was left
    out, or why it is not met.
    """

    what: str
    ours: float
    other: float
    unit: str
    reach: str
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.other if self.other else float("nan")

    @property
    def met(self) -> bool | None:
        """Whether the line is met; None where nothing was measured, or nothing is asked."""
        asked = re.match(r"([≤≥]) ([\d.,]+)", self.reach)
        if asked is None or self.left_out:
            return None
        found, limit = self.ratio if self.other else self.ours, float(asked[2].replace(",", ""))
        return found <= limit if asked[1] == "≤" else found >= limit

    @property
    def left_out(self) -> bool:
        return self.ours != self.ours


def left_out(what: str, reach: str, why: str) -> Row:
    """A line that was not measured, and why."""
    return Row(what, float("nan"), 0.0, "", reach, why)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(ours: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of each, after one warm-up round."""
    ours(), other()
    pairs = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
