"""What a database itself says of its tables, and the long way to them."""

from sqlalchemy import inspect, text

from storage import steps
from storage.engine import Store
from storage.tables import VERSION_TABLE


def schema(store: Store) -> list[str]:
    """Every table and index as the database itself tells it, without Alembic's own table.

    The words of each are sorted, since the order of a table's constraints depends on who wrote it down; quotation
    marks are left out, since SQLite puts them around the name of a table that took another's place.
    """
    sqlite = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'ruqi_version'"
    columns = """SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, character_maximum_length)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'ruqi_version'"""
    keys = """SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid IS DISTINCT FROM to_regclass('ruqi_version')"""
    indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'ruqi_version'"
    with store.read() as tx:
        queries = [sqlite] if store.dialect == "sqlite" else [columns, keys, indexes]
        rows = [row for query in queries for row in tx.execute(text(query)).scalars()]
    return sorted(" ".join(sorted(row.replace(",", " ").replace('"', "").split())) for row in rows)


def step_by_step(store: Store) -> None:
    with store.rebuild() as tx:
        steps.up(tx)


def versions(store: Store) -> tuple[str, list[str], list[str]]:
    """What stands in Alembic's own table, its columns, and those of its key."""
    with store.read() as tx:
        found: str = tx.execute(text("SELECT version_num FROM ruqi_version")).scalar_one()
        columns = [column["name"] for column in inspect(tx).get_columns(VERSION_TABLE)]
        return found, columns, inspect(tx).get_pk_constraint(VERSION_TABLE)["constrained_columns"]
