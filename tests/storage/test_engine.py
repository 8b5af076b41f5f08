"""The two kinds of transaction: what they hold together, what they keep apart, and what they refuse."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import meta, parts, people
from storage.engine import Store, journal_mode, open_store
from storage.errors import StoreUnusable
from tests.storage.seeds import NOW, Seeds, part_row

THREADS, TURNS = 8, 50


def together(work: Callable[[int], None], count: int = THREADS) -> None:
    """Run `work` in threads that start at once; the first error is raised here."""
    errors: list[BaseException] = []
    gate = threading.Barrier(count)

    def run(n: int) -> None:
        try:
            gate.wait()
            work(n)
        except BaseException as error:  # noqa: BLE001 - carried over to the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_no_update_is_lost(store: Store) -> None:
    """Read, then write what was read plus one, 400 times over 8 threads: the fault that deferred transactions have."""
    with store.write() as tx:
        meta.put(tx, "count", "0")

    def add(_: int) -> None:
        for _ in range(TURNS):
            with store.write() as tx:
                if store.dialect == "postgresql":  # where a reader who will write has to say so
                    tx.execute(text("SELECT 1 FROM meta WHERE key = 'count' FOR UPDATE"))
                held = tx.execute(text("SELECT value FROM meta WHERE key = 'count'")).scalar_one()
                tx.execute(text("UPDATE meta SET value = :v WHERE key = 'count'"), {"v": str(int(held) + 1)})

    together(add)
    with store.read() as tx:
        assert meta.get(tx, "count") == str(THREADS * TURNS)


def test_two_stores_on_one_file_lose_nothing_either(sqlite_store: Store) -> None:
    """Two processes share nothing but the file: here BEGIN IMMEDIATE alone holds them apart."""
    other = open_store(sqlite_store.engine.url.render_as_string())
    with sqlite_store.write() as tx:
        meta.put(tx, "count", "0")

    def add(n: int) -> None:
        for _ in range(20):
            with (sqlite_store, other)[n].write() as tx:
                held = int(meta.get(tx, "count") or 0)
                meta.put(tx, "count", str(held + 1))

    together(add, 2)
    with sqlite_store.read() as tx:
        assert meta.get(tx, "count") == "40"
    other.close()


def test_a_failed_transaction_leaves_nothing(store: Store, seeds: Seeds) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as tx:  # noqa: PT012 - the block is the transaction
        people.add_unit(tx, name="半途", categories=[])
        _ = 1 / 0
    with store.read() as tx:
        assert [unit.name for unit in people.units(tx)] == ["教育局"]


def test_foreign_keys_hold(store: Store, seeds: Seeds) -> None:
    with pytest.raises(IntegrityError), store.write() as tx:
        parts.add_parts(tx, [part_row(9999, seeds.unit, 7)])


def test_writing_is_heard_after_the_commit_and_only_then(store: Store) -> None:
    heard: list[str | None] = []

    def look() -> None:
        with store.read() as tx:
            heard.append(meta.get(tx, "told"))

    store.on_write.append(look)
    with store.write() as tx:
        meta.put(tx, "told", "yes")
        assert heard == []
    assert heard == ["yes"]
    with pytest.raises(ZeroDivisionError), store.write():
        _ = 1 / 0
    assert heard == ["yes"]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        pytest.param((3, 40, 1), ("DELETE", "EXTRA"), id="Debian 12, inside the range of the WAL-reset bug"),
        pytest.param((3, 51, 2), ("DELETE", "EXTRA"), id="the last one with the bug"),
        pytest.param((3, 51, 3), ("WAL", "FULL"), id="the first one without"),
        pytest.param((4, 0, 0), ("WAL", "FULL"), id="a later one"),
    ],
)
def test_the_journal_mode_follows_the_library(version: tuple[int, ...], expected: tuple[str, str]) -> None:
    assert journal_mode(version) == expected


def test_a_sqlite_file_is_opened_as_promised(tmp_path: Path) -> None:
    journal, synchronous = journal_mode(sqlite3.sqlite_version_info)
    with closing(open_store(f"sqlite:///{tmp_path / 'new.db'}")) as opened, opened.read() as tx:
        assert str(tx.execute(text("PRAGMA journal_mode")).scalar()).upper() == journal
        assert tx.execute(text("PRAGMA synchronous")).scalar() == {"FULL": 2, "EXTRA": 3}[synchronous]
        assert tx.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_postgresql_speaks_utc_and_never_waits_for_ever(postgres_store: Store) -> None:
    with postgres_store.read() as tx:
        shown = {name: tx.execute(text(f"SHOW {name}")).scalar() for name in ("timezone", "lock_timeout")}
        assert shown == {"timezone": "UTC", "lock_timeout": "10s"}
        assert tx.execute(text("SHOW statement_timeout")).scalar() == "30s"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://x@127.0.0.1/ruqi", "SQLite and PostgreSQL"),
        ("nonsense", "sqlite:///"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(url: str, says: str) -> None:
    with pytest.raises(StoreUnusable, match=says):
        open_store(url)


def test_an_error_never_quotes_the_values(store: Store, seeds: Seeds) -> None:
    """What people typed and what is secret must not reach a log through the words of a database error."""
    row = part_row(9999, seeds.unit, 7, note="机密内容", created_at=NOW + timedelta(days=1))
    with pytest.raises(IntegrityError) as refusal, store.write() as tx:
        parts.add_parts(tx, [row])
    assert "机密内容" not in str(refusal.value)
