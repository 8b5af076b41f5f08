"""An event registered, moved or cancelled by mistake is taken back: what it set going stands as it stood, uncounted."""

from datetime import date

import pytest
from sqlalchemy import select

from storage import people
from storage.tables import timeline
from tests.usecases.office import ENFORCERS, a_duty, a_plan, after, by
from tests.usecases.world import World
from usecases import events
from usecases.acting import Act
from usecases.errors import NotAllowed, NothingToUndo
from usecases.statistics import statistics
from usecases.undo_event import EventUndone, undo_event

EVENT = "发布之日"
PLAN = a_plan(a_duty("1", after(EVENT, 15), roles=ENFORCERS), a_duty("2", by("2025-12-31")))
Row = tuple[int, str, date, date, str]


def registers(world: World, who: str = "张敏", day: str = "2025-03-10") -> int:
    officer = world.officer(who)
    with world.desk() as desk:
        done = events.add_event(desk, "p", EVENT, date.fromisoformat(day), by=officer, door="telegram")
    return done.event_id


def undoes(world: World, who: str = "张敏") -> EventUndone | None:
    officer = world.officer(who)
    with world.desk() as desk:
        return undo_event(desk, Act(officer, "telegram"))


def moves(world: World, event: int, day: str, who: str = "李督办") -> None:
    officer = world.officer(who)
    with world.desk() as desk:
        events.move_event(desk, event, date.fromisoformat(day), by=officer, door="telegram")


def cancels(world: World, event: int) -> None:
    officer = world.officer("李督办")
    with world.desk() as desk:
        events.cancel_event(desk, event, by=officer, door="telegram")


def rows(world: World) -> list[Row]:
    return [(part.id, part.state, part.due, part.rule_day, part.reason) for part in world.parts()]


def planned(world: World) -> list[list[tuple[str, str]]]:
    return [sorted((r.rung, f"{r.push_at}") for r in world.reminders(part, state="planned")) for part in world.parts()]


def said(world: World, who: str) -> str:
    return "\n".join(heard.text for heard in world.told(who, kind="say"))


def test_what_it_started_ends_is_told_and_is_never_counted(world: World) -> None:
    world.take(PLAN)
    registers(world)
    world.beat()
    world.do("刘强", "receive", world.part(unit="交通局"))
    assert undoes(world) == EventUndone("event", EVENT, date(2025, 3, 10), 2)
    assert {(part.state, part.reason) for part in world.parts(item="1")} == {("waived", "event_undone")}
    assert world.reminders(world.part(), state="planned") == []
    world.beat()
    assert "登记有误，已撤销" in said(world, "刘强")
    with world.office.read(world.now) as desk:
        counted = statistics(desk, date(2025, 1, 1), date(2025, 12, 31)).total
        assert (counted.due, counted.waived) == (0, 0)
        assert events.list_events(desk) == []
        (row,) = [one for one in desk.tx.execute(select(timeline)) if one.verb == "undo"]
    assert (row.officer_id, row.door, row.words) == (world.officer("张敏").id, "telegram", f"{EVENT} 2025-03-10")
    registers(world)
    assert sorted(part.state for part in world.parts(item="1")) == ["open", "waived"]
    assert world.take(PLAN).parts == 0, "unfolding again brings nothing back"


def test_who_was_never_told_hears_nothing(world: World) -> None:
    world.take(PLAN)
    registers(world)
    undoes(world)
    world.beat()
    assert said(world, "刘强") == ""


def test_a_move_goes_back_with_every_date(world: World) -> None:
    world.take(PLAN)
    event = registers(world)
    world.beat()
    before = rows(world), planned(world)
    moves(world, event, "2025-04-10")
    assert world.part().due == date(2025, 4, 25)
    assert undoes(world, "李督办") == EventUndone("event_moved", EVENT, date(2025, 3, 10), 2)
    assert (rows(world), planned(world)) == before


def test_a_cancelled_event_stands_again_with_its_answers(world: World) -> None:
    world.take(PLAN)
    event = registers(world)
    world.beat()
    world.do("刘强", "receive", world.part(unit="交通局"))
    before = rows(world), planned(world)
    cancels(world, event)
    assert undoes(world, "李督办") == EventUndone("event_cancelled", EVENT, date(2025, 3, 10), 2)
    assert (rows(world), planned(world)) == before
    with world.office.read(world.now) as desk:
        assert [one.id for one in events.list_events(desk)] == [event]


def test_what_was_overdue_when_it_was_cancelled_comes_back_too(world: World) -> None:
    world.take(PLAN)
    event = registers(world)
    world.until("2025-03-28 10:00")
    before = rows(world)
    cancels(world, event)
    undoes(world, "李督办")
    assert rows(world) == before


def test_only_ones_own_within_the_minutes_and_the_last_first(world: World) -> None:
    world.take(PLAN)
    registers(world)
    assert undoes(world, "李督办") is None, "somebody else's"
    world.do("张敏", "receive", world.part())
    assert undoes(world) is None, "a part is what they touched last"
    world.do("张敏", "undo", world.part())
    assert undoes(world) is not None
    assert undoes(world) is None, "once"
    registers(world, day="2025-03-11")
    world.set(f"{world.today} 23:00")
    assert undoes(world) is None, "too late"


def test_not_once_a_unit_has_reported_or_the_bureau_has_moved_it(world: World) -> None:
    world.take(PLAN)
    event = registers(world)
    world.do("刘强", "report", world.part(unit="交通局"))
    with pytest.raises(NothingToUndo):
        undoes(world)
    world.do("刘强", "undo", world.part(unit="交通局"))
    moves(world, event, "2025-04-10")
    with pytest.raises(NothingToUndo):
        undoes(world)
    undoes(world, "李督办")
    assert undoes(world) is not None


def test_whoever_may_move_no_more_takes_no_move_back(world: World) -> None:
    world.take(PLAN)
    moves(world, registers(world), "2025-04-10")
    bureau = world.officer("李督办")
    with world.desk() as desk:
        people.change_officer(desk.tx, bureau.id, role="auditor")
    with pytest.raises(NotAllowed):
        undoes(world, "李督办")
