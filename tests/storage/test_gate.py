"""The gate: whoever runs on a database that was moved to another version's tables writes nothing more."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from storage.engine import Store, open_store
from storage.migrate import downgrade, pass_gate, step_of, upgrade
from storage.refusals import EXIT_CODES, StoreRefused


@pytest.fixture
def running(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    upgrade(store)
    yield store
    store.close()


def knock(store: Store) -> None:
    with store.write() as tx:
        pass_gate(store, tx)


def test_a_newer_step_and_an_older_one_are_both_refused(running: Store) -> None:
    knock(running)
    with running.write() as tx:
        tx.execute(text("UPDATE ruqi_version SET version_num = '9999'"))
    with pytest.raises(StoreRefused) as refused:
        knock(running)
    assert refused.value.exit_code == EXIT_CODES["moved"]
    assert (refused.value.values["what"], refused.value.values["ours"]) == ("9999", running.step)
    with running.write() as tx:
        tx.execute(text("UPDATE ruqi_version SET version_num = :step"), {"step": running.step})
    knock(running)
    downgrade(running, "0005")
    with pytest.raises(StoreRefused, match="0005"):
        knock(running)


def test_who_did_not_look_at_the_step_is_not_asked(database_url: str) -> None:
    store = open_store(database_url)
    store.create()
    knock(store)
    store.close()


def test_a_writer_waits_for_a_migration_and_is_refused_after_it(postgres_database: str) -> None:
    running, newer = open_store(postgres_database), open_store(postgres_database)
    upgrade(running)
    said: list[str] = []

    def write() -> None:
        try:
            knock(running)
        except StoreRefused as refused:
            said.append(refused.reason)

    with newer.rebuild() as tx:
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": 0x72757169})
        writer = threading.Thread(target=write)
        writer.start()
        wait_for_a_waiter(newer)
        tx.execute(text("UPDATE ruqi_version SET version_num = '9999'"))
    writer.join(60)
    assert said == ["moved"]
    for store in (running, newer):
        store.close()


def wait_for_a_waiter(store: Store) -> None:
    """Until somebody waits for an advisory lock."""
    query = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    end = time.monotonic() + 60
    waiting = 0
    while not waiting:
        assert time.monotonic() < end, "nobody waits"
        time.sleep(0.01)
        with store.read() as tx:
            waiting = tx.execute(query).scalar_one()


def test_a_migration_waits_for_a_writer_that_has_passed(postgres_database: str) -> None:
    running, newer = open_store(postgres_database), open_store(postgres_database)
    upgrade(running)
    downgrade(newer, "0005")
    running.step = "0005"
    with running.write() as tx:
        pass_gate(running, tx)
        moving = threading.Thread(target=upgrade, args=[newer])
        moving.start()
        wait_for_a_waiter(running)
        assert step_of(running) == "0005"
    moving.join(60)
    assert step_of(running) == newer.step
    for store in (running, newer):
        store.close()
