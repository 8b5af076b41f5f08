"""A review cycle 复查: the next occurrence is counted from the day on which the last one was completed as a whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from feeds.wording import description
from schedules.timing import AfterDone
from storage.rows import PartRow
from tests.usecases.office import ENFORCERS, a_duty, a_plan
from tests.usecases.world import World
from usecases.feed_view import entries

FIRST = "2025-03-31"
CYCLE = AfterDone(date(2025, 3, 31), months=3)


def begin(world: World, *, joint: bool = False, verification: str = "none") -> World:
    roles = {"roles": ENFORCERS} if joint else {}
    world.take(a_plan(a_duty("1", CYCLE, title="执法案卷复查", **roles), verification=verification))
    world.until("2025-03-05 10:00")
    return world


def stands(world: World, unit: str = "教育局") -> list[tuple[str, str]]:
    """(due, state) of the unit's parts, without those taken back."""
    return [(part.due.isoformat(), part.state) for part in world.parts(unit) if part.reason != "last_reopened"]


def at(world: World, due: str, unit: str = "教育局") -> PartRow:
    return world.part("1", unit, due)


def told_why(world: World, part: PartRow) -> str:
    with world.desk() as desk:
        return "\n".join(description("zh", entries(desk, [part.id])[part.id]))


def test_done_early_then_late(world: World) -> None:
    begin(world)
    assert stands(world) == [(FIRST, "open")]
    world.until("2025-03-27 10:00")
    world.do("张敏", "report", at(world, FIRST), "已复查")
    assert stands(world) == [(FIRST, "reported"), ("2025-06-27", "open")], "in the same transaction"
    assert "上一期 3月27日(周四)办结后 3 个月" in told_why(world, at(world, "2025-06-27"))
    assert "办结后" not in told_why(world, at(world, FIRST))
    world.until("2025-03-27 10:10")
    assert world.told("张敏")[-1].rungs == (("1", "assigned"),), "a date that nobody could know before"
    world.until("2025-07-03 10:00")
    assert world.told("赵局"), "overdue like any other"
    world.do("张敏", "report", at(world, "2025-06-27"), "迟了")
    assert stands(world)[-1] == ("2025-10-09", "open"), "3 October falls into the holidays, the next working day"
    part = at(world, "2025-10-09")
    assert part.rule_day == date(2025, 10, 3)
    report = world.take(a_plan(a_duty("1", CYCLE, title="执法案卷复查")))
    assert (report.parts, report.reminders) == (0, 0), "unfolding again changes nothing"
    world.until("2025-07-05 10:00")
    assert len(world.parts()) == 3


def test_undone_it_vanishes_and_done_again_on_another_day_it_is_the_same_one(world: World) -> None:
    begin(world)
    world.set("2025-03-27 23:58")
    world.do("张敏", "report", at(world, FIRST))
    following = at(world, "2025-06-27")
    world.set("2025-03-28 00:03")
    world.do("张敏", "undo", at(world, FIRST))
    assert stands(world) == [(FIRST, "open")]
    assert not world.reminders(following)
    world.until("2025-04-02 10:00")
    world.do("张敏", "report", at(world, FIRST))
    again = at(world, "2025-07-02")
    assert (again.id, again.code, again.state, again.rule_day) == (
        following.id,
        following.code,
        "open",
        date(2025, 7, 2),
    )
    assert world.reminders(again)
    assert "4月2日" in told_why(world, again)


def test_verified_counts_and_returned_or_reopened_takes_it_back(world: World) -> None:
    begin(world, verification="bureau")
    world.do("张敏", "report", at(world, FIRST))
    assert stands(world) == [(FIRST, "reported")], "reported is not completed here"
    world.do("李督办", "return", at(world, FIRST), "缺签到表")
    world.do("张敏", "report", at(world, FIRST))
    world.until("2025-03-10 10:00")
    world.do("李督办", "verify", at(world, FIRST))
    assert stands(world)[1:] == [("2025-06-10", "open")], "the day it was closed"
    world.until("2025-03-11 10:00")
    world.deed("李督办", "reopen", at(world, FIRST), "数据有误")
    assert stands(world) == [(FIRST, "received")]
    world.until("2025-03-11 10:10")
    assert any("上一期重新办理" in heard.text for heard in world.told("张敏", kind="say"))
    world.do("张敏", "report", at(world, FIRST))
    world.until("2025-03-14 10:00")
    world.do("李督办", "verify", at(world, FIRST))
    assert stands(world)[1:] == [("2025-06-16", "open")], "14 June is a Saturday"


