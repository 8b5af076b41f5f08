"""A revised plan: duties are compared by what they say, answers to unchanged ones stay, what is dropped is let go."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from schedules.plan import Duty, Plan
from schedules.timing import Every, Period
from storage.rows import PartRow
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, half_yearly, yearly
from tests.usecases.world import World

ONE = a_duty("1", by("2025-06-27"), roles=ENFORCERS)
TWO = a_duty("2", by("2025-09-30"))
THREE = a_duty("3", yearly(10, 31))


def numbered(duty: Duty, key: str) -> Duty:
    return replace(duty, key=key, item=key)


def states(world: World, item: str = "1", unit: str = "教育局") -> list[tuple[str, str, str]]:
    return [(part.due.isoformat(), part.state, part.reason) for part in world.parts(unit, item)]


def rungs(world: World, part: PartRow) -> list[str]:
    return [row.rung for row in world.reminders(part)]


def test_added_changed_dropped_and_unchanged_are_told_apart(world: World) -> None:
    world.take(a_plan(ONE, TWO, THREE))
    world.do("张敏", "receive", world.part("3"))
    later = replace(TWO, due=(by("2025-10-17"),))
    report = world.take(a_plan(later, THREE, a_duty("4", by("2025-12-31"))))
    assert report.added == (("4", "任务4"),)
    assert report.changed == (("2", "任务2"),)
    assert report.dropped == (("1", "任务1"),)
    assert report.unchanged == (("3", "任务3"),)
    assert world.part("3").state == "received"
    assert states(world, "2") == [("2025-09-30", "waived", "plan_revised"), ("2025-10-17", "open", "")]
    assert states(world, "1") == [("2025-06-27", "waived", "plan_revised")]
    assert rungs(world, world.part("1")) == []
    assert rungs(world, world.part("2", due="2025-10-17"))[:2] == ["assigned", "d30"]


def test_duties_that_swap_their_numbers_keep_their_answers(world: World) -> None:
    """The keys are unique: both must be set aside before either is given to the other."""
    world.take(a_plan(ONE, TWO, THREE))
    world.do("张敏", "report", world.part("1"), "见文件")
    codes = {part.title: part.code for part in world.parts()}
    report = world.take(a_plan(numbered(TWO, "1"), numbered(ONE, "2"), THREE))
    assert report.renumbered == (("1", "任务2"), ("2", "任务1"))
    assert report.unchanged == (("3", "任务3"),)
    assert (report.parts, report.added, report.changed, report.dropped) == (0, (), (), ())
    assert [(part.title, part.state, part.note) for part in world.parts(item="2")] == [("任务1", "reported", "见文件")]
    assert {part.title: part.code for part in world.parts()} == codes


def test_a_duty_squeezed_in_front_renumbers_the_rest_and_nothing_more(world: World) -> None:
    world.take(a_plan(ONE, TWO, THREE))
    world.do("张敏", "receive", world.part("2"))
    new = a_duty("1", by("2025-12-31"), title="新增")
    report = world.take(a_plan(new, numbered(ONE, "2"), numbered(TWO, "3"), numbered(THREE, "4")))
    assert [title for _, title in report.added] == ["新增"]
    assert len(report.renumbered) == 3
    assert report.parts == 1
    assert world.part("3").state == "received"


def test_a_number_given_to_another_duty_does_not_take_the_answer_along(world: World) -> None:
    """The report stays with the duty it answered, under the name it had; the new duty begins unanswered."""
    review = a_duty("1", by("2025-06-27"), title="案卷评查")
    world.take(a_plan(review, TWO))
    world.do("张敏", "report", world.part("1"), "评查报告")
    new = a_duty("1", by("2025-08-29"), title="组织培训")
    report = world.take(a_plan(new, TWO))
    assert (report.added, report.dropped, report.changed) == ((("1", "组织培训"),), (("1", "案卷评查"),), ())
    assert [(part.title, part.state, part.note) for part in world.parts(item="1")] == [
        ("案卷评查", "reported", "评查报告"),
        ("组织培训", "open", ""),
    ]


@pytest.mark.parametrize(
    ("revised", "why"),
    [
        (replace(TWO, title="任务2（修订）", due=(by("2025-10-17"),)), "the name is much the same"),
        (replace(TWO, key="9", item="9", due=(by("2025-10-17"),)), "another number and date, the same name"),
        (replace(TWO, title="换了说法"), "without a text: the same units by the same date"),
    ],
)
def test_a_duty_that_was_edited_is_still_itself(quick: World, revised: Duty, why: str) -> None:
    quick.take(a_plan(ONE, TWO))
    report = quick.take(a_plan(ONE, revised))
    assert (report.added, report.dropped) == ((), ()), why
    assert report.changed == ((revised.item, revised.title),)


def test_one_of_two_twins_may_go(world: World) -> None:
    """Two duties that say the same: the one whose number stays is itself, the other is the one dropped."""
    twin = numbered(ONE, "5")
    world.take(a_plan(ONE, twin))
    world.do("张敏", "receive", world.part("5"))
    report = world.take(a_plan(twin))
    assert (report.unchanged, report.dropped) == ((("5", "任务1"),), (("1", "任务1"),))
    assert world.part("5").state == "received"
    report = world.take(a_plan(numbered(ONE, "9"), twin))
    assert (report.unchanged, report.added) == ((("5", "任务1"),), (("9", "任务1"),))
    assert world.part("5").state == "received"


def test_what_was_reported_stays_when_its_duty_goes(world: World) -> None:
    world.take(a_plan(ONE, TWO))
    world.do("张敏", "report", world.part("1"), "已印发")
    world.take(a_plan(TWO))
    assert states(world) == [("2025-06-27", "reported", "")]
    assert states(world, unit="交通局") == [("2025-06-27", "waived", "plan_revised")]


def test_what_was_only_received_is_not_asked_for_any_more(world: World) -> None:
    """Nobody is chased for a duty that the plan has dropped; that it was received stays written."""
    world.take(a_plan(ONE, TWO))
    world.do("张敏", "receive", world.part("1"))
    world.take(a_plan(TWO))
    assert states(world) == [("2025-06-27", "waived", "plan_revised")]
    assert world.part("1").received_name == "张敏"
    assert rungs(world, world.part("1")) == []


def test_taking_the_same_revision_twice_changes_nothing_more(world: World) -> None:
    world.take(a_plan(ONE, TWO))
    revised = a_plan(replace(ONE, due=(by("2025-07-31"),)), TWO)
    world.take(revised)
    before = [states(world), states(world, unit="交通局")]
    for _ in range(2):
        report = world.take(revised)
        assert (report.changed, report.parts, report.reminders) == ((), 0, 0)
        assert [states(world), states(world, unit="交通局")] == before


def test_a_duty_dropped_by_mistake_comes_back_with_its_reminders(world: World) -> None:
    world.take(a_plan(ONE, TWO))
    before = rungs(world, world.part("1"))
    world.take(a_plan(TWO))
    world.set("2025-03-04 10:00")
    report = world.take(a_plan(ONE, TWO))
    assert report.added == (("1", "任务1"),), "to the reader it is new again"
    assert states(world) == [("2025-06-27", "open", "")]
    assert rungs(world, world.part("1")) == before


def test_a_date_moved_there_and_back_is_reminded_of_as_if_never_moved(world: World) -> None:
    world.take(a_plan(ONE, TWO))
    before = rungs(world, world.part("2"))
    for day in ("2025-10-17", "2025-09-30"):
        world.take(a_plan(ONE, replace(TWO, due=(by(day),))))
    assert [part.state for part in world.parts(item="2")] == ["open", "waived"]
    assert rungs(world, world.part("2", due="2025-09-30")) == before


def test_more_asked_on_the_same_date_raises_the_target(world: World) -> None:
    twice = a_duty("1", Every(Period.YEAR, month=10, day=31, min_count=2))
    world.take(a_plan(twice))
    world.do("张敏", "report", world.part())
    world.take(a_plan(replace(twice, due=(Every(Period.YEAR, month=10, day=31, min_count=3),))))
    part = world.part()
    assert (part.counted, part.target, part.state) == (Decimal(1), Decimal(3), "received")


def test_a_date_that_has_passed_when_the_revision_brings_it_is_history(world: World) -> None:
    world.take(a_plan(TWO))
    world.set("2025-08-01 10:00")
    report = world.take(a_plan(TWO, a_duty("7", by("2025-05-31"), by("2025-08-01", "今天"))))
    assert (report.past, report.parts) == (1, 1)
    assert [part.due for part in world.parts(item="7")] == [date(2025, 8, 1)]


def test_chasing_a_revision_follows_up_its_past_dates_too(world: World) -> None:
    world.take(a_plan(TWO))
    world.set("2025-08-01 10:00")
    report = world.take(a_plan(TWO, a_duty("7", by("2025-05-31"))), chase=True)
    assert (report.past, report.parts) == (0, 1)


def test_a_unit_named_no_longer_is_let_go_and_a_new_one_asked(world: World) -> None:
    world.take(a_plan(ONE))
    world.take(a_plan(replace(ONE, roles={"responsible": ("司法局",), "support": ("教育局",)})))
    assert states(world, unit="交通局") == [("2025-06-27", "waived", "unit_left")]
    assert [part.state for part in world.parts("司法局")] == ["open"]
    assert [part.state for part in world.parts("教育局")] == ["open"]


def test_a_plan_that_begins_to_verify_asks_the_bureau_about_what_was_reported(world: World) -> None:
    plan = a_plan(TWO)
    world.take(plan)
    world.do("张敏", "report", world.part("2"))
    world.take(replace(plan, verification="bureau"))
    assert (world.part("2").state, world.part("2").settled_at) == ("reported", None)
    world.do("李督办", "verify", world.part("2"))
    assert world.part("2").state == "verified"


def test_a_plan_that_stops_verifying_settles_what_waited(world: World) -> None:
    plan: Plan = a_plan(a_duty("1", half_yearly()), verification="bureau")
    world.take(plan)
    part = world.part(due="2025-06-30")
    world.do("张敏", "report", part)
    assert world.part(due="2025-06-30").settled_at is None
    world.take(replace(plan, verification="none"))
    assert world.part(due="2025-06-30").settled_at == world.now
