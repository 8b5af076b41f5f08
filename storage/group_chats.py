"""Group chats: the groups, and the topics of groups, that hear a unit's reminders."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from storage.engine import Tx
from storage.rows import GroupChat, many, one
from storage.tables import group_chat
from storage.upsert import insert_absent


def bind(  # noqa: PLR0913 an address has several parts
    tx: Tx, *, unit_id: int, channel: str, address: str, bound_by: int | None, now: datetime
) -> None:
    """Bind a group to a unit; a later binding takes it over."""
    fresh: dict[str, Any] = {"unit_id": unit_id, "bound_by": bound_by, "state": "live", "reason": "", "bound_at": now}
    if not insert_absent(tx, group_chat, {"channel": channel, "address": address, **fresh}):
        change(tx, channel, address, **fresh)


def change(tx: Tx, channel: str, address: str, **values: Any) -> None:
    here = (group_chat.c.channel == channel) & (group_chat.c.address == address)
    tx.execute(update(group_chat).where(here).values(**values))


def at(tx: Tx, channel: str, address: str) -> GroupChat | None:
    query = select(group_chat).where(group_chat.c.channel == channel, group_chat.c.address == address)
    return one(GroupChat, tx.execute(query).mappings().first())


def move(tx: Tx, channel: str, old: str, new: str) -> None:
    here = (group_chat.c.channel == channel) & (group_chat.c.address == old)
    tx.execute(update(group_chat).where(here).values(address=new))


def drop(tx: Tx, channel: str, address: str) -> None:
    tx.execute(delete(group_chat).where(group_chat.c.channel == channel, group_chat.c.address == address))


def in_chat(tx: Tx, channel: str, chat: str) -> list[GroupChat]:
    """What is bound in a chat: the chat itself and its topics, whose addresses begin with the chat's."""
    topic = group_chat.c.address.startswith(f"{chat}/", autoescape=True)
    here = (group_chat.c.channel == channel, or_(group_chat.c.address == chat, topic))
    return many(GroupChat, tx.execute(select(group_chat).where(*here).order_by(group_chat.c.id)))


def of_units(tx: Tx, unit_ids: Collection[int], *, live_only: bool = True) -> list[GroupChat]:
    query = select(group_chat).where(group_chat.c.unit_id.in_(list(unit_ids))).order_by(group_chat.c.id)
    rows = many(GroupChat, tx.execute(query))
    return [row for row in rows if row.state == "live" or not live_only]
