"""Many rows written in one statement: each gets its own values, and only what differs travels once for each."""

from datetime import timedelta

from sqlalchemy import select

from storage import claims
from storage.at_once import change_each
from storage.engine import Store
from storage.rows import DeliveryRow
from storage.tables import delivery
from tests.storage.seeds import NOW, Seeds, add_delivery, minutes, sow
from tests.storage.test_indexes import heard


def test_each_row_gets_its_own_values(store: Store, seeds: Seeds) -> None:
    """Texts, dates, numbers, truths, JSON, nothing; what they share and what differs; the others stay as they were."""
    names = ("message_ref", "sent_at", "ambiguous", "begun", "body", "reason", "lease_until")
    with store.write() as tx:
        ids = [add_delivery(tx, seeds) for _ in range(3)]
        own = [("12", NOW, 0, True, {"甲": ["\\", '"']}), ("{,}", None, 2, False, {"null": None})]
        rows = [dict(zip(names, (*values, "同", None), strict=True)) for values in own]
        change_each(tx, delivery, [{"id": n, **row} for n, row in zip(ids, rows, strict=False)])
        found = tx.execute(select(*(delivery.c[name] for name in names)).order_by(delivery.c.id)).all()
    assert [tuple(row) for row in found[:2]] == [tuple(row.values()) for row in rows]
    assert found[2].message_ref == ""


def test_a_single_row_shares_everything_with_itself(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        first, second = add_delivery(tx, seeds), add_delivery(tx, seeds)
        change_each(tx, delivery, [{"id": second, "body": {"a": 1}, "reason": "r"}])
        found = tx.execute(select(delivery.c.id, delivery.c.body, delivery.c.reason).order_by(delivery.c.id)).all()
    assert [tuple(row) for row in found] == [(first, {}, ""), (second, {"a": 1}, "r")]


def test_postgresql_hears_as_many_statements_of_fifty_as_of_two(postgres_store: Store) -> None:
    seeds = sow(postgres_store)
    heard_of = [_statements(postgres_store, seeds, count) for count in (2, 50)]
    assert heard_of[0] == heard_of[1]
    assert len(heard_of[0]) == 5, "claimed, looked at, begun, locked, written"


def _statements(store: Store, seeds: Seeds, count: int) -> list[str]:
    with store.write() as tx:
        for _ in range(count):
            add_delivery(tx, seeds)
    lease = timedelta(minutes=1)
    with store.write() as tx, heard(tx) as said:
        rows = claims.claim(tx, owner="a", now=NOW, lease=lease, limit=count, channels=["telegram"])
        assert len(claims.held(tx, rows)) == count
        claims.begin(tx, rows, minutes(2))
        claims.record_all(tx, [(row, _outcome(row)) for row in rows])
    return [statement for statement, _ in said]


def _outcome(row: DeliveryRow) -> dict[str, object]:
    return {"state": "sent", "message_ref": str(row.id), "text": f"{row.id}", "sent_at": NOW, "reason": ""}
