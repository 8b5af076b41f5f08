"""Claims: each row to one taker at a time, the urgent first, and the outcome only from whoever still holds it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from storage import claims, deliveries
from storage.engine import Store, Tx, open_store
from storage.rows import DeliveryRow
from tests.storage.seeds import NOW, Seeds, add_delivery, minutes, sow
from tests.storage.test_engine import together

LEASE = timedelta(minutes=1)


def take(tx: Tx, owner: str = "a", *, at: float = 0, limit: int = 20) -> list[DeliveryRow]:
    return claims.claim(tx, owner=owner, now=minutes(at), lease=LEASE, limit=limit, channels=["telegram"])


def state_of(store: Store, delivery_id: int) -> DeliveryRow:
    with store.read() as tx:
        found = deliveries.by_id(tx, delivery_id)
    assert found is not None
    return found


def test_two_nodes_with_four_threads_each_take_500_rows_once(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        for _ in range(500):
            add_delivery(tx, seeds)
    node = open_store(store.engine.url.render_as_string(hide_password=False))
    taken: list[list[int]] = [[] for _ in range(8)]

    def work(n: int) -> None:
        while True:
            with (store, node)[n % 2].write() as tx:
                rows = take(tx, f"t{n}", limit=20)
            assert len(rows) <= 20
            taken[n] += [row.id for row in rows]
            if not rows:
                return

    together(work)
    node.close()
    counts = Counter(row for rows in taken for row in rows)
    assert len(counts) == 500
    assert set(counts.values()) == {1}


def test_answers_go_before_digests_and_the_oldest_first(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        late = add_delivery(tx, seeds, at=minutes(-1))
        early = add_delivery(tx, seeds, at=minutes(-9))
        edit = add_delivery(tx, seeds, kind="edit", at=minutes(-2))
        say = add_delivery(tx, seeds, kind="say", at=minutes(0))
        add_delivery(tx, seeds, at=minutes(1))
        assert [row.id for row in take(tx, limit=3)] == [edit, say, early]
        assert [row.id for row in take(tx)] == [late]
        assert take(tx) == []


def test_only_the_channels_asked_for_are_taken(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        add_delivery(tx, seeds, channel="wecom")
        assert take(tx) == []
        assert claims.next_at(tx, ["telegram"]) is None
        assert claims.next_at(tx, ["telegram", "wecom"]) == NOW


def test_a_claim_counts_the_attempt_and_holds_a_lease(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        add_delivery(tx, seeds)
        (row,) = take(tx, "a")
    assert (row.state, row.owner, row.attempt, row.lease_until) == ("sending", "a", 1, NOW + LEASE)


def test_a_lease_that_ran_out_goes_back_as_a_possible_repeat(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        row_id = add_delivery(tx, seeds)
        (held,) = take(tx, "a")
        assert claims.begin(tx, [held], minutes(1)) == {held.claim}
        assert claims.expire_leases(tx, minutes(0.9)) == 0
        assert claims.expire_leases(tx, minutes(1)) == 1
    row = state_of(store, row_id)
    assert (row.state, row.owner, row.lease_until, row.ambiguous) == ("due", "", None, 1)
    with store.write() as tx:
        (again,) = take(tx, "b", at=1)
    assert (again.attempt, again.ambiguous) == (2, 1)


def test_a_claim_that_ran_out_before_sending_began_is_no_possible_repeat(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        row_id = add_delivery(tx, seeds)
        (first,) = take(tx, "a")
        assert first.begun is False
        assert claims.expire_leases(tx, minutes(1)) == 1
    assert (state_of(store, row_id).ambiguous, state_of(store, row_id).begun) == (0, True)
    with store.write() as tx:
        (second,) = take(tx, "b", at=1)
        assert claims.begin(tx, [first], minutes(9)) == set(), "it is another's now"
        assert claims.begin(tx, [first, second], minutes(2)) == {second.claim}
        assert claims.expire_leases(tx, minutes(2)) == 1
    assert state_of(store, row_id).ambiguous == 1


def test_of_a_claim_that_knows_no_beginning_the_worse_is_assumed(store: Store, seeds: Seeds) -> None:
    """A row that somebody claimed without the column, as a node of an earlier version would."""
    with store.write() as tx:
        row_id = add_delivery(tx, seeds)
        (held,) = take(tx, "a")
        claims.record(tx, held, state="due")
        tx.execute(text("UPDATE delivery SET state = 'sending', owner = 'old', lease_until = next_try_at"))
        assert claims.expire_leases(tx, minutes(1)) == 1
    assert state_of(store, row_id).ambiguous == 1


def test_only_what_is_still_held_is_renewed(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        ids = [add_delivery(tx, seeds) for _ in range(4)]
        kept, done, _ = take(tx, "a", limit=3)
        take(tx, "b")
        claims.record(tx, done, state="sent")
        assert claims.renew(tx, "a", [kept.id, done.id, ids[3]], minutes(5)) == {kept.id}
        assert claims.expire_leases(tx, minutes(4)) == 2
    assert [state_of(store, n).state for n in ids] == ["sending", "sent", "due", "due"]


def test_a_renewal_waits_for_no_row_that_is_being_written(postgres_store: Store) -> None:
    seeds = sow(postgres_store)
    with postgres_store.write() as tx:
        add_delivery(tx, seeds)
        add_delivery(tx, seeds)
        first, second = take(tx, "a")
    with postgres_store.write() as writing:
        assert claims.record(writing, first, state="sent")
        with postgres_store.write() as tx:
            tx.execute(text("SET LOCAL lock_timeout = '1s'"))
            assert claims.renew(tx, "a", [first.id, second.id], minutes(5)) == {second.id}


def test_a_node_that_sleeps_while_it_records_holds_nobody_up(postgres_store: Store) -> None:
    """Its row stays with it until its transaction ends; the others' claims go on at once."""
    seeds = sow(postgres_store)
    with postgres_store.write() as tx:
        add_delivery(tx, seeds)
        add_delivery(tx, seeds)
        first, _ = take(tx, "a")
    with postgres_store.write() as asleep:
        assert claims.record(asleep, first, state="sent")
        with postgres_store.write() as tx:
            tx.execute(text("SET LOCAL lock_timeout = '1s'"))
            assert claims.expire_leases(tx, minutes(2)) == 1
    assert state_of(postgres_store, first.id).state == "sent"


