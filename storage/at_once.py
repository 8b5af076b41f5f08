"""Many rows in one statement that stays the same whatever their number, so that nobody reads or plans it anew.

PostgreSQL gets arrays. SQLite has none and needs none: a statement for each row costs it no way to a server.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Table, Update, any_, bindparam, column, func, update
from sqlalchemy.dialects.postgresql import ARRAY

from storage.engine import Tx


def among(dialect: str, ids: "Column[int]") -> ColumnElement[bool]:
    """True of the rows with these `_ids`; an array is one value, however long."""
    if dialect == "sqlite":
        return ids.in_(bindparam("_ids", expanding=True))
    return ids == any_(bindparam("_ids", type_=ARRAY(ids.type)))


def change_each(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write to each row, by its `id`, its own values; all of them name the same columns."""
    names = tuple(rows[0])
    if tx.dialect.name == "sqlite":
        tx.execute(_one(table, names), [_bound(row) for row in rows])
        return
    own = tuple(name for name in names if name == "id" or any(row[name] != rows[0][name] for row in rows))
    given = {name: [row[name] for row in rows] if name in own else rows[0][name] for name in names}
    tx.execute(_all(table, names, own), _bound(given))


def _bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """Names of their own: SQLAlchemy keeps a column's name for itself."""
    return {f"_{name}": value for name, value in values.items()}


def _bind(table: Table, name: str) -> BindParameter[Any]:
    return bindparam(f"_{name}", type_=table.c[name].type)


@cache
def _one(table: Table, names: tuple[str, ...]) -> Update:
    values = {name: _bind(table, name) for name in names if name != "id"}
    return update(table).where(table.c.id == bindparam("_id")).values(values)


@cache
def _all(table: Table, names: tuple[str, ...], own: tuple[str, ...]) -> Update:
    """Only what differs from row to row travels as an array; what they share is one value."""
    columns = [column(name, table.c[name].type) for name in own]
    arrays = (bindparam(f"_{one.name}", type_=ARRAY(one.type)) for one in columns)
    given = func.unnest(*arrays).table_valued(*columns).render_derived("given")
    values = {name: given.c[name] if name in own else _bind(table, name) for name in names if name != "id"}
    return update(table).where(table.c.id == given.c.id).values(values)
