"""Measuring two things in turn, A B A B …, so that a machine whose speed drifts bends both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `ours` and `other` in `unit`, and what their ratio should reach."""

    what: str
    ours: float
    other: float
    unit: str
    reach: str

    @property
    def ratio(self) -> float:
        return self.ours / self.other if self.other else float("inf")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(ours: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of each, after one warm-up round."""
    ours(), other()
    pairs = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
