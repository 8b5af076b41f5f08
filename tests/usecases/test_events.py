"""Events: registering one starts the duties counted from it, cancelling takes them away, moving is both."""

from datetime import date

import pytest

from schedules.timing import Event
from storage.rows import PartRow
from tests.usecases.office import ENFORCERS, a_duty, a_plan, after, by
from tests.usecases.world import World
from usecases import events
from usecases.errors import NoSuchEvent, NoSuchPlan, NotAllowed

PUBLISHED, NOTIFIED = "发布之日", "接到通知"
PLAN = a_plan(
    a_duty("1", after(PUBLISHED, 15), roles=ENFORCERS),
    a_duty("2", Event(NOTIFIED, 5, "working")),
    a_duty("3", by("2025-12-31")),
)


def states(world: World, item: str = "1") -> list[tuple[str, str]]:
    return [(part.due.isoformat(), part.state) for part in world.parts(item=item)]


def assigned(world: World, part: PartRow) -> bool:
    return "assigned" in {row.rung for row in world.reminders(part)}


def test_nothing_is_due_before_the_event(world: World) -> None:
    world.take(PLAN)
    assert states(world, "1") == states(world, "2") == []
    with world.office.read(world.now) as desk:
        assert events.known_events(desk, "p") == [PUBLISHED, NOTIFIED]
        assert events.list_events(desk) == []
        assert events.find_event(desk, "通知") == [("p", NOTIFIED)]


def test_the_event_starts_what_is_counted_from_it(world: World) -> None:
    """15 days after Saturday 8 March is Sunday 23 March: counted days that end on a day off move to Monday."""
    world.take(PLAN)
    with world.desk() as desk:
        report = events.add_event(desk, "p", PUBLISHED, date(2025, 3, 8))
    assert (report.first, report.new_parts) == (True, 2)
    assert states(world) == [("2025-03-24", "open")]
    assert world.part().rule_day == date(2025, 3, 23)
    assert assigned(world, world.part()), "whatever an event starts is told of"
    assert states(world, "2") == []


def test_working_days_are_counted_over_a_make_up_sunday(world: World) -> None:
    """5 working days after Friday 24 January 2025: 26 (make-up Sunday), 27, then Spring Festival, 5, 6, 7 February."""
    world.set("2025-01-24 10:00")
    world.take(PLAN)
    world.happen(NOTIFIED, "2025-01-24")
    assert states(world, "2") == [("2025-02-07", "open")]


def test_the_same_event_twice_is_one(world: World) -> None:
    world.take(PLAN)
    world.happen(PUBLISHED, "2025-03-10")
    with world.desk() as desk:
        again = events.add_event(desk, "p", PUBLISHED, date(2025, 3, 10))
    assert (again.first, again.new_parts, again.reminders) == (False, 0, 0)
    assert len(states(world)) == 1


def test_another_day_is_another_event(world: World) -> None:
    world.take(PLAN)
    world.happen(PUBLISHED, "2025-03-10")
    world.happen(PUBLISHED, "2025-04-10")
    assert states(world) == [("2025-03-25", "open"), ("2025-04-25", "open")]


def test_a_cancelled_event_lets_go_of_what_nobody_reported(world: World) -> None:
    world.take(PLAN)
    event = world.happen(PUBLISHED, "2025-03-10")
    world.beat()
    world.do("刘强", "report", world.part(unit="交通局"))
    with world.desk() as desk:
        events.cancel_event(desk, event)
    assert states(world) == [("2025-03-25", "waived")]
    assert world.part(unit="交通局").state == "reported"
    assert world.reminders(world.part()) == []
    world.beat()
    assert len(world.told("张敏", kind="say")) == 1, "whoever was told of it is told that it is off"
    with pytest.raises(NoSuchEvent), world.desk() as desk:
        events.cancel_event(desk, event)


def test_a_moved_event_is_cancelled_and_registered_anew(world: World) -> None:
    world.take(PLAN)
    event = world.happen(PUBLISHED, "2025-03-10")
    with world.desk() as desk:
        events.cancel_event(desk, event)
        events.add_event(desk, "p", PUBLISHED, date(2025, 3, 12))
    assert states(world) == [("2025-03-25", "waived"), ("2025-03-27", "open")]


def test_an_event_cancelled_by_mistake_can_be_registered_again(world: World) -> None:
    world.take(PLAN)
    event = world.happen(PUBLISHED, "2025-03-10")
    with world.desk() as desk:
        events.cancel_event(desk, event)
    world.happen(PUBLISHED, "2025-03-10")
    assert [state for _, state in states(world)] == ["waived", "open"]
    assert {part.due for part in world.parts(item="1")} == {date(2025, 3, 25)}


def test_an_event_registered_late_is_overdue_and_told_of(world: World) -> None:
    """The notice came in January and was forgotten: the duty was due, and hiding it would help nobody."""
    world.set("2025-01-10 10:00")
    world.take(PLAN)
    world.set("2025-03-03 10:00")
    world.happen(NOTIFIED, "2025-01-13")
    part = world.part("2")
    assert (part.due, part.state) == (date(2025, 1, 20), "open")
    world.beat()
    assert world.told("张敏")[-1].rungs[-1] == ("2", "assigned")


def test_an_event_from_before_the_plan_was_followed_is_history(world: World) -> None:
    world.take(PLAN)
    world.happen(NOTIFIED, "2025-01-13")
    assert states(world, "2") == []


def test_a_revision_keeps_what_an_event_has_started(world: World) -> None:
    world.take(PLAN)
    world.happen(PUBLISHED, "2025-03-10")
    world.do("张敏", "receive", world.part())
    before = world.parts()
    report = world.take(PLAN)
    assert (report.parts, len(report.unchanged)) == (0, 3)
    assert world.parts() == before


def test_what_nobody_waits_for_cannot_happen(world: World) -> None:
    world.take(PLAN)
    with pytest.raises(NoSuchEvent, match=PUBLISHED), world.desk() as desk:
        events.add_event(desk, "p", "会议召开", date(2025, 3, 10))
    with pytest.raises(NoSuchPlan, match="imported are: p"), world.desk() as desk:
        events.add_event(desk, "q", PUBLISHED, date(2025, 3, 10))


@pytest.mark.parametrize("who", ["周审计"])
def test_whoever_only_reads_registers_nothing(world: World, who: str) -> None:
    world.take(PLAN)
    officer = world.officer(who)
    with pytest.raises(NotAllowed), world.desk() as desk:
        events.add_event(desk, "p", PUBLISHED, date(2025, 3, 10), by=officer)
    assert states(world) == []
