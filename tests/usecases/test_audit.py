"""The product's auditor: clean on a real history, and every broken promise is found by its name."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage import deliveries
from storage.engine import Store
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases import deliver
from usecases.audit import GRACE, SLICE, Report, Rounds, audit_all, audit_pass
from usecases.remind import hand_over

PLAN = a_plan(a_duty("1", by("2025-03-10"), roles=ENFORCERS), a_duty("2", by("2025-04-30")))
DIGEST = "(SELECT min(id) FROM delivery WHERE kind = 'digest')"
COLUMNS = (
    "officer_id, channel, address, kind, body, state, at, next_try_at, attempt, owner, ambiguous, message_ref,"
    " text, reason, created_at, sent_at"
)
BREAKS = (
    ("lost", "DELETE FROM delivery_item WHERE reminder_id = 1"),
    ("stateless", "UPDATE reminder SET state = 'gone' WHERE id = (SELECT max(id) FROM reminder)"),
    ("no_reason", "UPDATE reminder SET state = 'cancelled' WHERE id = (SELECT max(id) FROM reminder)"),
    ("carried", "UPDATE reminder SET state = 'planned' WHERE id = 1"),
    ("over", "UPDATE part SET settled_at = '2025-03-03 00:00:00' WHERE id = (SELECT max(part_id) FROM reminder)"),
    ("empty", "DELETE FROM delivery_item WHERE delivery_id = DIGEST"),
    ("unclaimed", "UPDATE delivery SET state = 'sending' WHERE id = DIGEST"),
    ("unclaimed", "UPDATE delivery SET owner = 'somebody' WHERE id = DIGEST"),
    ("unproved", "UPDATE delivery SET sent_at = NULL WHERE id = DIGEST"),
    ("unproved", "UPDATE delivery SET attempt = 0 WHERE id = DIGEST"),
    ("unraised", "UPDATE delivery SET state = 'dead', reason = 'too long' WHERE id = DIGEST"),
    ("no_history", "UPDATE part SET state = 'received' WHERE id = 1"),
    ("half_ended", "UPDATE part SET state = 'verified' WHERE id = 1"),
    ("half_ended", "UPDATE part SET settled_at = '2025-03-03 00:00:00' WHERE id = 1"),
)


@pytest.fixture
def world(store: Store) -> World:
    """Monday, before the office opens; what is left behind need not add up."""
    return World(store, "2025-03-03 08:00")


@pytest.fixture
def told(world: World) -> World:
    """Monday morning, the news of two duties is out."""
    world.take(PLAN)
    world.until("2025-03-03 10:00")
    return world


def look(world: World) -> Report:
    with world.office.read(world.now) as desk:
        return audit_all(desk)


def checks(world: World) -> set[str]:
    return {finding.check for finding in look(world).findings}


def spoil(world: World, statement: str) -> None:
    with world.desk() as desk:
        desk.tx.execute(text(statement.replace("DIGEST", DIGEST).replace("COLUMNS", COLUMNS)))


def test_every_reminder_is_in_one_place(told: World) -> None:
    report = look(told)
    assert report.clean
    assert report.whole
    assert set(report.places) == {"future", "delivered"}
    with told.desk() as desk:
        assert sum(report.places.values()) == desk.tx.execute(text("SELECT count(*) FROM reminder")).scalar_one()


@pytest.mark.parametrize(("check", "statement"), BREAKS)
def test_a_broken_promise_is_found(told: World, check: str, statement: str) -> None:
    spoil(told, statement)
    assert check in checks(told)


def test_a_second_message_to_one_chat_is_found(told: World) -> None:
    spoil(told, "INSERT INTO delivery (COLUMNS) SELECT COLUMNS FROM delivery WHERE id = DIGEST")
    spoil(
        told,
        "INSERT INTO delivery_item (delivery_id, position, part_id, reminder_id)"
        " SELECT (SELECT max(id) FROM delivery), position, part_id, reminder_id FROM delivery_item"
        " WHERE delivery_id = DIGEST",
    )
    assert checks(told) == {"twice"}


def test_what_nobody_hands_over_is_late_and_not_at_night(world: World) -> None:
    world.take(PLAN)
    assert checks(world) == set(), "the office is closed"
    world.set("2025-03-03 08:35")
    assert checks(world) == set(), "it opened five minutes ago"
    world.set("2025-03-03 09:20")
    assert checks(world) == {"late"}
    with world.desk() as desk:
        hand_over(desk)
    world.set("2025-03-03 09:31")
    assert checks(world) == {"waiting"}


def test_a_claim_that_nobody_gives_back_is_found(world: World) -> None:
    world.set("2025-03-03 09:00")
    world.take(PLAN)
    with world.desk() as desk:
        hand_over(desk)
    world.claim()
    world.set("2025-03-03 09:20")
    assert checks(world) == {"held"}


def test_the_running_auditor_waits_before_it_cries(world: World) -> None:
    """After a night down everything is overdue at the first look; it has its ten minutes."""
    world.take(PLAN)
    world.set("2025-03-04 11:00")
    rounds = Rounds()
    with world.desk() as desk:
        assert audit_pass(desk, rounds).clean
    world.now += GRACE + timedelta(seconds=1)
    with world.desk() as desk:
        assert audit_pass(desk, rounds).stuck


def test_what_was_broken_is_looked_at_again_until_it_is_mended(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With slices of one row a round takes many passes."""
    assert SLICE > 1
    monkeypatch.setattr("usecases.audit.SLICE", 1)
    spoil(told, "UPDATE delivery SET sent_at = NULL WHERE id = DIGEST")
    rounds = Rounds()
    with told.desk() as desk:
        found = [audit_pass(desk, rounds) for _ in range(12)]
    assert not found[-1].clean
    assert found[-1].whole
    assert not found[0].whole
    spoil(told, "UPDATE delivery SET sent_at = '2025-03-03 02:00:00' WHERE id = DIGEST")
    with told.desk() as desk:
        assert audit_pass(desk, rounds).clean


def test_a_message_that_cannot_be_written_is_raised(told: World) -> None:
    spoil(
        told,
        "UPDATE delivery SET state = 'sending', owner = 'me', lease_until = '2025-03-03 03:00:00' WHERE id = DIGEST",
    )
    with told.desk() as desk:
        (row,) = [row for row in (deliveries.by_id(desk.tx, n) for n in range(1, 20)) if row and row.owner == "me"]
        deliver.park(desk, row, "could not be written")
    assert checks(told) == set()
