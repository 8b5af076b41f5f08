"""When backups are owed: once in each slot, by whoever comes first, again after a while when one failed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.usecases.kept import small, world
from tests.usecases.office import moment
from tests.usecases.world import World
from usecases.backup import BackupFailed
from usecases.backup_schedule import Schedule, back_up_when_due

__all__ = ["small", "world"]

DAILY = Schedule(Path("copies"), timedelta(hours=24))


@pytest.mark.parametrize(
    ("now", "every", "expected"),
    [
        ("2025-03-03 02:29", 24, "2025-03-02 02:30"),
        ("2025-03-03 02:30", 24, "2025-03-03 02:30"),
        ("2025-03-03 23:59", 24, "2025-03-03 02:30"),
        ("2025-03-03 09:00", 6, "2025-03-03 08:30"),
        ("2025-03-03 02:00", 6, "2025-03-02 20:30"),
    ],
)
def test_the_slot_of_a_moment(now: str, every: int, expected: str) -> None:
    plan = replace(DAILY, every=timedelta(hours=every))
    zone = moment(now).tzinfo
    assert plan.slot(moment(now), zone) == moment(expected)  # type: ignore[arg-type] # the office's zone


def test_each_slot_is_served_once_by_whoever_comes_first(world: World, tmp_path: Path) -> None:
    plan = replace(DAILY, where=tmp_path / "copies")
    made = []
    for at in ("03 09:00", "03 20:00", "04 02:31", "04 02:32", "04 23:00", "07 09:00", "07 09:01"):
        now = moment(f"2025-03-{at}")
        made += [at] if back_up_when_due(world.office, now, plan) else []
    assert made == ["04 02:31", "07 09:00"]


def test_one_that_failed_is_tried_again_after_a_while(small: World, tmp_path: Path) -> None:
    plan = replace(DAILY, where=tmp_path / "copies")
    assert back_up_when_due(small.office, moment("2025-03-03 09:00"), plan) is None
    (tmp_path / "copies").write_text("in the way")
    tries: dict[str, bool | None] = {}
    for at in ("04 02:31", "04 02:40", "04 02:47"):
        try:
            tries[at] = bool(back_up_when_due(small.office, moment(f"2025-03-{at}"), plan))
        except BackupFailed:
            tries[at] = None
            (tmp_path / "copies").unlink()
    assert tries == {"04 02:31": None, "04 02:40": False, "04 02:47": True}
