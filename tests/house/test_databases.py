"""The database fixtures give what they promise: two real engines, empty, apart from each other, gone afterwards."""

import os
from pathlib import Path

import psycopg
import sqlalchemy as sa

from tests import postgres


def test_database_is_empty_and_takes_writes(empty_database_url: str) -> None:
    engine = sa.create_engine(empty_database_url)
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == []
        connection.execute(sa.text("CREATE TABLE duty (title TEXT)"))
        connection.execute(sa.text("INSERT INTO duty VALUES ('集中宣誓')"))
        assert connection.scalar(sa.text("SELECT title FROM duty")) == "集中宣誓"
    engine.dispose()


def test_database_is_dropped_even_while_in_use(postgres_url: str) -> None:
    with postgres.temporary_database(postgres_url) as url:
        left_open = psycopg.connect(postgres.plain(url))
    with psycopg.connect(postgres.plain(postgres_url)) as admin:
        names = {name for (name,) in admin.execute("SELECT datname FROM pg_database")}
    left_open.close()
    assert url.rpartition("/")[2] not in names


def test_server_does_not_run_as_root(postgres_url: str) -> None:
    with psycopg.connect(postgres.plain(postgres_url)) as admin:
        row = admin.execute("SELECT pg_backend_pid(), current_setting('fsync')").fetchone()
        assert row is not None
        pid, fsync = row
        # While the connection is open: its process ends with it.
        assert Path(f"/proc/{pid}").stat().st_uid != 0 or os.geteuid() != 0
    assert fsync == "off"
