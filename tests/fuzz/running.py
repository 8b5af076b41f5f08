"""Running: so many inputs to the readers, each timed; what fails is kept with the number that makes it again."""

import resource
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.fuzz.mutate import Maker
from tests.fuzz.targets import TARGETS, Target

SLOW = 2.0
"""Seconds of CPU one input may take."""
GROWTH = 256 * 1024
"""KiB by which the whole run may grow beyond its first hundred inputs, at most."""


@dataclass
class Report:
    runs: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    grown: int = 0

    @property
    def clean(self) -> bool:
        return not self.faults

    def lines(self) -> Iterator[str]:
        yield "| reader | inputs | refused in words | slowest, ms of CPU (its number) |"
        yield "|---|---|---|---|"
        for name, count in sorted(self.runs.items()):
            seconds, number = self.slowest[name]
            yield f"| {name} | {count:,} | {self.refused[name]:,} | {seconds * 1000:.1f} ({number}) |"
        yield f"\nmemory grew by {self.grown / 1024:.0f} MB; faults: {len(self.faults)}"
        yield from self.faults


def run(runs: int, seed: int, targets: Mapping[str, Target] | None = None) -> Report:
    """`runs` inputs, shared out by each target's share; number n of a seed is always the same input."""
    report, chosen = Report(), list((targets or {target.name: target for target in TARGETS}).values())
    shares = [target.share for target in chosen]
    base = 0
    for number in range(runs):
        maker = Maker(seed * 1_000_003 + number)
        _one(report, maker.dice.choices(chosen, shares)[0], maker, number)
        base = base or (_peak() if number == min(1000, runs - 1) else 0)
    report.grown = max(0, _peak() - base)
    if report.grown > GROWTH:
        report.faults.append(f"memory grew by {report.grown // 1024} MB")
    return report


def again(seed: int, number: int) -> tuple[str, float]:
    """Read one input anew, its error not caught; gives the reader's name and the CPU it took."""
    maker = Maker(seed * 1_000_003 + number)
    target = maker.dice.choices(TARGETS, [target.share for target in TARGETS])[0]
    began = time.process_time()
    tracemalloc.start()
    try:
        target.one(maker)
    finally:
        print(target.name, f"peak {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB")
        tracemalloc.stop()
    return target.name, time.process_time() - began


def _one(report: Report, target: Target, maker: Maker, number: int) -> None:
    report.runs[target.name] += 1
    began = time.thread_time()
    try:
        target.one(maker)
    except target.answers:
        report.refused[target.name] += 1
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        report.faults.append(f"- {target.name}, number {number}: {type(error).__name__}: {str(error)[:120]!r}")
    took = time.thread_time() - began
    if took > report.slowest.get(target.name, (-1.0, 0))[0]:
        report.slowest[target.name] = (took, number)
    if took > SLOW:
        report.faults.append(f"- {target.name}, number {number}: {took:.1f} s of CPU")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
