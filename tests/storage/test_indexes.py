"""The questions asked at every beat are answered from their partial index, however much history lies beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event, text

from storage import claims, inbox, reminders, tables, waiting
from storage.engine import Store, Tx, open_store
from storage.tables import delivery
from storage.upsert import insert_rows
from tests.storage.seeds import NOW, minutes, reminder_row, sow

HISTORY = 2000
Ask = Callable[[Tx], object]
Said = tuple[str, tuple[object, ...]]


def _claim(tx: Tx) -> object:
    return claims.claim(tx, owner="a", now=NOW, lease=timedelta(minutes=1), limit=20, channels=["telegram"])


QUESTIONS: dict[str, tuple[str, Ask]] = {
    "reminders due": ("ix_reminder_planned_push_at", lambda tx: reminders.due(tx, NOW)),
    "the next reminder": ("ix_reminder_planned_push_at", reminders.next_at),
    "claiming": ("ix_delivery_due", _claim),
    "the next delivery": ("ix_delivery_due", lambda tx: claims.next_at(tx, ["telegram"])),
    "what was tried in vain": ("ix_delivery_tried", lambda tx: waiting.moments(tx, None)),
    "messages of one moment tried in vain": ("ix_delivery_tried", lambda tx: waiting.rows(tx, [NOW], None)),
    "leases that ran out": ("ix_delivery_leased", lambda tx: claims.expire_leases(tx, NOW)),
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
        state = [{"state": "sent" if n % 100 else "due", "attempt": int(n % 100 > 0 or not n)} for n in many]
        insert_rows(tx, delivery, [sent | state[n] | when[n] for n in many])
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


def test_what_is_claimed_is_found_by_its_id_where_nobody_counted_the_rows(postgres_database: str) -> None:
    """Not by looking through all that is due, once for each row that is taken: a rush comes before any statistics."""
    store = open_store(postgres_database)
    store.create()
    row = {"channel": "telegram", "address": "1", "kind": "digest", "body": {}, "created_at": NOW}
    with store.write() as tx:
        insert_rows(tx, delivery, [row | {"at": NOW, "next_try_at": NOW} for _ in range(HISTORY)])
        with heard(tx) as said:
            _claim(tx)
        plan = _told(tx, "EXPLAIN " + said[0][0], said[0][1])
    store.close()
    assert "pk_delivery" in plan
    assert plan.count("Filter: ((state)::text = 'due'::text)") <= 1


def test_what_is_stuck_is_found_once_among_what_waits(store: Store) -> None:
    """Tried in vain, and on a channel that is off: both are found among thousands that wait for their moment."""
    seeds = sow(store)
    other = {"officer_id": seeds.officer, "options": {}, "bound_at": NOW}
    row = {"officer_id": seeds.officer, "address": "1", "kind": "digest", "body": {}, "created_at": NOW}
    here = [row | {"channel": "telegram", "at": minutes(n), "next_try_at": minutes(n)} for n in range(HISTORY)]
    off = row | {"channel": "off", "at": minutes(-1), "next_try_at": minutes(-1)}
    with store.write() as tx:
        insert_rows(tx, tables.contact, [other | {"channel": "telegram", "address": "another"}])
        insert_rows(tx, delivery, [*here, off])
        insert_rows(tx, delivery, [off | {"attempt": 1, "at": minutes(-2)}])
    with store.read() as tx:
        found = waiting.moments(tx, ["telegram"])
        assert found == [minutes(-2), minutes(-1)]
        assert [(r.channel, r.attempt) for r in waiting.rows(tx, found, ["telegram"])] == [("off", 1), ("off", 0)]
        assert [r.attempt for r in waiting.rows(tx, found, None)] == [1]


def _told(tx: Tx, statement: str, parameters: tuple[object, ...]) -> str:
    return "\n".join(str(tuple(row)) for row in tx.exec_driver_sql(statement, parameters))
