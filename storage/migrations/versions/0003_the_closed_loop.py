"""The closed loop: extensions, leaves, pauses, evidence, questions, announcements; several ways to reach a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PART_REFS = (("delegate_id", "officer"), ("came_from", "part"), ("rerouted_to", "unit"))


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["officer.id"], name=op.f("fk_announcement_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_created_by"), "announcement", ["created_by"], unique=False)
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["officer.id"], name=op.f("fk_leave_created_by")),
        sa.ForeignKeyConstraint(["deputy_id"], ["officer.id"], name=op.f("fk_leave_deputy_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_leave_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index(op.f("ix_leave_created_by"), "leave", ["created_by"], unique=False)
    op.create_index(op.f("ix_leave_deputy_id"), "leave", ["deputy_id"], unique=False)
    op.create_index(op.f("ix_leave_last_day"), "leave", ["last_day"], unique=False)
    op.create_index(op.f("ix_leave_officer_id"), "leave", ["officer_id"], unique=False)
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["officer.id"], name=op.f("fk_pause_created_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_pause_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_created_by"), "pause", ["created_by"], unique=False)
    op.create_index(op.f("ix_pause_plan_id"), "pause", ["plan_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("asks", sa.String(length=20), nullable=False),
        sa.Column("part_ids", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_question_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("channel", "address", "officer_id", name=op.f("uq_question_channel_address_officer_id")),
    )
    op.create_index(op.f("ix_question_officer_id"), "question", ["officer_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_evidence_officer_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_evidence_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_uid")),
    )
    op.create_index(op.f("ix_evidence_officer_id"), "evidence", ["officer_id"], unique=False)
    op.create_index(op.f("ix_evidence_part_id"), "evidence", ["part_id"], unique=False)
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("old_due", sa.Date(), nullable=False),
        sa.Column("asked_due", sa.Date(), nullable=False),
        sa.Column("granted_due", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name=op.f("fk_extension_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name=op.f("fk_extension_decided_by")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_extension_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_asked_by"), "extension", ["asked_by"], unique=False)
    op.create_index(op.f("ix_extension_decided_by"), "extension", ["decided_by"], unique=False)
    op.create_index(op.f("ix_extension_part_id"), "extension", ["part_id"], unique=False)
    op.create_index(
        "uq_extension_asked",
        "extension",
        ["part_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "group_chat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("bound_by", sa.Integer(), nullable=True),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bound_by"], ["officer.id"], name=op.f("fk_group_chat_bound_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_group_chat_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chat")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_group_chat_channel_address")),
    )
    op.create_index(op.f("ix_group_chat_bound_by"), "group_chat", ["bound_by"], unique=False)
    op.create_index(op.f("ix_group_chat_unit_id"), "group_chat", ["unit_id"], unique=False)
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
        table.alter_column("address", type_=sa.String(length=300), existing_type=sa.String(80), existing_nullable=False)
    with op.batch_alter_table("contact") as table:
        table.alter_column("position", server_default=None, existing_type=sa.Integer(), existing_nullable=False)
        table.alter_column("options", server_default=None, existing_type=sa.JSON(), existing_nullable=False)
    with op.batch_alter_table("delivery") as table:
        table.alter_column("address", type_=sa.String(length=300), existing_type=sa.String(80), existing_nullable=False)
        table.alter_column("message_ref", type_=sa.String(120), existing_type=sa.String(40), existing_nullable=False)
    with op.batch_alter_table("officer") as table:
        table.add_column(sa.Column("digest_at", sa.String(length=5), nullable=False, server_default=""))
    with op.batch_alter_table("officer") as table:
        table.alter_column("digest_at", server_default=None, existing_type=sa.String(5), existing_nullable=False)
    with op.batch_alter_table("part") as table:
        for name, target in PART_REFS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_part_{name}"), target, [name], ["id"])
            table.create_index(op.f(f"ix_part_{name}"), [name], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("part") as table:
        for name, _ in PART_REFS:
            table.drop_index(op.f(f"ix_part_{name}"))
            table.drop_constraint(op.f(f"fk_part_{name}"), type_="foreignkey")
            table.drop_column(name)
    with op.batch_alter_table("officer") as table:
        table.drop_column("digest_at")
    with op.batch_alter_table("delivery") as table:
        table.alter_column("message_ref", type_=sa.String(40), existing_type=sa.String(120), existing_nullable=False)
        table.alter_column("address", type_=sa.String(80), existing_type=sa.String(300), existing_nullable=False)
    with op.batch_alter_table("contact") as table:
        table.alter_column("address", type_=sa.String(80), existing_type=sa.String(300), existing_nullable=False)
        table.drop_column("options")
        table.drop_column("position")
    op.drop_index(op.f("ix_group_chat_unit_id"), table_name="group_chat")
    op.drop_index(op.f("ix_group_chat_bound_by"), table_name="group_chat")
    op.drop_table("group_chat")
    op.drop_index(
        "uq_extension_asked",
        table_name="extension",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_index(op.f("ix_extension_part_id"), table_name="extension")
    op.drop_index(op.f("ix_extension_decided_by"), table_name="extension")
    op.drop_index(op.f("ix_extension_asked_by"), table_name="extension")
    op.drop_table("extension")
    op.drop_index(op.f("ix_evidence_sha256"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_part_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_officer_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_question_officer_id"), table_name="question")
    op.drop_table("question")
    op.drop_index(op.f("ix_pause_plan_id"), table_name="pause")
    op.drop_index(op.f("ix_pause_created_by"), table_name="pause")
    op.drop_table("pause")
    op.drop_index(op.f("ix_leave_officer_id"), table_name="leave")
    op.drop_index(op.f("ix_leave_last_day"), table_name="leave")
    op.drop_index(op.f("ix_leave_deputy_id"), table_name="leave")
    op.drop_index(op.f("ix_leave_created_by"), table_name="leave")
    op.drop_table("leave")
    op.drop_index(op.f("ix_announcement_created_by"), table_name="announcement")
    op.drop_table("announcement")
