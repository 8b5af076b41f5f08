"""Whether sending began: a claim that ran out before is no possible repeat."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """True for what is there: nobody knows of a claim of the version before."""
    op.add_column("delivery", sa.Column("begun", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.drop_column("begun")
