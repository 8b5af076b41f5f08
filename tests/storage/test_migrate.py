"""Migrations on both real databases: they make exactly the tables, take them down, and refuse what is not ours."""

import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from storage import migrate, steps
from storage.engine import Store, open_store
from storage.errors import StoreUnusable
from storage.refusals import StoreRefused
from storage.tables import VERSION_TABLE, metadata
from tests.storage.schemas import schema, step_by_step, versions

OPENED: list[Store] = []


@pytest.fixture(autouse=True)
def all_closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


def opened(url: str) -> Store:
    OPENED.append(open_store(url))
    return OPENED[-1]


@pytest.fixture
def store(empty_database_url: str) -> Store:
    return opened(empty_database_url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ruqi.db"


def at(file: Path) -> Store:
    return opened(f"sqlite:///{file}")


def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    step_by_step(store)
    with store.read() as tx:
        context = MigrationContext.configure(tx, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_they_agree_with_create_all_to_the_last_index(store: Store, tmp_path: Path) -> None:
    """Alembic's comparison does not see the condition of a partial index; the database's own words do."""
    assert migrate.upgrade(store) == "made"
    expected, version = schema(store), versions(store)
    metadata.drop_all(store.engine)
    with store.write() as tx:
        tx.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    step_by_step(store)
    assert schema(store) == expected
    assert versions(store) == version == (migrate.head(), ["version_num"], ["version_num"])


def test_down_and_up_again_gives_the_same_tables(store: Store) -> None:
    step_by_step(store)
    before = schema(store)
    migrate.downgrade(store, "base")
    with store.read() as tx:
        assert inspect(tx).get_table_names() == [VERSION_TABLE]
    step_by_step(store)
    assert schema(store) == before


def test_what_was_made_at_once_goes_down_and_up_too(store: Store) -> None:
    migrate.upgrade(store)
    before = schema(store)
    migrate.downgrade(store, "base")
    assert migrate.upgrade(store) == "made"
    assert schema(store) == before


def test_a_database_of_the_step_before_keeps_its_rows(store: Store) -> None:
    """Tables that are copied on the way keep what refers to them."""
    with store.rebuild() as tx:
        steps.up(tx, "0002")
        tx.execute(
            text("INSERT INTO unit (id, name, short, categories, sample, next_code) VALUES (1,'甲','','[]',false,1)")
        )
        tx.execute(
            text(
                "INSERT INTO officer (id, unit_id, name, role, position, language, active, sample)"
                " VALUES (1, 1, '张敏', 'officer', '', 'zh', true, false)"
            )
        )
        tx.execute(
            text(
                "INSERT INTO contact (officer_id, channel, address, state, reason, bound_at)"
                " VALUES (1, 'telegram', '7', 'live', '', '2026-01-01 00:00:00')"
            )
        )
    assert migrate.upgrade(store) == "upgraded"
    with store.write() as tx:
        row = tx.execute(
            text("SELECT officer_id, contact.position, options, digest_at FROM contact JOIN officer ON officer.id = 1")
        )
        assert [tuple(found) for found in row] == [(1, 0, *_EMPTY[store.dialect], "")]
        with pytest.raises(IntegrityError):
            tx.execute(text("DELETE FROM officer"))


_EMPTY: dict[str, tuple[object]] = {"sqlite": ("{}",), "postgresql": ({},)}


def test_a_second_upgrade_changes_nothing(store: Store) -> None:
    migrate.upgrade(store)
    assert migrate.upgrade(store) == "current"


def test_a_current_database_is_recognised_without_alembic(file: Path) -> None:
    migrate.upgrade(at(file))
    code = f"""
import sys
from storage.engine import open_store
from storage.migrate import upgrade
assert upgrade(open_store("sqlite:///{file}")) == "current"
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


def test_the_file_names_and_alembic_agree_on_the_newest_step() -> None:
    assert steps.heads() == [migrate.head()]


def test_two_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    stores = [opened(empty_database_url) for _ in range(2)]
    said: list[object] = []

    def start(store: Store) -> None:
        try:
            said.append(migrate.upgrade(store))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            said.append(error)

    threads = [threading.Thread(target=start, args=[store]) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert set(said) <= {"made", "current"}
    assert len(said) == 2
    assert schema(stores[0]) == schema(stores[1])


@pytest.mark.parametrize(("stands_at", "change"), [("", "made"), ("0002", "upgraded")])
def test_a_killed_migration_leaves_nothing_and_runs_again(file: Path, stands_at: str, change: str) -> None:
    """A kill -9 in the middle: the process ends inside the transaction, after tables were made."""
    store = at(file)
    if stands_at:
        with store.rebuild() as tx:
            steps.up(tx, stands_at)
    before = schema(store)
    code = f"""
import os
from sqlalchemy import Table, event
from storage.engine import open_store
from storage.migrate import upgrade
made = []
def count(*args, **options):
    made.append(args)
    if len(made) == 5:
        os.kill(os.getpid(), 9)
event.listen(Table, "after_create", count)
upgrade(open_store("sqlite:///{file}"))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert schema(store) == before
    assert migrate.upgrade(store) == change


def test_a_newer_database_is_refused(store: Store) -> None:
    migrate.upgrade(store)
    with store.write() as tx:
        tx.execute(text("UPDATE ruqi_version SET version_num = '9999'"))
    with pytest.raises(StoreUnusable, match=r"newer Ruqi.*9999"):
        migrate.upgrade(store)


def test_a_database_of_another_program_is_refused_and_left_alone(store: Store) -> None:
    with store.write() as tx:
        tx.execute(text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(StoreUnusable, match=r"another program.*invoices"):
        migrate.upgrade(store)
    with store.read() as tx:
        assert inspect(tx).get_table_names() == ["invoices"]


def test_a_file_that_is_no_database_is_refused_and_kept(file: Path) -> None:
    file.write_text("月度台账, 不是数据库\n" * 50)
    before = file.read_bytes()
    with pytest.raises(StoreUnusable, match=re.escape(str(file))):
        migrate.upgrade(at(file))
    assert file.read_bytes() == before


def test_a_missing_folder_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        migrate.upgrade(at(tmp_path / "gone" / "ruqi.db"))
    assert refused.value.key == "store_no_folder"
    assert not (tmp_path / "gone").exists()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="is a folder"):
        migrate.upgrade(at(tmp_path))


@pytest.mark.parametrize("place", [100, 4096], ids=["first page", "second page"])
def test_a_damaged_file_is_refused(file: Path, place: int) -> None:
    store = at(file)
    migrate.upgrade(store)
    migrate.examine(store)
    store.close()
    with file.open("r+b") as raw:
        raw.seek(place)
        raw.write(b"\xff" * 400)
    with pytest.raises(StoreUnusable, match="damaged") as refused:
        upgrade_and_examine(file)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


def upgrade_and_examine(file: Path) -> None:
    migrate.upgrade(at(file))
    migrate.examine(at(file))


def test_a_database_that_may_not_be_written_is_refused(file: Path) -> None:
    """The tests may run as root, whom no file mode stops, so the connection itself is read-only."""
    migrate.upgrade(at(file))
    with pytest.raises(StoreUnusable, match="cannot be written"):
        migrate.upgrade(opened(f"sqlite:///file:{file}?mode=ro&uri=true"))


def test_a_server_that_takes_no_writes_is_refused(postgres_database: str) -> None:
    migrate.upgrade(opened(postgres_database))
    with opened(postgres_database).engine.connect() as admin:
        admin.execute(text(f"ALTER DATABASE {admin.engine.url.database} SET default_transaction_read_only = on"))
        admin.commit()
    with pytest.raises(StoreUnusable, match="cannot be written"):
        migrate.upgrade(opened(postgres_database))


def test_a_database_held_by_another_program_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.upgrade(at(file))
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreRefused) as refused:
        migrate.upgrade(at(file))
    other.close()
    assert refused.value.reason == "busy"


def test_a_server_that_is_down_is_named_without_its_password() -> None:
    store = opened("postgresql://ruqi:hunter2@127.0.0.1:1/ruqi")
    with pytest.raises(StoreUnusable, match="does not answer") as refused:
        migrate.upgrade(store)
    assert "hunter2" not in str(refused.value)
    assert "127.0.0.1:1" in str(refused.value)
