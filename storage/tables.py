"""What is remembered, as tables. The keys that make things happen once stand here: only the database sees everybody.

Definition (plan, duty) · occurrence · part · reminder · delivery · inbox · timeline are separate: a rule, a date it
gave, a unit's share of it, a promise to remind, one message's way, what came in, what was done are seven things.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
    true,
)

from storage.types import Amount, Instant

VERSION_TABLE = "ruqi_version"
"""Where Alembic keeps the schema's version: a name of our own, so that another program's is never taken for ours."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, ForeignKey(f"{target}.id"), nullable=nullable, index=True)


meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

unit = Table(
    "unit",
    metadata,
    _key(),
    Column("name", String(120), nullable=False, unique=True),
    Column("short", String(60), nullable=False, default=""),
    _ref("parent_id", "unit", nullable=True),
    Column("categories", JSON, nullable=False),
    Column("sample", Boolean, nullable=False, default=False),
    Column("next_code", Integer, nullable=False, default=1),
)

officer = Table(
    "officer",
    metadata,
    _key(),
    _ref("unit_id", "unit"),
    Column("name", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("position", String(60), nullable=False, default=""),
    Column("language", String(8), nullable=False, default="zh"),
    Column("digest_at", String(5), nullable=False, default=""),
    Column("active", Boolean, nullable=False, default=True),
    Column("sample", Boolean, nullable=False, default=False),
    UniqueConstraint("unit_id", "name", "role"),
)

contact = Table(
    "contact",
    metadata,
    _key(),
    _ref("officer_id", "officer"),
    Column("channel", String(20), nullable=False),
    Column("address", String(300), nullable=False),
    Column("position", Integer, nullable=False, default=0),
    Column("options", JSON, nullable=False),
    Column("state", String(12), nullable=False, default="live"),
    Column("reason", Text, nullable=False, default=""),
    Column("bound_at", Instant, nullable=False),
    UniqueConstraint("channel", "address"),
)

group_chat = Table(
    "group_chat",
    metadata,
    _key(),
    _ref("unit_id", "unit"),
    Column("channel", String(20), nullable=False),
    Column("address", String(300), nullable=False),
    Column("state", String(12), nullable=False, default="live"),
    Column("reason", Text, nullable=False, default=""),
    _ref("bound_by", "officer", nullable=True),
    Column("bound_at", Instant, nullable=False),
    UniqueConstraint("channel", "address"),
)

token = Table(
    "token",
    metadata,
    _key(),
    Column("kind", String(12), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    _ref("officer_id", "officer", nullable=True),
    Column("scope", String(12), nullable=False, default=""),
    Column("subject_id", Integer),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    Column("last_used_at", Instant),
    Column("last_agent", String(120), nullable=False, default=""),
    Column("options", JSON, nullable=False),
    Index("ix_token_kind_officer_id", "kind", "officer_id"),
)

plan = Table(
    "plan",
    metadata,
    _key(),
    Column("key", String(60), nullable=False, unique=True),
    Column("title", String(300), nullable=False),
    Column("short", String(60), nullable=False, default=""),
    Column("number", String(80), nullable=False, default=""),
    Column("issuer", String(120), nullable=False, default=""),
    Column("issued", Date, nullable=False),
    Column("begins", Date, nullable=False),
    Column("ends", Date),
    Column("verification", String(12), nullable=False),
    Column("confidential", Boolean, nullable=False, default=False),
    Column("due_on_holiday", String(16), nullable=False),
    Column("counted_on_holiday", String(16), nullable=False),
    Column("groups", JSON, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("sample", Boolean, nullable=False, default=False),
    Column("state", String(8), nullable=False, default="on"),
    Column("revision", Integer, nullable=False, default=1),
    Column("tracked_from", Date, nullable=False),
    Column("imported_at", Instant, nullable=False),
)

duty = Table(
    "duty",
    metadata,
    _key(),
    _ref("plan_id", "plan"),
    Column("key", String(40), nullable=False),
    Column("item", String(40), nullable=False),
    Column("position", Integer, nullable=False),
    Column("section", String(200), nullable=False, default=""),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False, default=""),
    Column("kind", String(20), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("timings", JSON, nullable=False),
    Column("ongoing", Boolean, nullable=False, default=False),
    Column("any_one", Boolean, nullable=False, default=False),
    Column("measure", String(300), nullable=False, default=""),
    Column("source", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(8), nullable=False, default="live"),
    UniqueConstraint("plan_id", "key"),
)

draft = Table(
    "draft",
    metadata,
    _key(),
    Column("name", String(300), nullable=False),
    Column("file", String(200), nullable=False, default=""),
    Column("plan", JSON, nullable=False),
    Column("doubts", JSON, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("state", String(12), nullable=False, default="open"),
    Column("report", JSON),
    _ref("created_by", "officer", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

event = Table(
    "event",
    metadata,
    _key(),
    _ref("plan_id", "plan"),
    Column("name", String(120), nullable=False),
    Column("day", Date, nullable=False),
    Column("key", String(60), nullable=False),
    Column("note", Text, nullable=False, default=""),
    _ref("officer_id", "officer", nullable=True),
    Column("registered_at", Instant, nullable=False),
    Column("cancelled_at", Instant),
    UniqueConstraint("plan_id", "name", "key"),
)

occurrence = Table(
    "occurrence",
    metadata,
    _key(),
    _ref("duty_id", "duty"),
    Column("rule_day", Date, nullable=False),
    Column("due", Date, nullable=False, index=True),
    Column("stage", String(60), nullable=False, default=""),
    Column("event_key", String(60), nullable=False, default=""),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("target", Amount, nullable=False),
    Column("unit_of_measure", String(20), nullable=False, default=""),
    Column("provisional", Boolean, nullable=False, default=False),
    Column("state", String(12), nullable=False),
    UniqueConstraint("duty_id", "rule_day", "stage", "event_key"),
)

part = Table(
    "part",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    _ref("occurrence_id", "occurrence"),
    _ref("unit_id", "unit"),
    Column("role", String(12), nullable=False),
    Column("code", Integer, nullable=False),
    Column("state", String(12), nullable=False, default="open"),
    Column("due", Date, nullable=False, index=True),
    Column("counted", Amount, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("received_at", Instant),
    _ref("received_by", "officer", nullable=True),
    Column("reported_at", Instant),
    _ref("reported_by", "officer", nullable=True),
    Column("settled_at", Instant),
    _ref("delegate_id", "officer", nullable=True),
    _ref("came_from", "part", nullable=True),
    _ref("rerouted_to", "unit", nullable=True),
    Column("sequence", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("occurrence_id", "unit_id"),
    UniqueConstraint("unit_id", "code"),
)
Index(
    "ix_part_open_due",
    part.c.unit_id,
    part.c.due,
    sqlite_where=part.c.settled_at.is_(None),
    postgresql_where=part.c.settled_at.is_(None),
)

extension = Table(
    "extension",
    metadata,
    _key(),
    _ref("part_id", "part"),
    Column("state", String(12), nullable=False, default="asked"),
    Column("old_due", Date, nullable=False),
    Column("asked_due", Date, nullable=False),
    Column("granted_due", Date),
    Column("reason", Text, nullable=False),
    _ref("asked_by", "officer", nullable=True),
    Column("asked_at", Instant, nullable=False),
    _ref("decided_by", "officer", nullable=True),
    Column("decided_at", Instant),
    Column("decision", Text, nullable=False, default=""),
)
ASKED = extension.c.state == literal_column("'asked'")
Index("uq_extension_asked", extension.c.part_id, unique=True, sqlite_where=ASKED, postgresql_where=ASKED)

leave = Table(
    "leave",
    metadata,
    _key(),
    _ref("officer_id", "officer"),
    _ref("deputy_id", "officer", nullable=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False, index=True),
    _ref("created_by", "officer", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

copy_to = Table(
    "copy_to",
    metadata,
    _key(),
    _ref("unit_id", "unit"),
    _ref("officer_id", "officer"),
    Column("letter", String(10), nullable=False),
    UniqueConstraint("unit_id", "officer_id", "letter"),
)

pause = Table(
    "pause",
    metadata,
    _key(),
    _ref("plan_id", "plan", nullable=True),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    _ref("created_by", "officer", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

joining = Table(
    "joining",
    metadata,
    _key(),
    Column("channel", String(20), nullable=False),
    Column("address", String(300), nullable=False),
    Column("name", String(60), nullable=False),
    Column("unit_said", String(120), nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("state", String(12), nullable=False, default="asked"),
    Column("asked_at", Instant, nullable=False),
    _ref("officer_id", "officer", nullable=True),
    _ref("decided_by", "officer", nullable=True),
    Column("decided_at", Instant),
    Column("reason", Text, nullable=False, default=""),
)
JOINS = joining.c.state == literal_column("'asked'")
Index(
    "uq_joining_asked",
    joining.c.channel,
    joining.c.address,
    unique=True,
    sqlite_where=JOINS,
    postgresql_where=JOINS,
)

evidence = Table(
    "evidence",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    _ref("part_id", "part"),
    _ref("officer_id", "officer", nullable=True),
    Column("state", String(12), nullable=False, default="waiting"),
    Column("name", String(200), nullable=False, default=""),
    Column("media_type", String(100), nullable=False, default=""),
    Column("size", Integer, nullable=False, default=0),
    Column("sha256", String(64), nullable=False, default="", index=True),
    Column("channel", String(20), nullable=False),
    Column("source", JSON, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("stored_at", Instant),
)

question = Table(
    "question",
    metadata,
    _key(),
    Column("channel", String(20), nullable=False),
    Column("address", String(300), nullable=False),
    _ref("officer_id", "officer"),
    Column("asks", String(20), nullable=False),
    Column("part_ids", JSON, nullable=False),
    Column("words", Text, nullable=False, default=""),
    Column("asked_at", Instant, nullable=False),
    UniqueConstraint("channel", "address", "officer_id"),
)

announcement = Table(
    "announcement",
    metadata,
    _key(),
    Column("text", Text, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("recipients", Integer, nullable=False),
    Column("state", String(12), nullable=False, default="draft"),
    _ref("created_by", "officer"),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
)

hook = Table(
    "hook",
    metadata,
    _key(),
    Column("url", Text, nullable=False),
    Column("secret", String(100), nullable=False),
    Column("events", JSON, nullable=False),
    Column("state", String(12), nullable=False, default="live"),
    Column("reason", Text, nullable=False, default=""),
    Column("created_at", Instant, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    _key(),
    _ref("part_id", "part"),
    _ref("officer_id", "officer"),
    Column("rung", String(24), nullable=False),
    Column("due", Date, nullable=False),
    Column("audience", String(12), nullable=False),
    Column("lies_at", Instant, nullable=False),
    Column("push_at", Instant, nullable=False),
    Column("state", String(12), nullable=False, default="planned"),
    Column("reason", String(40), nullable=False, default=""),
    Column("handed_at", Instant),
    UniqueConstraint("part_id", "rung", "due", "officer_id"),
)
PLANNED = reminder.c.state == literal_column("'planned'")
"""Written out, not bound: SQLite uses a partial index only where it can read the condition in the statement."""
Index("ix_reminder_planned_push_at", reminder.c.push_at, sqlite_where=PLANNED, postgresql_where=PLANNED)

delivery = Table(
    "delivery",
    metadata,
    _key(),
    _ref("officer_id", "officer", nullable=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(300), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("key", String(120), unique=True),
    Column("body", JSON, nullable=False),
    Column("state", String(12), nullable=False, default="due"),
    Column("at", Instant, nullable=False),
    Column("next_try_at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("owner", String(40), nullable=False, default=""),
    Column("lease_until", Instant),
    Column("ambiguous", Integer, nullable=False, default=0),
    Column("message_ref", String(120), nullable=False, default=""),
    Column("text", Text, nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("begun", Boolean, nullable=False, default=True, server_default=true()),
    Index("ix_delivery_channel_address_message_ref", "channel", "address", "message_ref"),
)
DUE = delivery.c.state == literal_column("'due'")
SENDING = delivery.c.state == literal_column("'sending'")
TRIED = and_(DUE, delivery.c.attempt > literal_column("0"))
"""Waits for another try: few rows, among the many that wait for their moment."""
Index(
    "ix_delivery_due",
    delivery.c.channel,
    delivery.c.next_try_at,
    sqlite_where=DUE,
    postgresql_where=DUE,
)
Index("ix_delivery_tried", delivery.c.at, sqlite_where=TRIED, postgresql_where=TRIED)
Index(
    "ix_delivery_leased",
    delivery.c.lease_until,
    sqlite_where=SENDING,
    postgresql_where=SENDING,
)

delivery_item = Table(
    "delivery_item",
    metadata,
    Column("delivery_id", ForeignKey("delivery.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _ref("part_id", "part"),
    _ref("reminder_id", "reminder", nullable=True),
)

inbox = Table(
    "inbox",
    metadata,
    _key(),
    Column("channel", String(20), nullable=False),
    Column("account", String(40), nullable=False),
    Column("source_id", String(80), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("handled_at", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    _ref("officer_id", "officer", nullable=True),
    Column("reply", JSON),
    UniqueConstraint("channel", "account", "source_id"),
)
Index(
    "ix_inbox_waiting",
    inbox.c.id,
    sqlite_where=inbox.c.handled_at.is_(None),
    postgresql_where=inbox.c.handled_at.is_(None),
)

timeline = Table(
    "timeline",
    metadata,
    _key(),
    Column("at", Instant, nullable=False),
    Column("verb", String(20), nullable=False),
    _ref("plan_id", "plan", nullable=True),
    _ref("part_id", "part", nullable=True),
    _ref("officer_id", "officer", nullable=True),
    _ref("on_behalf_of", "officer", nullable=True),
    Column("door", String(20), nullable=False),
    Column("words", Text, nullable=False, default=""),
    Column("answered", String(80), nullable=False, default=""),
    Column("detail", JSON, nullable=False),
)

seal = Table(
    "seal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("after_row", Integer, nullable=False),
    Column("last_row", Integer, nullable=False),
    Column("rows", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("key", String(16), nullable=False),
    Column("code", String(64), nullable=False),
)
