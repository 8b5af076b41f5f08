"""What is remembered of one person, by table: to be given to them, and to be made nobody's.

Every column that names a person stands in one of the two lists; a test holds that against the tables.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, String, Table, cast, delete, or_, select, update

from storage.append_only import ERASED
from storage.engine import Tx
from storage.tables import (
    announcement,
    contact,
    copy_to,
    delivery,
    evidence,
    extension,
    inbox,
    joining,
    leave,
    officer,
    question,
    timeline,
    token,
)

ABOUT: Mapping[str, Column[Any]] = MappingProxyType(
    {
        "contact": contact.c.officer_id,
        "token": token.c.officer_id,
        "leave": leave.c.officer_id,
        "joining": joining.c.officer_id,
        "extension": extension.c.asked_by,
        "evidence": evidence.c.officer_id,
        "announcement": announcement.c.created_by,
        "copy_to": copy_to.c.officer_id,
        "question": question.c.officer_id,
        "delivery": delivery.c.officer_id,
        "inbox": inbox.c.officer_id,
        "timeline": timeline.c.officer_id,
    }
)
"""By table: whose row it is. All of these rows are a person's own copy."""
ONLY_A_NUMBER = frozenset(
    {
        *(("draft", "created_by"), ("event", "officer_id"), ("group_chat", "bound_by"), ("joining", "decided_by")),
        *(("leave", "deputy_id"), ("leave", "created_by"), ("pause", "created_by"), ("part", "received_by")),
        *(("part", "reported_by"), ("part", "delegate_id"), ("extension", "decided_by"), ("reminder", "officer_id")),
        ("timeline", "on_behalf_of"),
    }
)
"""What says only that somebody of that number did something for the office: it stays, and leads to no name any more."""
SECRET = frozenset({"digest"})


def rows_about(tx: Tx, officer_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of a person, by table, without what opens something."""
    found = {}
    for name, column in ABOUT.items():
        table: Table = column.table
        rows = tx.execute(select(table).where(column == officer_id).order_by(table.c.id)).mappings()
        found[name] = [{key: value for key, value in row.items() if key not in SECRET} for row in rows]
    return found


def make_nobodys(tx: Tx, officer_id: int, now: datetime) -> None:
    """Take name, ways, messages and typed words away everywhere but in the timeline; what opened something is void."""
    opens = (token.c.officer_id == officer_id, token.c.revoked_at.is_(None))
    tx.execute(update(token).where(*opens).values(revoked_at=now))
    tx.execute(update(officer).where(officer.c.id == officer_id).values(name=f"{ERASED}{officer_id}", position=""))
    tx.execute(delete(contact).where(contact.c.officer_id == officer_id))
    tx.execute(delete(question).where(question.c.officer_id == officer_id))
    tx.execute(delete(copy_to).where(copy_to.c.officer_id == officer_id))
    gone: dict[Table, dict[str, Any]] = {
        token: {"last_agent": "", "options": {}},
        delivery: {"address": ERASED, "text": "", "body": {}},
        inbox: {"payload": {}, "reply": None, "error": ""},
        joining: {"name": ERASED, "address": ERASED, "unit_said": ERASED, "note": ""},
        evidence: {"name": ERASED, "source": {}},
    }
    for table, values in gone.items():
        tx.execute(update(table).where(table.c.officer_id == officer_id).values(**values))
    told_why = (delivery.c.officer_id == officer_id, delivery.c.reason != "")
    tx.execute(update(delivery).where(*told_why).values(reason=ERASED))
    tx.execute(update(extension).where(extension.c.asked_by == officer_id).values(reason=ERASED))


def forget_copies(tx: Tx, name: str) -> None:
    """Messages to others that were sent and bear that name lose their text; that they were sent stays."""
    escaped = json.dumps(name)[1:-1]  # as JSON stands in a column of either database
    bears = or_(
        delivery.c.text.contains(name, autoescape=True),
        cast(delivery.c.body, String).contains(escaped, autoescape=True),
    )
    over = delivery.c.state.not_in(("due", "sending"))
    tx.execute(update(delivery).where(over, bears).values(text=ERASED, body={}))


def said_by(tx: Tx, officer_id: int) -> list[tuple[int, str, dict[str, Any]]]:
    """The acts of a person, with what was typed and what was noted: (row, words, detail)."""
    query = select(timeline.c.id, timeline.c.words, timeline.c.detail).where(timeline.c.officer_id == officer_id)
    return [(row.id, row.words, row.detail) for row in tx.execute(query.order_by(timeline.c.id))]


def asked_in(tx: Tx, officer_id: int) -> list[tuple[int, str, dict[str, Any]]]:
    """The acts about a person's asking to join, in which the name stands."""
    asked = set(tx.execute(select(joining.c.id).where(joining.c.officer_id == officer_id)).scalars())
    query = select(timeline.c.id, timeline.c.words, timeline.c.detail).where(timeline.c.verb.like("join%"))
    return [(row.id, row.words, row.detail) for row in tx.execute(query) if row.detail.get("joining") in asked]


def erase_words(tx: Tx, row: int, detail: Mapping[str, Any]) -> None:
    """The one change that the guard lets through."""
    tx.execute(update(timeline).where(timeline.c.id == row).values(words=ERASED, answered="", detail=dict(detail)))


def waiting(tx: Tx, officer_id: int) -> bool:
    """Whether a message to that person is still on its way."""
    query = select(delivery.c.id).where(delivery.c.officer_id == officer_id, delivery.c.state.in_(("due", "sending")))
    return tx.execute(query.limit(1)).first() is not None


def mentions(tx: Tx, name: str) -> list[int]:
    """The acts in whose words, by whomever, that name stands."""
    query = select(timeline.c.id).where(timeline.c.words.contains(name, autoescape=True)).order_by(timeline.c.id)
    return list(tx.execute(query).scalars())
