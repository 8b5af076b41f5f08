"""Every step of claim, send and record: killed, raising, slept through. The table of outcomes, on both databases."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.kills.points import MAY_COPY, POINTS
from tests.kills.steps import Row, steps, wrong

SENDING = ("claimed", "written", *sorted(MAY_COPY), "recorded")
RAISES = ("claimed, not committed", "written", "recorded, not committed", "update handled, not committed")
SLEEPS = ("written", "answered", "recorded, not committed")
"""Here the most telling ones; `make soak` takes every step in every way on both databases."""
SAFE = frozenset(
    {"before handing over", "handed over", "before the claim", "claimed, not committed", "claimed"}
    | {"written, not committed", "recorded"}
)
"""Before it is committed that sending begins, and after the outcome is: here nothing is marked."""


@pytest.mark.timeout(900)
def test_killed_or_raising_at_every_step(tmp_path: Path) -> None:
    with steps(f"sqlite:///{tmp_path / 'ruqi.db'}", tmp_path, len(POINTS) + len(RAISES)) as bench:
        killed = [bench.take(step, "kill") for step in POINTS]
        raised = [bench.take(step, "raise") for step in RAISES]
    check(killed)
    assert [found for row in raised if (found := wrong(row))] == []
    assert [row for row in raised if row.seen > 1] == []


@pytest.mark.timeout(900)
def test_killed_or_slept_through_on_postgres(postgres_database: str, tmp_path: Path) -> None:
    """Another node takes over; the sleeper's late outcome is not written, and it sends nothing after it woke."""
    with steps(postgres_database, tmp_path, len(SENDING) + len(SLEEPS)) as bench:
        killed = [bench.take(step, "kill") for step in SENDING]
        slept = [bench.take(step, "pause") for step in SLEEPS]
    check(killed)
    assert [found for row in slept if (found := wrong(row))] == []
    assert [row for row in slept if row.seen > 1 and row.step not in MAY_COPY] == []


def check(killed: Sequence[Row]) -> None:
    assert [found for row in killed if (found := wrong(row))] == []
    assert {row.step for row in killed if row.seen > 1} == MAY_COPY
    assert not {row.step for row in killed if row.marked} & SAFE, "nothing was ambiguous"
