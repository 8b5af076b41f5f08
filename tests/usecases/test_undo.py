"""Undo: one's own last act, for ten minutes, and only while nobody has built upon it."""

from datetime import timedelta

import pytest

from storage.rows import PartRow
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import Verb, World
from usecases.answer import Act, undo
from usecases.errors import NothingToUndo

PLAN = a_plan(a_duty("1", by("2025-06-27")), a_duty("2", by("2025-09-30")))
VERIFIED = a_plan(a_duty("1", by("2025-06-27")), verification="bureau")


def apart_from_the_clock(part: PartRow) -> list[object]:
    """Everything a person can see; the sequence rises with every change, also with one that leads back."""
    return [getattr(part, name) for name in PartRow.__slots__ if name not in {"sequence", "changed_at"}]


@pytest.mark.parametrize("verb", ["receive", "report"])
@pytest.mark.parametrize(
    ("minutes", "works", "why"),
    [
        (0, True, "at once"),
        (9, True, "within ten minutes"),
        (10, True, "the window includes its last moment"),
        (10.01, False, "too late"),
        (600, False, "long ago"),
    ],
)
def test_an_act_can_be_taken_back_for_ten_minutes(
    quick: World, verb: Verb, minutes: float, works: bool, why: str
) -> None:
    quick.take(PLAN)
    before, reminders = quick.part(), quick.reminders(quick.part())
    done = quick.do("张敏", verb, before, "写错了")
    assert done.undo_until == quick.now + timedelta(minutes=10)
    acted = quick.part()
    quick.now += timedelta(minutes=minutes)
    if works:
        assert quick.do("张敏", "undo", acted).verb == "undo"
        assert apart_from_the_clock(quick.part()) == apart_from_the_clock(before), why
        assert quick.part().sequence == before.sequence + 2
        assert quick.reminders(quick.part()) == reminders
    else:
        with pytest.raises(NothingToUndo):
            quick.do("张敏", "undo", acted)
        assert quick.part() == acted, why


@pytest.mark.parametrize("who", ["王副", "赵局", "李督办"])
def test_nobody_takes_back_what_somebody_else_did(quick: World, who: str) -> None:
    quick.take(PLAN)
    quick.do("张敏", "report", quick.part())
    before = quick.part()
    with pytest.raises(NothingToUndo):
        quick.do(who, "undo", before)
    assert quick.part() == before


def test_acts_are_taken_back_one_by_one_newest_first(world: World) -> None:
    world.take(PLAN)
    start = world.part()
    world.do("张敏", "receive", start)
    world.do("张敏", "report", start)
    assert world.do("张敏", "undo", start).part.state == "received"
    assert world.do("张敏", "undo", start).part.state == "open"
    with pytest.raises(NothingToUndo):
        world.do("张敏", "undo", start)
    assert apart_from_the_clock(world.part()) == apart_from_the_clock(start)


def test_without_a_part_named_the_very_last_act_is_meant(world: World) -> None:
    world.take(PLAN)
    world.do("张敏", "receive", world.part("1"))
    world.do("张敏", "receive", world.part("2"))
    act = Act(world.officer("张敏"), "chat")
    with world.desk() as desk:
        assert undo(desk, act).part.item == "2"
        assert undo(desk, act).part.item == "1"
        with pytest.raises(NothingToUndo):
            undo(desk, act)


def test_a_colleague_s_later_report_is_not_taken_along(world: World) -> None:
    """张敏 received it, 王副 reported it: undoing the receipt would silently undo the report."""
    world.take(PLAN)
    world.do("张敏", "receive", world.part())
    world.do("王副", "report", world.part())
    before = world.part()
    with pytest.raises(NothingToUndo):
        world.do("张敏", "undo", before)
    assert world.part() == before


@pytest.mark.parametrize("decision", ["verify", "return"])
def test_what_the_bureau_has_decided_on_stays(world: World, decision: Verb) -> None:
    world.take(VERIFIED)
    world.do("张敏", "report", world.part())
    world.do("李督办", decision, world.part(), "理由")
    before = world.part()
    with pytest.raises(NothingToUndo):
        world.do("张敏", "undo", before)
    assert world.part() == before


@pytest.mark.parametrize("decision", ["verify", "return"])
def test_the_bureau_may_take_its_decision_back(world: World, decision: Verb) -> None:
    world.take(VERIFIED)
    world.do("张敏", "report", world.part(), "已印发")
    before = world.part()
    world.do("李督办", decision, before, "理由")
    world.do("李督办", "undo", before)
    assert apart_from_the_clock(world.part()) == apart_from_the_clock(before)


def test_what_the_plan_took_away_meanwhile_stays_away(world: World) -> None:
    world.take(PLAN)
    world.do("张敏", "receive", world.part())
    world.take(a_plan(PLAN.duties[1]))
    with pytest.raises(NothingToUndo):
        world.do("张敏", "undo", world.part())
    assert world.part().state == "waived"


def test_a_reminder_whose_moment_passed_in_between_still_comes(world: World) -> None:
    """Reported at 08:55 by mistake, taken back at 09:04: the message of 09:00 must not be lost."""
    world.take(PLAN)
    world.beat()
    world.set("2025-06-27 08:55")
    world.do("张敏", "report", world.part())
    world.until("2025-06-27 09:04")
    assert [heard.rungs for heard in world.told("张敏")] == [(("1", "assigned"), ("2", "assigned"))]
    world.do("张敏", "undo", world.part())
    world.beat()
    assert world.told("张敏")[-1].rungs == (("1", "d0"),)


def test_other_people_s_acts_on_other_parts_do_not_matter(world: World) -> None:
    world.take(PLAN)
    world.do("张敏", "receive", world.part("1"))
    world.do("王副", "report", world.part("2"))
    assert world.do("张敏", "undo", world.part("1")).part.state == "open"
