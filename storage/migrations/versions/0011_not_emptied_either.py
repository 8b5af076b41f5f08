"""On PostgreSQL the timeline and its seals are not emptied in one stroke either: TRUNCATE fires no row's trigger."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("timeline", "seal")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            stops = "FOR EACH STATEMENT EXECUTE FUNCTION ruqi_append_only()"
            op.execute(f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} {stops}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP TRIGGER {table}_whole ON {table}")
