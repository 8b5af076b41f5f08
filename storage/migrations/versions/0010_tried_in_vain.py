"""An index of the messages that were tried in vain, so that a beat need not read all that waits to find them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TRIED = sa.text("state = 'due' AND attempt > 0")


def upgrade() -> None:
    op.create_index("ix_delivery_tried", "delivery", ["at"], sqlite_where=TRIED, postgresql_where=TRIED)


def downgrade() -> None:
    op.drop_index("ix_delivery_tried", table_name="delivery")
