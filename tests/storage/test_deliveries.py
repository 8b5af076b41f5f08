"""Deliveries found again: by the message they became, by the part they show, by the edits that still wait."""

from datetime import timedelta

from storage import deliveries, parts
from storage.engine import Store
from tests.storage.seeds import NOW, Seeds, add_delivery, add_occurrence, add_reminder, minutes, part_row

WEEK_AGO = NOW - timedelta(days=7)
SENT = {"state": "sent", "sent_at": NOW, "message_ref": "55"}


def test_items_keep_their_order(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        reminder = add_reminder(tx, seeds)
        parts.add_parts(tx, [part_row(add_occurrence(tx, seeds.duty, stage="二"), seeds.unit, 2)])
        second = parts.of_unit(tx, seeds.unit)[1].id
        delivery = add_delivery(tx, seeds, items=[(second, None), (seeds.part, reminder)])
        assert deliveries.items(tx, delivery) == [(second, None), (seeds.part, reminder)]
        assert [(r, d.id) for r, d in deliveries.of_reminders(tx, [reminder])] == [(reminder, delivery)]


def test_the_message_somebody_answers_is_found(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        card = add_delivery(tx, seeds, **SENT)
        add_delivery(tx, seeds, kind="edit", **SENT)
        add_delivery(tx, seeds, address="200", **SENT)
        found = deliveries.by_message(tx, "telegram", "100", "55")
        assert found is not None
        assert found.id == card
        assert deliveries.by_message(tx, "telegram", "100", "56") is None
        assert deliveries.by_message(tx, "wecom", "100", "55") is None


def test_cards_of_a_part_are_the_sent_digests_that_can_be_edited(store: Store, seeds: Seeds) -> None:
    items = [(seeds.part, None)]
    with store.write() as tx:
        card = add_delivery(tx, seeds, items=items, **SENT)
        second = add_delivery(tx, seeds, items=items, address="200", **SENT)
        add_delivery(tx, seeds, items=items, **SENT | {"sent_at": WEEK_AGO})
        add_delivery(tx, seeds, items=items, **SENT | {"message_ref": ""})
        add_delivery(tx, seeds, items=items, **SENT | {"kind": "say"})
        add_delivery(tx, seeds, items=items, state="due")
        add_delivery(tx, seeds, items=[], **SENT)
        assert [row.id for row in deliveries.cards_of(tx, seeds.part, minutes(-60))] == [card, second]


def test_only_edits_that_still_wait_are_pending(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        waiting = add_delivery(tx, seeds, kind="edit")
        add_delivery(tx, seeds, kind="edit", state="sending")
        add_delivery(tx, seeds, kind="edit", **SENT)
        add_delivery(tx, seeds, kind="edit", address="200")
        add_delivery(tx, seeds)
        assert [row.id for row in deliveries.pending_edits(tx, {"100"})] == [waiting]
        assert deliveries.pending_edits(tx, set()) == []


def test_the_dead_are_listed_and_everything_is_counted(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        dead = add_delivery(tx, seeds, state="dead", reason="blocked")
        newest = add_delivery(tx, seeds)
        assert [(row.id, row.reason) for row in deliveries.dead(tx)] == [(dead, "blocked")]
        assert deliveries.counts(tx) == {"dead": 1, "due": 1}
        assert [row.id for row in deliveries.to_officer(tx, seeds.officer)] == [newest, dead]
