"""Whether the doctor sees clocks that are apart: a real server's, ours as the test shifts it, another node's claims."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ruqi import examining_clocks
from ruqi.examining_clocks import measured
from scheduler.clock import ShiftedClock
from storage import claims, deliveries
from storage.engine import open_store
from storage.migrate import upgrade
from tests.ruqi.conftest import Ruqi

Look = Callable[[str, int], tuple[bool, str]]
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_the_quickest_answer_counts_and_its_way_is_taken_off() -> None:
    slow, quick = (at(0), at(9), at(4)), (at(10), at(10.25), at(10.5))
    assert measured([slow, quick]) == (timedelta(0), timedelta(seconds=0.25))
    assert measured([(at(0), at(-3), at(1))]) == (timedelta(seconds=3.5), timedelta(seconds=0.5))


@pytest.fixture
def look(ruqi: Ruqi, postgres_database: str) -> Look:
    """What the doctor says of the clocks, in a language, with this exit code."""

    def said(language: str, code: int) -> tuple[bool, str]:
        rows = ruqi("doctor", "--json", code=code, RUQI_DATABASE_URL=postgres_database, RUQI_LANGUAGE=language).data
        return next((row["good"], row["said"]) for row in rows if row["check"] == "clocks")

    return said


@pytest.mark.parametrize(
    ("shift", "language", "said"),
    [
        (0.0, "zh", "一致"),
        (-1.5, "en", "agrees"),
        (3.0, "en", "+3.0 s off"),
        (-4.5, "zh", "相差 -4.5 秒"),
        (8.0, "zh", "收到两遍"),
        (-600.0, "en", "get them twice"),
    ],
)
def test_our_clock_against_the_servers(
    look: Look, monkeypatch: pytest.MonkeyPatch, shift: float, language: str, said: str
) -> None:
    monkeypatch.setattr(examining_clocks, "system_clock", lambda: ShiftedClock(shift))
    good, told = look(language, 0 if abs(shift) < 5 else 2)
    assert (good, said in told) == (abs(shift) < 5, True), told


@pytest.mark.parametrize(("ahead", "good"), [(0.0, True), (60.0, False)])
def test_another_node_that_is_ahead_shows_in_its_claims(
    look: Look, postgres_database: str, *, ahead: float, good: bool
) -> None:
    store, now = open_store(postgres_database), datetime.now(UTC)
    upgrade(store)
    with store.write() as tx:
        fixed = {"channel": "telegram", "address": "1", "kind": "say", "body": {}, "created_at": now}
        deliveries.add(tx, (), at=now, **fixed)
        then, lease = now + timedelta(seconds=ahead), timedelta(seconds=7)
        claims.claim(tx, owner="ahead", now=then, lease=lease, limit=1, channels=["telegram"])
    store.close()
    found, told = look("en", 0 if good else 2)
    assert (found, "another node's" in told) == (good, not good)


def test_a_file_has_no_other_clock(ruqi: Ruqi) -> None:
    rows = ruqi("doctor", "--json").data
    assert [(row["good"], "SQLite" in row["said"]) for row in rows if row["check"] == "clocks"] == [(True, True)]
