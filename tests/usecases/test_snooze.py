"""Snoozing: one's own reminders wait until the chosen moment; the due date and the due day's reminder stand."""

from typing import Literal

import pytest

from schedules.civil import local
from storage.rows import PartRow
from tests.usecases.office import ENFORCERS, ZONE, a_duty, a_plan, by
from tests.usecases.world import World
from usecases.answer import Act, Answer, snooze
from usecases.errors import NotYours, TooLateToSnooze

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS), a_duty("2", by("2025-03-14")))
Until = Literal["afternoon", "next_workday", "three_before"]


def put_off(world: World, until: Until, part: PartRow, who: str = "张敏") -> Answer:
    act = Act(world.officer(who), "chat")
    with world.desk() as desk:
        return snooze(desk, act, part.id, until)


def shown(answer: Answer) -> str:
    assert answer.until is not None
    return local(answer.until, ZONE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("now", "until", "expected", "why"),
    [
        ("2025-03-07 09:10", "afternoon", "2025-03-07 14:30", "Friday morning"),
        ("2025-03-08 09:10", "afternoon", "2025-03-10 09:00", "Saturday has no afternoon: Monday"),
        ("2025-03-07 09:10", "next_workday", "2025-03-10 09:00", "over the weekend"),
        ("2025-03-10 16:00", "next_workday", "2025-03-11 09:00", "tomorrow"),
        ("2025-03-07 09:10", "three_before", "2025-03-11 09:00", "three working days before Friday the 14th"),
        ("2025-03-07 15:00", "afternoon", None, "the afternoon's moment is over"),
        ("2025-03-12 09:10", "three_before", None, "three working days before is over"),
        ("2025-03-14 09:10", "next_workday", None, "not past the due date"),
        ("2025-03-14 09:10", "afternoon", "2025-03-14 14:30", "the due day's own afternoon"),
        ("2025-03-18 09:10", "next_workday", "2025-03-19 09:00", "overdue: tomorrow again"),
        ("2025-03-18 09:10", "three_before", None, "overdue: nothing lies before"),
    ],
)
def test_three_ways_and_their_limits(quick: World, now: str, until: Until, expected: str | None, why: str) -> None:
    quick.take(PLAN)
    quick.set(now)
    part = quick.part("2")
    before = quick.reminders(part, "")
    if expected is None:
        with pytest.raises(TooLateToSnooze):
            put_off(quick, until, part)
        assert quick.reminders(part, "") == before, why
    else:
        assert shown(put_off(quick, until, part)) == expected, why
        assert quick.part("2").due == part.due


def test_the_chosen_moment_brings_one_message_and_nothing_before_it(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-07 09:10")
    heard = len(world.told("张敏"))
    put_off(world, "three_before", world.part("2"))
    world.until("2025-03-11 08:59")
    assert len(world.told("张敏")) == heard
    world.until("2025-03-11 09:00")
    assert world.told("张敏")[-1].rungs == (("2", "snooze1"),), "d3 fell on the same moment and gave way or went along"


def test_the_due_day_and_what_follows_are_never_silenced(world: World) -> None:
    world.take(PLAN)
    world.set("2025-03-13 09:10")
    put_off(world, "next_workday", world.part("2"))
    assert {"d0", "w1"} <= {row.rung for row in world.reminders(world.part("2"))}
    world.set("2025-03-17 08:00")
    put_off(world, "next_workday", world.part("2"))
    world.until("2025-03-17 09:00")
    assert world.told("张敏")[-1].rungs[-1] == ("2", "w1")


def test_a_colleague_s_reminders_are_left_alone(world: World) -> None:
    world.take(PLAN)
    before = world.reminders(world.part("1", "交通局"))
    put_off(world, "next_workday", world.part("1"))
    assert world.reminders(world.part("1", "交通局")) == before
    with pytest.raises(NotYours):
        put_off(world, "next_workday", world.part("1", "交通局"))


def test_it_can_be_put_off_again_and_again(world: World) -> None:
    world.take(PLAN)
    for n in range(1, 4):
        put_off(world, "next_workday", world.part("1"))
        planned = [row.rung for row in world.reminders(world.part("1")) if row.rung.startswith("snooze")]
        assert planned == [f"snooze{n}"]
        world.now = world.reminders(world.part("1"))[0].push_at
        world.beat()


def test_what_is_reported_cannot_be_put_off(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27")), verification="bureau"))
    world.do("张敏", "report", world.part())
    again = put_off(world, "next_workday", world.part())
    assert (again.repeated, again.verb) == (True, "report")
    assert not [row for row in world.reminders(world.part()) if row.rung.startswith("snooze")]


def test_a_report_silences_what_was_put_off(world: World) -> None:
    world.take(PLAN)
    put_off(world, "next_workday", world.part("1"))
    world.do("张敏", "report", world.part("1"))
    assert world.reminders(world.part("1")) == []
