"""What comes in is stored, then handled: effect and "handled" together, one bad row never in the way of the others."""

import logging

import pytest

from schedules.errors import RuqiError
from storage import inbox as rows
from storage.rows import InboxRow
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from usecases import enroll, inbox
from usecases.answer import Act, receive
from usecases.office import Desk

PLAN = a_plan(a_duty("1", by("2025-06-27")), a_duty("2", by("2025-09-30")))


def come(world: World, source_id: str, **payload: object) -> bool:
    with world.desk() as desk:
        return inbox.take_in(desk, channel="chat", account="bot", source_id=source_id, payload=payload)


def press(desk: Desk, row: InboxRow) -> None:
    """Receive the part that is named; fail after the effect where asked to."""
    receive(desk, Act(enroll.find_officer(desk, "张敏"), "chat"), row.payload["part"])
    if row.payload.get("fails"):
        raise KeyError(row.payload["fails"])


def handle(world: World) -> int:
    return inbox.handle_waiting(world.office, world.now, "chat", press)


def stored(world: World) -> list[tuple[str, int, bool, str]]:
    with world.office.read(world.now) as desk:
        found = (rows.by_source(desk.tx, "chat", "bot", str(n)) for n in range(1, 10))
        return [(row.source_id, row.attempts, row.handled_at is not None, row.error) for row in found if row]


def test_what_came_has_its_effect_once(world: World) -> None:
    world.take(PLAN)
    assert come(world, "1", part=world.part("1").id)
    assert not come(world, "1", part=world.part("2").id), "the same id again is the same thing"
    assert handle(world) == 1
    assert handle(world) == 0
    assert [part.state for part in world.parts()] == ["received", "open"]
    assert stored(world) == [("1", 0, True, "")]


def test_polling_goes_on_where_it_was(world: World) -> None:
    come(world, "7")
    come(world, "6")
    with world.office.read(world.now) as desk:
        assert inbox.last_source(desk, "chat", "bot") == 7
        assert inbox.last_source(desk, "chat", "another") is None


def test_a_failing_row_leaves_no_half_effect(world: World) -> None:
    world.take(PLAN)
    come(world, "1", part=world.part("1").id, fails="broken")
    assert handle(world) == 0
    assert world.part("1").state == "open"
    assert stored(world) == [("1", 1, False, "KeyError: 'broken'")]


def test_the_others_go_on_and_after_three_tries_the_bad_one_is_set_aside(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.take(PLAN)
    come(world, "1", part=world.part("1").id, fails="broken")
    come(world, "2", part=world.part("2").id)
    with caplog.at_level(logging.ERROR):
        assert [handle(world) for _ in range(5)] == [1, 0, 0, 0, 0]
    assert [part.state for part in world.parts()] == ["open", "received"]
    assert stored(world) == [("1", 3, True, "KeyError: 'broken'"), ("2", 0, True, "")]
    assert len(caplog.records) == 3, "and it was said aloud each time"
    with world.office.read(world.now) as desk:
        assert [row.source_id for row in rows.poison(desk.tx)] == ["1"]


def test_a_passing_trouble_is_got_over(world: World) -> None:
    world.take(PLAN)
    come(world, "1", part=world.part("1").id)
    troubles = iter([RuqiError("busy"), RuqiError("busy")])

    def sometimes(desk: Desk, row: InboxRow) -> None:
        if trouble := next(troubles, None):
            raise trouble
        press(desk, row)

    done = [inbox.handle_waiting(world.office, world.now, "chat", sometimes) for _ in range(3)]
    assert done == [0, 0, 1]
    assert world.part("1").state == "received"


def test_only_its_own_channel_is_handled(world: World) -> None:
    world.take(PLAN)
    come(world, "1", part=world.part("1").id)
    assert inbox.handle_waiting(world.office, world.now, "web", press) == 0
    assert stored(world)[0][2] is False


def test_a_failure_that_passed_is_no_poison(world: World) -> None:
    """It was handled in the end: the status page does not show it, and a press is answered."""
    with world.desk() as desk:
        inbox.take_in(desk, channel="chat", account="b", source_id="1", payload={})
    fails = [RuntimeError("the database was away")]

    def handler(desk: Desk, row: InboxRow) -> None:
        if fails:
            raise fails.pop()

    assert inbox.handle_waiting(world.office, world.now, "chat", handler) == 0
    assert inbox.handle_waiting(world.office, world.now, "chat", handler) == 1
    with world.desk() as desk:
        assert rows.poison(desk.tx) == []
