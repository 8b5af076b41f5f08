"""The database's own guard: a row of the timeline or a seal is never changed and never removed, by whatever program.

One change is let through: what somebody typed gives way to the mark of an erasure, and nothing else of the row moves.
Who owns the database can take the guard away; that the rows are still what they were is shown by the seals.
"""

from sqlalchemy import Connection as Tx
from sqlalchemy import text

ERASED = "■"
"""What stands in the place of words that were erased."""
_FIXED = ("id", "at", "verb", "plan_id", "part_id", "officer_id", "on_behalf_of", "door")
_STOP = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
_MOVED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FIXED)
_CHANGED = f"WHEN NEW.words IS NOT '{ERASED}' OR {_MOVED}"
NAMES = ("seal_kept", "seal_unchanged", "timeline_kept", "timeline_unchanged")
WHOLE = ("seal_whole", "timeline_whole")
"""Beside these on PostgreSQL, where a table can be emptied without a row of it being removed."""

SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS timeline_unchanged BEFORE UPDATE ON timeline {_CHANGED} {_STOP}",
    f"CREATE TRIGGER IF NOT EXISTS timeline_kept BEFORE DELETE ON timeline {_STOP}",
    f"CREATE TRIGGER IF NOT EXISTS seal_unchanged BEFORE UPDATE ON seal {_STOP}",
    f"CREATE TRIGGER IF NOT EXISTS seal_kept BEFORE DELETE ON seal {_STOP}",
)
_SAME = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _FIXED)
_STOPS = "BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION ruqi_append_only()"
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION ruqi_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_NAME = 'timeline_unchanged' THEN
            IF NEW.words = '{ERASED}' AND {_SAME} THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION 'append-only';
    END $$""",
    *(
        statement
        for name, table, when, each in (
            ("timeline_unchanged", "timeline", "UPDATE", "ROW"),
            ("timeline_kept", "timeline", "DELETE", "ROW"),
            ("timeline_whole", "timeline", "TRUNCATE", "STATEMENT"),
            ("seal_unchanged", "seal", "UPDATE", "ROW"),
            ("seal_kept", "seal", "DELETE", "ROW"),
            ("seal_whole", "seal", "TRUNCATE", "STATEMENT"),
        )
        for statement in (
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {_STOPS.format(when=when, table=table, each=each)}",
        )
    ),
)
"""Statements to be run in this order; steps 0008 and 0011 have them too, as they were then."""


def guard(tx: Tx) -> None:
    """Put the guard on tables that were just made."""
    for statement in SQLITE if tx.dialect.name == "sqlite" else POSTGRESQL:
        tx.execute(text(statement))


def missing(tx: Tx) -> list[str]:
    """The guards that are not in force."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": """SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')
            AND tgrelid IN ('timeline'::regclass, 'seal'::regclass)""",
    }
    there = set(tx.execute(text(asked[tx.dialect.name])).scalars())
    wanted = NAMES if tx.dialect.name == "sqlite" else (*NAMES, *WHOLE)
    return [name for name in wanted if name not in there]
