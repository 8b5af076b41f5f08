"""Seals over the timeline, and the guard that keeps both as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMES = ("timeline_unchanged", "timeline_kept", "seal_unchanged", "seal_kept")
FIXED = ("id", "at", "verb", "plan_id", "part_id", "officer_id", "on_behalf_of", "door")
STOP = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
MOVED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
SAME = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED)


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_row", sa.Integer(), nullable=False),
        sa.Column("last_row", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seal")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    moved = f"WHEN NEW.words IS NOT '■' OR {MOVED}"
    op.execute(f"CREATE TRIGGER IF NOT EXISTS timeline_unchanged BEFORE UPDATE ON timeline {moved} {STOP}")
    op.execute(f"CREATE TRIGGER IF NOT EXISTS timeline_kept BEFORE DELETE ON timeline {STOP}")
    op.execute(f"CREATE TRIGGER IF NOT EXISTS seal_unchanged BEFORE UPDATE ON seal {STOP}")
    op.execute(f"CREATE TRIGGER IF NOT EXISTS seal_kept BEFORE DELETE ON seal {STOP}")


def _guard_postgresql() -> None:
    op.execute(
        f"""CREATE OR REPLACE FUNCTION ruqi_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_NAME = 'timeline_unchanged' THEN
            IF NEW.words = '■' AND {SAME} THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION 'append-only';
    END $$"""
    )
    for name in NAMES:
        table, _, kind = name.partition("_")
        when = "UPDATE" if kind == "unchanged" else "DELETE"
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION ruqi_append_only()")


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name in NAMES:
        op.execute(f"DROP TRIGGER {name}" + (f" ON {name.partition('_')[0]}" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION ruqi_append_only()")
    op.drop_table("seal")
