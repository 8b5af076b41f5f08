"""`ruqi play`: the same bytes twice, working days and office hours only, nothing left behind."""

import json
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest

from schedules.workdays import WorkCalendar
from tests.ruqi.conftest import Ruqi

PROGRAM = Path(sys.executable).with_name("ruqi")
SEASON = ["play", "--plan", "three-duties", "--from", "2024-11-15", "--to", "2024-12-31"]


@pytest.fixture
def season(few: str) -> list[str]:
    """Six weeks with three due dates and two units, as words of a command."""
    return [*SEASON, "--roster", few, "--json"]


def test_the_same_play_gives_the_same_bytes(season: list[str]) -> None:
    first, second = (subprocess.run([PROGRAM, *season], capture_output=True, check=True, timeout=60) for _ in range(2))
    assert first.stdout == second.stdout
    assert list(Path.cwd().iterdir()) == []
    done = json.loads(first.stdout)
    assert {"item": "1", "date": "2024-12-04", "stage": ""} in done["due"]
    assert {"at", "item", "unit", "officer", "rung", "text"} == done["reminders"][0].keys()
    assert done["counts"]["reminders"] == len(done["reminders"])


def test_nobody_is_reminded_on_a_day_off_or_at_night(ruqi: Ruqi, season: list[str]) -> None:
    calendar = WorkCalendar.published()
    for reminder in ruqi(*season).data["reminders"]:
        at = datetime.fromisoformat(reminder["at"])
        assert calendar.is_workday(at.date())
        assert time(8, 30) <= at.time() < time(17, 30)


def test_who_answers_is_left_in_peace(ruqi: Ruqi, season: list[str]) -> None:
    silent = ruqi(*season).data["counts"]["reminders"]
    assert ruqi(*season, "--answers", "prompt").data["counts"]["reminders"] < silent


def test_it_also_speaks_to_people(ruqi: Ruqi, season: list[str]) -> None:
    done = ruqi(*season[:-1])
    assert "2024-12" in done.out
    assert "12-04" in done.out
    assert "快放" in done.err


@pytest.mark.parametrize(
    ("words", "first", "last"), [([], "-01-01", "-12-31"), (["--from", "2023-06-01"], "2023-06", "")]
)
def test_the_period_is_a_year_by_default(words: list[str], first: str, last: str, ruqi: Ruqi, few: str) -> None:
    done = ruqi("play", "--plan", "three-duties", "--roster", few, *words)
    assert first in done.err
    assert (last or "2023-12-31") in done.err


def test_the_working_days_can_be_corrected(ruqi: Ruqi, season: list[str]) -> None:
    """The day of a reminder is declared a day off, and the reminder moves away from it."""
    on = {datetime.fromisoformat(row["at"]).date() for row in ruqi(*season).data["reminders"]}
    assert date(2024, 12, 4) in on
    Path("data").mkdir()
    Path("data/workdays.txt").write_text("2024-12-04 休\n", encoding="utf-8")
    moved = {datetime.fromisoformat(row["at"]).date() for row in ruqi(*season).data["reminders"]}
    assert date(2024, 12, 4) not in moved
