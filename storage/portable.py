"""All rows as lines of JSON, in one snapshot: a copy that needs no tool of PostgreSQL and loads into either database.

The first line of a table names its columns and what each holds; the lines after it are its rows, each a list. Loading
goes by these names, so that a copy of an earlier step loads into the tables of that step.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, String, Table, column, insert, select, table, text, update
from sqlalchemy.types import TypeEngine

from storage.engine import Store, Tx
from storage.migrate import explained
from storage.tables import metadata
from storage.types import Amount, Instant

MANY = 500
_KINDS: dict[str, TypeEngine[Any]] = {
    "instant": Instant(),
    "amount": Amount(),
    "day": Date(),
    "json": JSON(none_as_null=True),
    "switch": Boolean(),
    "number": Integer(),
    "text": String(),
}
Head = dict[str, Any]


def dump(store: Store, to: Path) -> dict[str, int]:
    """Write every row as it stands at one moment into the new file `to`; gives the number of rows by table."""
    written: dict[str, int] = {}
    with explained(store), _snapshot(store) as tx, gzip.open(to, "wt", encoding="utf-8", compresslevel=4) as file:
        for one in metadata.sorted_tables:
            file.write(_line({"table": one.name, "columns": {c.name: _kind(c.type) for c in one.columns}}))
            written[one.name] = 0
            rows = select(one).order_by(*one.primary_key).execution_options(yield_per=2000)
            for row in tx.execute(rows):
                file.write(_line(list(row)))
                written[one.name] += 1
    return written


def load(tx: Tx, source: Path) -> dict[str, int]:
    """Put every row of the copy into empty tables of its own step; gives the number of rows by table."""
    _take_all_the_time(tx)
    loaded: dict[str, int] = {}
    later: list[tuple[Head, list[dict[str, Any]]]] = []
    for head, rows in _batches(source):
        made = [dict(zip(head["columns"], row, strict=True)) for row in rows]
        later.append((head, _set_aside(head, made)))
        if made:
            tx.execute(insert(_table(head)), [_read(head, row) for row in made])
        loaded[head["table"]] = loaded.get(head["table"], 0) + len(made)
    for head, own in later:
        _point_back(tx, head, own)
    _number_on(tx, loaded)
    return loaded


@contextmanager
def _snapshot(store: Store) -> Iterator[Tx]:
    if store.dialect == "sqlite":
        with store.read() as tx:
            yield tx
        return
    with store.engine.connect() as connection:
        tx = connection.execution_options(isolation_level="REPEATABLE READ")
        with tx.begin():
            _take_all_the_time(tx)
            yield tx


def _take_all_the_time(tx: Tx) -> None:
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET LOCAL statement_timeout = 0"))
        tx.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(of: TypeEngine[Any]) -> str:
    return next(kind for kind, known in _KINDS.items() if isinstance(of, type(known)))


def _batches(source: Path) -> Iterator[tuple[Head, list[list[Any]]]]:
    head: Head = {}
    rows: list[list[Any]] = []
    with gzip.open(source, "rt", encoding="utf-8") as file:
        for line in file:
            found = json.loads(line)
            if isinstance(found, dict) or len(rows) == MANY:
                if head:
                    yield head, rows
                rows = []
            if isinstance(found, dict):
                head = found
            else:
                rows.append(found)
    if head:
        yield head, rows


def _table(head: Head) -> Any:
    return table(head["table"], *(column(name, _KINDS[kind]) for name, kind in head["columns"].items()))


def _read(head: Head, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(head["columns"][name], value) for name, value in row.items()}


def _value(kind: str, value: Any) -> Any:
    if value is None or kind not in {"instant", "day"}:
        return value
    return datetime.fromisoformat(value) if kind == "instant" else date.fromisoformat(value)


def _own_references(name: str) -> list[str]:
    """The columns that point into their own table: a row may name one that comes after it."""
    found: Table | None = metadata.tables.get(name)
    if found is None:
        return []
    return [c.name for c in found.columns for key in c.foreign_keys if key.column.table is found]


def _set_aside(head: Head, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for name in _own_references(head["table"]):
        kept += [{"row": row["id"], "column": name, "value": row[name]} for row in rows if row[name] is not None]
        for row in rows:
            row[name] = None
    return kept


def _point_back(tx: Tx, head: Head, own: Sequence[dict[str, Any]]) -> None:
    held = _table(head)
    for one in own:
        tx.execute(update(held).where(held.c.id == one["row"]).values({one["column"]: one["value"]}))


def _number_on(tx: Tx, loaded: dict[str, int]) -> None:
    """Let PostgreSQL go on counting where the copy ended; SQLite does so by itself."""
    if tx.dialect.name != "postgresql":
        return
    for name in loaded:
        if "id" in metadata.tables[name].c:
            newest = f"(SELECT coalesce(max(id), 0) + 1 FROM {name})"  # noqa: S608 our own table's name
            tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {newest}, false)"))
