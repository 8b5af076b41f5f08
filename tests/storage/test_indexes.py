"""The questions asked at every beat are answered from their partial index, however much history lies beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event, text

from storage import deliveries, inbox, reminders, tables
from storage.engine import Store, Tx
from storage.tables import delivery
from storage.upsert import insert_rows
from tests.storage.seeds import NOW, minutes, reminder_row, sow

HISTORY = 2000
Ask = Callable[[Tx], object]
Said = tuple[str, tuple[object, ...]]


def _claim(tx: Tx) -> object:
    return deliveries.claim(tx, owner="a", now=NOW, lease=timedelta(minutes=1), limit=20, channels=["telegram"])


QUESTIONS: dict[str, tuple[str, Ask]] = {
    "reminders due": ("ix_reminder_planned_push_at", lambda tx: reminders.due(tx, NOW)),
    "the next reminder": ("ix_reminder_planned_push_at", reminders.next_at),
    "claiming": ("ix_delivery_due", _claim),
    "the next delivery": ("ix_delivery_due", lambda tx: deliveries.next_at(tx, ["telegram"])),
    "leases that ran out": ("ix_delivery_leased", lambda tx: deliveries.expire_leases(tx, NOW)),
    "what came in": ("ix_inbox_waiting", lambda tx: inbox.waiting(tx, "telegram")),
}


def fill(store: Store) -> None:
    """Much that is over, little that waits."""
    seeds = sow(store)
    sent = {"officer_id": seeds.officer, "channel": "telegram", "address": "1", "kind": "digest", "body": {}}
    came = {"channel": "telegram", "account": "bot", "payload": {}, "received_at": NOW}
    many = range(HISTORY)
    with store.write() as tx:
        reminders.add(tx, [reminder_row(seeds, rung=f"r{n}", state="handed" if n else "planned") for n in many])
        when = [{"at": minutes(n), "next_try_at": minutes(n), "created_at": NOW} for n in many]
        insert_rows(tx, delivery, [sent | {"state": "sent" if n % 100 else "due"} | when[n] for n in many])
        insert_rows(tx, tables.inbox, [came | {"source_id": str(n), "handled_at": NOW if n else None} for n in many])
    with store.write() as tx:
        tx.execute(text("ANALYZE"))


@contextmanager
def heard(tx: Tx) -> Iterator[list[Said]]:
    """The statements that reach the database, with their values."""
    said: list[Said] = []

    def listen(_: object, __: object, statement: str, parameters: tuple[object, ...], *___: object) -> None:
        said.append((statement, parameters))

    event.listen(tx, "before_cursor_execute", listen)
    yield said
    event.remove(tx, "before_cursor_execute", listen)


def test_the_index_is_used(store: Store) -> None:
    fill(store)
    explain = "EXPLAIN QUERY PLAN " if store.dialect == "sqlite" else "EXPLAIN "
    told: dict[str, list[str]] = {}
    with store.write() as tx:
        for question, (_, ask) in QUESTIONS.items():
            with heard(tx) as said:
                ask(tx)
            told[question] = [_told(tx, explain + statement, parameters) for statement, parameters in said]
    without = {q: told[q] for q, (index, _) in QUESTIONS.items() if not any(index in plan for plan in told[q])}
    assert without == {}


def _told(tx: Tx, statement: str, parameters: tuple[object, ...]) -> str:
    return "\n".join(str(tuple(row)) for row in tx.exec_driver_sql(statement, parameters))
