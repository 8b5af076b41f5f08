"""Working days become known, are corrected, or office customs change: dates and reminders follow, answers stay."""

from dataclasses import replace
from datetime import date

from schedules.civil import local
from schedules.ladder import Hours
from schedules.rungs import load_ladders
from schedules.workdays import parse_corrections
from storage.rows import PartRow
from tests.usecases.office import ZONE, a_duty, a_plan, by, yearly
from tests.usecases.world import World


def pushes(world: World, part: PartRow) -> dict[str, str]:
    return {row.rung: local(row.push_at, ZONE).isoformat(" ", "minutes")[:16] for row in world.reminders(part)}


def test_a_year_without_a_notice_is_marked_and_the_mark_goes_when_the_notice_comes(world: World) -> None:
    """2027 has no notice here; an office types it in, and the year is no longer an estimate."""
    world.take(a_plan(a_duty("1", by("2027-03-05"))))
    assert world.view(world.part()).provisional
    sequence = world.part().sequence
    notice, problems = parse_corrections("2027-03-04 休\n2027 公布\n")
    assert problems == ()
    world.correct(notice)
    world.set("2025-03-04 00:00")
    world.beat()
    part = world.part()
    assert (part.provisional, part.sequence, part.due) == (False, sequence + 1, date(2027, 3, 5))
    assert pushes(world, part)["d1"] == "2027-03-03 09:00", "the day before is a day off now"
    world.beat()
    assert world.told("张敏", kind="say") == [], "nobody is told that a date moved which did not"


def test_a_correction_moves_reminders_also_where_the_due_date_stays(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    world.beat()
    assert pushes(world, world.part())["d7"] == "2025-06-20 09:00"
    world.correct({date(2025, 6, 20): False})
    world.set("2025-03-04 00:00")
    world.beat()
    assert pushes(world, world.part())["d7"] == "2025-06-19 09:00"
    world.correct({})
    world.set("2025-03-05 00:00")
    world.beat()
    assert pushes(world, world.part())["d7"] == "2025-06-20 09:00"


def test_a_due_date_that_moves_off_a_holiday_takes_its_part_and_reminders_along(world: World) -> None:
    plan = replace(a_plan(a_duty("1", by("2025-06-27"))), due_on_holiday="next_workday")
    world.take(plan)
    world.until("2025-03-03 09:00")
    before = world.part()
    world.correct({date(2025, 6, 27): False})
    world.until("2025-03-05 00:00")
    part = world.part()
    assert (part.due, part.rule_day, part.code) == (date(2025, 6, 30), date(2025, 6, 27), before.code)
    assert pushes(world, part)["d0"] == "2025-06-30 09:00"
    cancelled = world.reminders(part, "cancelled")
    assert {row.due for row in cancelled} == {date(2025, 6, 27)}
    world.until("2025-03-05 10:00")
    (moved,) = world.told("张敏", kind="say")
    assert "6月30日" in moved.text, "whoever was told the old date is told the new one"


def test_a_correction_that_is_taken_back_brings_the_old_reminders_back(world: World) -> None:
    plan = replace(a_plan(a_duty("1", by("2025-06-27"))), due_on_holiday="next_workday")
    world.take(plan)
    world.until("2025-03-03 09:00")
    before = pushes(world, world.part())
    for day, corrections in (("2025-03-04", {date(2025, 6, 27): False}), ("2025-03-05", {})):
        world.correct(corrections)
        world.until(f"{day} 00:00")
    assert world.part().due == date(2025, 6, 27)
    assert pushes(world, world.part()) == before


def test_an_edited_ladder_and_other_hours_hold_for_what_is_planned_already(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    world.until("2025-03-03 09:00")
    ladders = load_ladders("[standard]\nassigned = true\nbefore = [10, 1]\n")
    hours = Hours(sends=Hours().opens)
    world.office = replace(world.office, ladders=ladders, hours=hours)
    world.until("2025-03-04 00:00")
    assert pushes(world, world.part()) == {"d10": "2025-06-17 08:30", "d1": "2025-06-26 08:30"}


def test_days_that_stay_what_they_were_leave_everything_alone(world: World) -> None:
    world.take(a_plan(a_duty("1", yearly(6, 27))))
    world.until("2025-03-03 09:00")
    before, rows = world.part(), pushes(world, world.part())
    world.until("2025-03-06 08:00")
    assert (world.part(), pushes(world, world.part())) == (before, rows)
