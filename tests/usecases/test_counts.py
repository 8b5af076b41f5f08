"""Counting duties: several reports or an amount are asked for, and only what meets the target closes the part."""

from decimal import Decimal

import pytest

from tests.usecases.office import a_duty, a_plan, half_yearly, hours
from tests.usecases.world import World
from usecases.errors import BadAmount

TWICE = a_plan(a_duty("1", half_yearly(2)))
SIXTY = a_plan(a_duty("1", hours("60")))
NONE, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)
FIRST_HALF, YEAR_END = "2025-06-30", "2025-12-31"


def test_one_of_two_is_received_and_two_of_two_is_reported(world: World) -> None:
    world.take(TWICE)
    first = world.do("张敏", "report", world.part(due=FIRST_HALF), "第一次")
    assert (first.verb, first.part.state, first.part.counted, first.part.target) == ("count", "received", ONE, TWO)
    assert first.undo_until is not None
    assert world.reminders(world.part(due=FIRST_HALF)) != []
    second = world.do("王副", "report", world.part(due=FIRST_HALF), "第二次")
    assert (second.verb, second.part.state, second.part.counted) == ("report", "reported", TWO)
    part = world.part(due=FIRST_HALF)
    assert (part.received_name, part.reported_name, part.note) == ("张敏", "王副", "第二次")
    assert world.reminders(part) == []
    assert world.part(due=YEAR_END).counted == 0


def test_a_count_can_be_taken_back(world: World) -> None:
    world.take(TWICE)
    world.do("张敏", "receive", world.part(due=FIRST_HALF))
    world.do("张敏", "report", world.part(due=FIRST_HALF), "误报")
    undone = world.do("张敏", "undo", world.part(due=FIRST_HALF))
    assert (undone.part.state, undone.part.counted, undone.part.note) == ("received", NONE, "")


@pytest.mark.parametrize(
    ("amounts", "counted", "state", "why"),
    [
        (["20"], "20", "received", "not enough yet"),
        (["20", "20", "20"], "60", "reported", "met exactly"),
        (["59.5", "0.5"], "60.0", "reported", "halves add up"),
        (["80"], "80", "reported", "more than asked"),
        ([""], "60", "reported", "a bare 完成 means all that is left"),
        (["20", ""], "60", "reported", "all that is left after 20"),
        (["0.1"] * 3, "0.3", "received", "tenths stay tenths"),
    ],
)
def test_amounts_add_up_to_the_target(world: World, amounts: list[str], counted: str, state: str, why: str) -> None:
    world.take(SIXTY)
    for amount in amounts:
        world.do("张敏", "report", world.part(due=YEAR_END), amount=amount)
    part = world.part(due=YEAR_END)
    assert (part.counted, part.state) == (Decimal(counted), state), why


@pytest.mark.parametrize("amount", ["0", "-1", "1000001", "0.00001", "1E-30", "NaN", "Infinity", "1." + "3" * 40])
def test_what_is_no_amount_is_refused_and_changes_nothing(quick: World, amount: str) -> None:
    quick.take(SIXTY)
    before = quick.part(due=YEAR_END)
    with pytest.raises(BadAmount):
        quick.do("张敏", "report", before, amount=amount)
    assert quick.part(due=YEAR_END) == before


def test_after_the_target_is_met_another_report_changes_nothing(world: World) -> None:
    world.take(SIXTY)
    world.do("张敏", "report", world.part(due=YEAR_END), amount="60")
    again = world.do("王副", "report", world.part(due=YEAR_END), amount="5")
    assert (again.repeated, again.by) == (True, "张敏")
    assert world.part(due=YEAR_END).counted == 60


def test_a_return_begins_the_count_anew(world: World) -> None:
    world.take(a_plan(a_duty("1", half_yearly(2)), verification="bureau"))
    part = world.part(due=FIRST_HALF)
    world.do("张敏", "report", part)
    world.do("张敏", "report", part)
    world.do("李督办", "return", part, "材料不全")
    assert (world.part(due=FIRST_HALF).state, world.part(due=FIRST_HALF).counted) == ("received", NONE)
