"""The inbox keeps what came as it came, in the order of arrival, and knows where polling goes on."""

from storage import inbox
from storage.engine import Store, Tx
from tests.storage.seeds import NOW, minutes


def take(tx: Tx, source_id: str, *, channel: str = "telegram", account: str = "bot") -> None:
    payload = {"text": f"完成 {source_id}", "deep": [{"n": 1}, None, True]}
    assert inbox.take_in(tx, channel=channel, account=account, source_id=source_id, payload=payload, now=NOW)


def test_what_came_in_comes_out_unchanged(store: Store) -> None:
    with store.write() as tx:
        take(tx, "1")
        row = inbox.by_source(tx, "telegram", "bot", "1")
        assert row is not None
        assert row == inbox.by_id(tx, row.id)
        assert row.payload == {"text": "完成 1", "deep": [{"n": 1}, None, True]}
        assert (row.handled_at, row.attempts, row.error, row.reply) == (None, 0, "", None)
        assert inbox.by_source(tx, "telegram", "bot", "2") is None


def test_what_waits_is_handled_in_the_order_of_arrival(store: Store) -> None:
    """Not in the order of the ids: those are another machine's, and 10 comes before 9 as text."""
    with store.write() as tx:
        for source_id in ("9", "10", "8"):
            take(tx, source_id)
        take(tx, "1", channel="web")
        assert [row.source_id for row in inbox.waiting(tx, "telegram")] == ["9", "10", "8"]
        assert [row.source_id for row in inbox.waiting(tx)] == ["9", "10", "8", "1"]
        assert [row.source_id for row in inbox.waiting(tx, "telegram", limit=2)] == ["9", "10"]
        inbox.change(tx, inbox.waiting(tx)[0].id, handled_at=minutes(1))
        assert [row.source_id for row in inbox.waiting(tx, "telegram")] == ["10", "8"]


def test_polling_goes_on_after_the_highest_number(store: Store) -> None:
    with store.write() as tx:
        assert inbox.last_source(tx, "telegram", "bot") is None
        for source_id in ("9", "10", "8"):
            take(tx, source_id)
        take(tx, "900", account="other bot")
        assert inbox.last_source(tx, "telegram", "bot") == 10


def test_telegrams_numbers_are_no_32_bit_numbers(store: Store) -> None:
    with store.write() as tx:
        take(tx, "4294967297")
        assert inbox.last_source(tx, "telegram", "bot") == 4294967297


def test_a_talk_is_told_oldest_first_and_only_its_end(store: Store) -> None:
    with store.write() as tx:
        for n in range(30):
            take(tx, str(n), channel="web", account="web:1")
        take(tx, "x", channel="web", account="web:2")
        assert [row.source_id for row in inbox.talk_of(tx, "web", "web:1", limit=3)] == ["27", "28", "29"]


def test_poison_is_what_was_set_aside_with_an_error(store: Store) -> None:
    with store.write() as tx:
        for source_id in ("1", "2", "3"):
            take(tx, source_id)
        bad, retried, _good = (row.id for row in inbox.waiting(tx))
        inbox.change(tx, bad, handled_at=NOW, attempts=3, error="KeyError")
        inbox.change(tx, retried, attempts=1, error="Timeout")
        assert [row.id for row in inbox.poison(tx)] == [bad]
