"""A database of each earlier step, with rows in every table as they could be written then, opens and keeps them all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Table, insert, select, types

from storage import migrate
from storage.engine import Store, Tx, open_store
from storage.tables import VERSION_TABLE, metadata
from tests.house.test_steps import STEPS

EARLIER = sorted(file.name[:4] for file in STEPS.glob("[0-9]*.py"))[:-1]
THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
ROWS = (1, 2)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def store(empty_database_url: str) -> Iterator[Store]:
    opened = open_store(empty_database_url)
    yield opened
    opened.close()


@pytest.mark.parametrize("step", EARLIER)
def test_it_opens_and_keeps_every_row(store: Store, step: str) -> None:
    migrate.upgrade_to(store, step)
    with store.write() as tx:
        tables = tables_of(tx)
        for table in tables.sorted_tables:
            tx.execute(insert(table), [row_of(table, number, tx.dialect.name) for number in ROWS])
    with store.read() as tx:
        written = rows_of(tx, tables)
    assert len(written) > 10
    assert migrate.upgrade(store) == "upgraded"
    assert migrate.step_of(store) == migrate.head()
    with store.read() as tx:
        assert rows_of(tx, tables) == written
        read = {name: len(tx.execute(select(metadata.tables[name])).all()) for name in written}
    assert set(read.values()) == {len(ROWS)}, "and this version reads them all"


def tables_of(tx: Tx) -> MetaData:
    """As the database itself tells them, without Alembic's own."""
    found = MetaData()
    found.reflect(tx)
    found.remove(found.tables[VERSION_TABLE])
    return found


def rows_of(tx: Tx, tables: MetaData) -> Rows:
    found: Rows = {}
    for table in tables.sorted_tables:
        query = select(table).order_by(*table.primary_key)
        found[table.name] = [dict(row) for row in tx.execute(query).mappings()]
    return found


def row_of(table: Table, number: int, dialect: str) -> dict[str, Any]:
    """Something in every column: a reference to the row of the same number, else a value of the column's kind."""
    return {column.name: _value(column, number, dialect) for column in table.columns}


def _value(column: "Column[Any]", number: int, dialect: str) -> object:  # noqa: PLR0911 - one kind after the other
    if column.foreign_keys:
        (to,) = column.foreign_keys
        return None if column.nullable and to.column.table is column.table else number
    match column.type:
        case types.JSON():
            return {"第": number}
        case Boolean():
            return number == 1
        case DateTime():
            return THEN.replace(minute=number, tzinfo=None if dialect == "sqlite" else UTC)
        case Date():
            return date(2025, 3, number)
        case Integer():
            return number
        case _:
            return str(number)
