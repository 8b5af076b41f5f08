"""Copy lists: who gets a copy of a unit's letters, by name."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copy_to",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_copy_to_officer_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_copy_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_to")),
        sa.UniqueConstraint("unit_id", "officer_id", "letter", name=op.f("uq_copy_to_unit_id_officer_id_letter")),
    )
    op.create_index(op.f("ix_copy_to_officer_id"), "copy_to", ["officer_id"], unique=False)
    op.create_index(op.f("ix_copy_to_unit_id"), "copy_to", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_copy_to_unit_id"), table_name="copy_to")
    op.drop_index(op.f("ix_copy_to_officer_id"), table_name="copy_to")
    op.drop_table("copy_to")
