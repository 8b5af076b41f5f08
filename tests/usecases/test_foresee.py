"""What is foreseen is what happens: messages counted from the plan agree with a year that is played out."""

from collections import Counter
from datetime import date, timedelta

import pytest

from schedules.plan import Plan
from schedules.timing import Every, Period
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, half_yearly, hours, yearly
from tests.usecases.world import World
from usecases.foresee import Foreseen, foresee
from usecases.play import preview

MANY = a_plan(
    a_duty("1", by("2025-01-31", "初稿"), by("2025-06-30", "定稿"), roles=ENFORCERS),
    a_duty("2", yearly(10, 31), roles={"lead": ("教育局",), "support": ("交通局", "司法局")}),
    a_duty("3", half_yearly(2)),
    a_duty("4", Every(Period.MONTH, day=5), roles=ENFORCERS),
    a_duty("5", Every(Period.QUARTER, day=20)),
    a_duty("6", hours("60")),
    a_duty("7"),
)


def foreseen(world: World, plan: Plan, *, chase: bool = False, first: int = 12) -> Foreseen:
    return foresee(world.office, plan, world.now, world.today + timedelta(days=366), chase=chase, first=first)


@pytest.mark.parametrize("chase", [False, True])
def test_it_agrees_with_the_year_played_out(quick: World, *, chase: bool) -> None:
    """Both happen in a store in memory, whatever the office's own is."""
    world = quick
    seen = foreseen(world, MANY, chase=chase)
    played = preview(world.office, MANY, world.now, world.today + timedelta(days=366), chase=chase)
    assert dict(seen.months) == Counter(one.at.strftime("%Y-%m") for one in played.messages)
    assert {(unit, name): n for unit, name, n in seen.people} == Counter((o.unit, o.officer) for o in played.messages)
    assert seen.messages == len(played.messages)
    assert list(seen.first) == played.messages[:12]
    assert {(item, day, stage) for day, item, _, stage in seen.due} == set(played.due)
    assert (seen.report.past, seen.report.parts) == (played.imports[0].past, played.imports[0].parts)


def test_past_dates_are_told_only_when_they_are_chased(quick: World) -> None:
    world = quick
    plan = a_plan(a_duty("1", by("2025-01-31")))
    silent, chased = foreseen(world, plan), foreseen(world, plan, chase=True)
    assert (silent.messages, silent.report.past) == (0, 1)
    assert chased.messages > 0
    assert "已过期" in chased.first[0].message.text


def test_nothing_is_written(world: World) -> None:
    foreseen(world, MANY)
    assert world.parts() == []
    assert foreseen(world, a_plan()).due == ()


def test_dates_carry_the_title_of_their_own_duty(quick: World) -> None:
    world = quick
    plan = a_plan(a_duty("1", by("2025-06-30")), a_duty("1a", by("2025-05-31"), title="其中一件"))
    assert [(day, title) for day, _, title, _ in foreseen(world, plan).due] == [
        (date(2025, 5, 31), "其中一件"),
        (date(2025, 6, 30), "任务1"),
    ]
