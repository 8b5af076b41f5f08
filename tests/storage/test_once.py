"""The keys in the schema: what may be there once is there once, whoever asks, and meeting a key is no accident."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from storage import deliveries, inbox, parts, people, plans, reminders, tokens
from storage.engine import Store, Tx
from tests.storage.seeds import DUE, NOW, Seeds, add_duty, add_occurrence, add_plan, part_row, reminder_row

Twice = Callable[[Tx, Seeds], object]


def _officer(tx: Tx, seeds: Seeds) -> object:
    return people.add_officer(tx, unit_id=seeds.unit, name="张敏", role="officer")


def _event(tx: Tx, seeds: Seeds) -> object:
    add = partial(plans.add_event, tx, plan_id=seeds.plan, name="发布", day=DUE, key="2025-03-31#1", registered_at=NOW)
    return add(), add()


def _reminder(tx: Tx, seeds: Seeds) -> None:
    reminders.add(tx, [reminder_row(seeds)])
    reminders.add(tx, [reminder_row(seeds)])


def _token(tx: Tx, seeds: Seeds) -> object:
    tokens.add(tx, "secret", kind="link", created_at=NOW)
    return tokens.add(tx, "secret", kind="feed", created_at=NOW)


@pytest.mark.parametrize(
    "twice",
    [
        pytest.param(lambda tx, _: people.add_unit(tx, name="教育局", categories=[]), id="a unit by its name"),
        pytest.param(_officer, id="an officer by unit, name and role"),
        pytest.param(lambda tx, _: add_plan(tx), id="a plan by its key"),
        pytest.param(lambda tx, s: add_duty(tx, s.plan), id="a duty by plan and key"),
        pytest.param(_event, id="an event by plan, name and key"),
        pytest.param(lambda tx, s: add_occurrence(tx, s.duty), id="an occurrence by duty and identity"),
        pytest.param(
            lambda tx, s: parts.add_parts(tx, [part_row(s.occurrence, s.unit, 2, uid="other")]),
            id="a part by occurrence and unit",
        ),
        pytest.param(
            lambda tx, s: parts.add_parts(tx, [part_row(add_occurrence(tx, s.duty, stage="二"), s.unit, 1)]),
            id="a short code by unit",
        ),
        pytest.param(_reminder, id="a reminder by part, rung, due date and officer"),
        pytest.param(_token, id="a secret by its digest"),
    ],
)
def test_the_second_one_is_refused(store: Store, seeds: Seeds, twice: Twice) -> None:
    with pytest.raises(IntegrityError), store.write() as tx:
        twice(tx, seeds)


def test_a_reminder_of_another_day_rung_or_person_is_another_one(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        deputy = people.add_officer(tx, unit_id=seeds.unit, name="李卫东", role="deputy")
        rows: list[dict[str, object]] = [{}, {"rung": "d3"}, {"due": DUE.replace(day=30)}, {"officer_id": deputy}]
        reminders.add(tx, [reminder_row(seeds, **row) for row in rows])
        assert len(reminders.of_parts(tx, [seeds.part])) == len(rows)


def test_an_incoming_thing_is_stored_once(store: Store) -> None:
    with store.write() as tx:
        come = partial(inbox.take_in, tx, channel="telegram", account="bot", source_id="7", now=NOW)
        assert come(payload={"n": 1}) is True
        assert come(payload={"n": 2}) is False
        assert [row.payload for row in inbox.waiting(tx)] == [{"n": 1}]


def test_the_same_id_from_another_source_is_another_thing(store: Store) -> None:
    with store.write() as tx:
        for channel, account in (("telegram", "one"), ("telegram", "two"), ("web", "one")):
            assert inbox.take_in(tx, channel=channel, account=account, source_id="7", payload={}, now=NOW)


def test_a_keyed_message_is_queued_once(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        say = partial(deliveries.add_once, tx, channel="telegram", address="1", kind="say", body={}, at=NOW)
        assert say(key="reply:7", created_at=NOW) is True
        assert say(key="reply:7", created_at=NOW) is False
        assert say(key="reply:8", created_at=NOW) is True
        assert deliveries.counts(tx) == {"due": 2}


def test_a_chat_belongs_to_one_person(store: Store, seeds: Seeds) -> None:
    """A later binding takes the chat over, dead or not; the first person is no longer reached there."""
    with store.write() as tx:
        other = people.add_officer(tx, unit_id=seeds.unit, name="李卫东", role="deputy")
        people.bind_contact(tx, officer_id=seeds.officer, channel="telegram", address="1", now=NOW)
        people.change_contact(tx, "telegram", "1", state="dead", reason="blocked")
        people.bind_contact(tx, officer_id=other, channel="telegram", address="1", now=NOW)
        assert people.contacts(tx, [seeds.officer], live_only=False) == []
        held = people.contacts(tx, [other])
        assert [(contact.address, contact.state, contact.reason) for contact in held] == [("1", "live", "")]


def test_a_single_use_secret_is_spent_once(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        token = tokens.add(tx, "secret", kind="link", officer_id=seeds.officer, created_at=NOW)
        assert tokens.use_once(tx, token, NOW) is True
        assert tokens.use_once(tx, token, NOW) is False


def test_codes_are_taken_in_runs_that_never_overlap(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        runs = [(people.take_codes(tx, seeds.unit, n), n) for n in (3, 1, 5)]
    taken = [code for first, n in runs for code in range(first, first + n)]
    assert taken == list(range(1, 10))


def test_codes_of_many_units_go_on_where_each_one_stands(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        other = people.add_unit(tx, name="交通局", short="", categories=[], sample=False)
        people.take_codes(tx, seeds.unit, 3)
        assert people.take_runs(tx, {seeds.unit: 2, other: 4}) == {seeds.unit: 4, other: 1}
        assert people.take_runs(tx, {other: 1}) == {other: 5}
        assert people.take_runs(tx, {}) == {}
