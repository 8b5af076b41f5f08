"""The question a person was asked last in a chat, so that an answer is understood without a quotation."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from storage.engine import Tx
from storage.rows import Question, one
from storage.tables import question
from storage.upsert import insert_row


def ask(tx: Tx, *, channel: str, address: str, officer_id: int, **values: Any) -> None:
    """Remember a question; it takes the place of an earlier one."""
    drop(tx, channel, address, officer_id)
    insert_row(tx, question, {"channel": channel, "address": address, "officer_id": officer_id, **values})


def open_in(tx: Tx, channel: str, address: str, officer_id: int, since: datetime) -> Question | None:
    """The question this person was asked in this chat since then, None where there is none or it is too old."""
    query = select(question).where(
        question.c.channel == channel,
        question.c.address == address,
        question.c.officer_id == officer_id,
        question.c.asked_at >= since,
    )
    return one(Question, tx.execute(query).mappings().first())


def drop(tx: Tx, channel: str, address: str, officer_id: int) -> None:
    query = delete(question).where(
        question.c.channel == channel, question.c.address == address, question.c.officer_id == officer_id
    )
    tx.execute(query)