def test_undone_with_the_next_one_received_by_the_deputy_it_stays(world: World) -> None:
    begin(world)
    world.do("张敏", "report", at(world, FIRST))
    world.do("王副", "receive", at(world, "2025-06-05"))
    world.set("2025-03-05 10:05")
    world.do("张敏", "undo", at(world, FIRST))
    assert stands(world) == [(FIRST, "open"), ("2025-06-05", "received")]
    assert world.view(at(world, "2025-06-05")).counted_from is not None, "it still tells where its date is from"


def test_reopened_with_the_next_one_received(world: World) -> None:
    begin(world, verification="bureau")
    world.do("张敏", "report", at(world, FIRST))
    world.do("李督办", "verify", at(world, FIRST))
    world.do("张敏", "receive", at(world, "2025-06-05"))
    world.until("2025-03-07 10:00")
    world.deed("李督办", "reopen", at(world, FIRST), "数据有误")
    assert stands(world) == [(FIRST, "received"), ("2025-06-05", "received")]
    world.do("张敏", "report", at(world, FIRST))
    world.do("李督办", "verify", at(world, FIRST))
    assert stands(world) == [(FIRST, "verified"), ("2025-06-05", "received")], "it stands where it stood"


def test_a_joint_duty_waits_for_its_last_unit_and_waived_counts_as_ended(world: World) -> None:
    begin(world, joint=True)
    world.do("张敏", "report", at(world, FIRST))
    assert len(world.parts()) == 1, "the other unit's part is open"
    world.until("2025-03-20 10:00")
    world.do("刘强", "report", at(world, FIRST, "交通局"))
    assert stands(world, "教育局")[1:] == stands(world, "交通局")[1:] == [("2025-06-20", "open")]
    world.do("张敏", "report", at(world, "2025-06-20"))
    world.until("2025-03-24 10:00")
    world.deed("李督办", "waive", at(world, "2025-06-20", "交通局"), "本期不查")
    assert stands(world)[2:] == [("2025-06-24", "open")]
    world.deed("李督办", "reopen", at(world, "2025-06-20", "交通局"), "还是要查")
    assert len(stands(world)) == len(stands(world, "交通局")) == 2


def test_two_units_at_once_make_one_next_occurrence(crowded: World) -> None:
    begin(crowded, joint=True)
    mine = [("张敏", at(crowded, FIRST)), ("刘强", at(crowded, FIRST, "交通局"))]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: crowded.do(one[0], "report", one[1]), mine))
    assert stands(crowded)[1:] == stands(crowded, "交通局")[1:] == [("2025-06-05", "open")]


@pytest.mark.parametrize("other", [AfterDone(date(2025, 3, 31), months=6), AfterDone(date(2025, 3, 31), days=10)])
def test_a_revised_interval_moves_what_nobody_touched(quick: World, other: AfterDone) -> None:
    begin(quick)
    quick.do("张敏", "report", at(quick, FIRST))
    before = at(quick, "2025-06-05")
    quick.take(a_plan(a_duty("1", other, title="执法案卷复查")))
    (moved,) = [part for part in quick.parts() if part.id == before.id]
    assert (moved.due, moved.state) == (date(2025, 9, 5) if other.months else date(2025, 3, 17), "open")
    assert len(quick.parts()) == 2


def test_a_plan_taken_in_late_asks_for_the_first_date_ahead(quick: World) -> None:
    late = AfterDone(date(2024, 9, 30), months=3)
    quick.take(a_plan(a_duty("1", late)))
    assert stands(quick) == [("2025-03-31", "open")], "30 March is a Sunday"