def test_a_sleeper_that_wakes_writes_nothing(store: Store, seeds: Seeds) -> None:
    """The fence is owner and attempt together: the same process may hold the row a second time."""
    with store.write() as tx:
        row_id = add_delivery(tx, seeds)
        (first,) = take(tx, "a")
        claims.expire_leases(tx, minutes(1))
        assert claims.record(tx, first, state="sent") is False, "nobody holds it"
        (second,) = take(tx, "b", at=1)
        assert claims.record(tx, first, state="sent") is False, "somebody else holds it"
        claims.expire_leases(tx, minutes(2))
        (third,) = take(tx, "a", at=2)
        assert claims.record(tx, first, state="sent") is False, "it is an earlier attempt of its own"
        assert claims.record(tx, second, state="sent") is False
        assert claims.record(tx, third, state="sent", message_ref="77") is True
        assert claims.record(tx, third, state="dead") is False, "an outcome is written once"
    row = state_of(store, row_id)
    assert (row.state, row.message_ref, row.owner, row.lease_until, row.attempt) == ("sent", "77", "", None, 3)


def test_of_several_outcomes_each_has_its_own_fence(store: Store, seeds: Seeds) -> None:
    """One is still held, one is another's now, one is held a second time: its first attempt writes nothing."""
    with store.write() as tx:
        ids = [add_delivery(tx, seeds) for _ in range(4)]
        kept, lost, again, failed = take(tx, "a")
        deliveries.change(tx, lost.id, owner="b")
        deliveries.change(tx, again.id, attempt=2)
        second = replace(again, attempt=2)
        rows = (kept, lost, again, second, failed)
        ours = {kept.claim, second.claim, failed.claim}
        assert claims.held(tx, rows) == dict.fromkeys(ours, kept.address)
        assert claims.begin(tx, rows, minutes(5)) == ours
        outcomes = [(row, {"state": "sent", "message_ref": str(row.attempt)}) for row in (kept, lost, again, second)]
        assert claims.record_all(tx, [*outcomes, (failed, {"state": "dead", "reason": "blocked"})]) == ours
        assert claims.record_all(tx, outcomes) == set(), "an outcome is written once"
    found = [state_of(store, row_id) for row_id in ids]
    assert [(row.state, row.message_ref) for row in found] == [
        ("sent", "1"),
        ("sending", ""),
        ("sent", "2"),
        ("dead", ""),
    ]
    assert [(row.owner, row.begun, row.reason) for row in found[2:]] == [("", True, ""), ("", True, "blocked")]


def test_the_next_moment_is_a_try_or_the_end_of_a_lease(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        assert claims.next_at(tx, ["telegram"]) is None
        add_delivery(tx, seeds)
        take(tx)
        assert claims.next_at(tx, ["telegram"]) == NOW + LEASE
        add_delivery(tx, seeds, at=minutes(0.5))
        assert claims.next_at(tx, ["telegram"]) == minutes(0.5)


def test_postgresql_steps_over_what_another_node_holds(postgres_store: Store) -> None:
    """A node in the middle of its claim delays nobody: the other takes the next rows at once."""
    seeds = sow(postgres_store)
    with postgres_store.write() as tx:
        ids = [add_delivery(tx, seeds) for _ in range(4)]
    with postgres_store.write() as one, postgres_store.write() as two:
        assert [row.id for row in take(one, "a", limit=2)] == ids[:2]
        assert [row.id for row in take(two, "b", limit=4)] == ids[2:]
