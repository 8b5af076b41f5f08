"""Bring a database to the tables of this version, or say in one line why it cannot be used and what to do.

A step runs inside one transaction on both databases, so a migration that is killed half-way leaves what was there
before. Only one process migrates: SQLite has one writer, PostgreSQL an advisory lock that dies with its connection.
Alembic is imported only where an older database is brought forward: it costs most of a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Literal

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from storage.append_only import guard
from storage.engine import Store, Tx
from storage.filesystems import network_kind
from storage.refusals import StoreRefused, because_of
from storage.tables import VERSION_TABLE, metadata

_LOCK = 0x72757169  # "ruqi"
_VERSION, _KEY = "version_num VARCHAR(32) NOT NULL", "PRIMARY KEY (version_num)"
"""As Alembic writes them, which takes the steps from here on."""
_HEADER = b"SQLite format 3\x00"

Change = Literal["made", "upgraded", "current"]


def upgrade(store: Store) -> Change:
    """Make or upgrade the tables; says which it was. Raises StoreUnusable for a database that is not ours to touch."""
    _refuse_path(store)
    with explained(store):
        with store.read() as tx:
            found = _found(tx, store)
        if found == head():
            _try_writing(store)
        else:
            _migrate(store)
        store.step = head()
    return "current" if found == head() else "upgraded" if found else "made"


def pass_gate(store: Store, tx: Tx) -> None:
    """Refuse to write once somebody moved the database under this process. Raises StoreRefused.

    On PostgreSQL whoever migrates waits for the transactions that passed, and those that come wait for the migration.
    The lock is a statement of its own, so that what is read afterwards is what the migration left.
    """
    if store.step is None:
        return
    if store.dialect == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _LOCK})
    found = tx.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 our own constant
    if found != store.step:
        raise StoreRefused("moved", where=place(store), what=found, ours=store.step)


def downgrade(store: Store, to: str) -> None:
    """Take steps back; ``base`` leaves an empty database. For tests and for a person who knows why."""
    from storage import steps  # noqa: PLC0415 Alembic, see above

    with explained(store), store.rebuild() as tx:
        _lock(tx)
        steps.down(tx, to)


def upgrade_to(store: Store, step: str | None) -> None:
    """Make the tables of that step in an empty database, for rows that were written then; None: of the newest."""
    from storage import steps  # noqa: PLC0415 Alembic, see above

    if step is not None and step not in _known():
        raise StoreRefused("newer", where=place(store), what=step)
    with explained(store), store.rebuild() as tx:
        _lock(tx)
        steps.up(tx, step or "head")


def step_of(store: Store) -> str | None:
    """The step the database stands at; None for an empty one. Raises StoreUnusable for what is not ours."""
    with explained(store), store.read() as tx:
        return _found(tx, store)


def examine(store: Store) -> None:
    """Read every page of a SQLite file and refuse a damaged one; PostgreSQL looks after its own."""
    if store.dialect != "sqlite":
        return
    with explained(store), store.read() as tx:
        said = tx.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if said != "ok":
        raise StoreRefused("damaged", where=place(store), what=" ".join(said.split()))


def place(store: Store) -> str:
    """Where the database is, fit to be shown: a file, or an address without its password."""
    url = store.engine.url
    return url.database or ":memory:" if store.dialect == "sqlite" else url.render_as_string(hide_password=True)


def head() -> str:
    """The newest step this version knows; steps are numbered in their file names."""
    return max(_known())


def _known() -> set[str]:
    versions = files("storage") / "migrations" / "versions"
    return {step.name[:4] for step in versions.iterdir() if step.name[:4].isdigit()} or {""}


def _found(tx: Tx, store: Store) -> str | None:
    """The step the database stands at, None for an empty one."""
    tables = inspect(tx).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise StoreRefused("foreign", where=place(store), what=", ".join(sorted(tables)[:3]))
        return None
    found: str | None = tx.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 our own constant
    if found is not None and found not in _known():
        raise StoreRefused("newer", where=place(store), what=found)
    return found


def _migrate(store: Store) -> None:
    with store.rebuild() as tx:
        _lock(tx)
        found = _found(tx, store)  # another process may have been here while we waited
        if found is None:
            _make(tx)
        elif found != head():
            from storage import steps  # noqa: PLC0415 Alembic, see above

            steps.up(tx)


def _make(tx: Tx) -> None:
    """All tables at once, in a tenth of the time; a test holds that the steps lead to exactly these."""
    metadata.create_all(tx)
    guard(tx)
    tx.execute(text(f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} ({_VERSION}, CONSTRAINT {VERSION_TABLE}_pkc {_KEY})"))
    tx.execute(text(f"INSERT INTO {VERSION_TABLE} (version_num) VALUES (:head)"), {"head": head()})  # noqa: S608 our own constant


def _lock(tx: Tx) -> None:
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET LOCAL statement_timeout = 0"))
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _refuse_path(store: Store) -> None:
    """What can be told about a SQLite file without opening it, so that nothing is made beside a mistake."""
    if store.dialect != "sqlite" or store.engine.url.database in (None, "", ":memory:"):
        return
    path = Path(place(store).removeprefix("file:").partition("?")[0])
    if not path.parent.is_dir():
        raise StoreRefused("no_folder", where=path, what=path.parent)
    if path.is_dir():
        raise StoreRefused("is_folder", where=path)
    if kind := network_kind(path.parent):
        raise StoreRefused("network", where=path, what=kind)
    if path.exists():
        _refuse_content(path)


def _refuse_content(path: Path) -> None:
    """An empty file is what a start that was killed leaves behind, so it is no reason to refuse."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except OSError as error:
        raise StoreRefused("unwritable", where=path, what=error.strerror) from error
    if start not in (b"", _HEADER):
        raise StoreRefused("not_sqlite", where=path)


def _try_writing(store: Store) -> None:
    """A read-only file, folder or server shows itself only when written to; this writes nothing that stays."""
    with store.write() as tx:
        if store.dialect == "postgresql":
            read_only = tx.execute(text("SHOW transaction_read_only")).scalar() == "on"
            if read_only:
                raise StoreRefused("unwritable", where=place(store), what="read-only")
            return
        version = tx.execute(text("PRAGMA user_version")).scalar_one()
        tx.execute(text(f"PRAGMA user_version = {int(version)}"))


@contextmanager
def explained(store: Store) -> Iterator[None]:
    """Turn what the database's driver says into a refusal that tells what to do."""
    try:
        yield
    except DBAPIError as error:
        raise because_of(error, place(store)) from error
