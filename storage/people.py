"""Units, their officers, and the chats an officer can be reached in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from storage.engine import Tx
from storage.rows import Contact, Officer, Unit, many, one
from storage.tables import contact, officer, part, unit
from storage.upsert import insert_absent, insert_row, insert_rows


def units(tx: Tx) -> list[Unit]:
    return many(Unit, tx.execute(select(unit).order_by(unit.c.id)))


def unit_by_id(tx: Tx, unit_id: int) -> Unit | None:
    return one(Unit, tx.execute(select(unit).where(unit.c.id == unit_id)).mappings().first())


def add_unit(tx: Tx, **values: Any) -> int:
    return insert_row(tx, unit, values)


def change_unit(tx: Tx, unit_id: int, **values: Any) -> None:
    tx.execute(update(unit).where(unit.c.id == unit_id).values(**values))


def take_codes(tx: Tx, unit_id: int, count: int) -> int:
    """Reserve `count` short codes of a unit and give the first of them."""
    query = (
        update(unit).where(unit.c.id == unit_id).values(next_code=unit.c.next_code + count).returning(unit.c.next_code)
    )
    return int(tx.execute(query).scalar_one()) - count


def take_runs(tx: Tx, counts: Mapping[int, int]) -> dict[int, int]:
    """The same for many units at once: how many codes by unit, and the first code of each."""
    ids = sorted(counts)
    if not ids:
        return {}
    one = update(unit).where(unit.c.id == bindparam("here")).values(next_code=unit.c.next_code + bindparam("more"))
    tx.execute(one, [{"here": unit_id, "more": counts[unit_id]} for unit_id in ids])
    found: dict[int, int] = {}
    for start in range(0, len(ids), 500):
        query = select(unit.c.id, unit.c.next_code).where(unit.c.id.in_(ids[start : start + 500]))
        found |= {unit_id: after - counts[unit_id] for unit_id, after in tx.execute(query)}
    return found


def officers(tx: Tx, *, active_only: bool = True) -> list[Officer]:
    query = select(officer).order_by(officer.c.id)
    return many(Officer, tx.execute(query.where(officer.c.active) if active_only else query))


def staff(tx: Tx, unit_ids: Collection[int]) -> list[Officer]:
    """The active people of these units, and everybody of the bureau."""
    asked = officer.c.unit_id.in_(sorted(unit_ids)) | (officer.c.role == "bureau")
    return many(Officer, tx.execute(select(officer).where(officer.c.active, asked).order_by(officer.c.id)))


def with_an_hour(tx: Tx) -> list[Officer]:
    """Active people who want the day's message at an hour of their own."""
    query = select(officer).where(officer.c.active, officer.c.digest_at != "")
    return many(Officer, tx.execute(query.order_by(officer.c.id)))


def officer_by_id(tx: Tx, officer_id: int) -> Officer | None:
    return one(Officer, tx.execute(select(officer).where(officer.c.id == officer_id)).mappings().first())


def officers_by_ids(tx: Tx, ids: Collection[int] | None) -> list[Officer]:
    """These, or all; also those who left."""
    query = select(officer).order_by(officer.c.id)
    return many(Officer, tx.execute(query if ids is None else query.where(officer.c.id.in_(sorted(ids)))))


def officers_of(tx: Tx, unit_id: int) -> list[Officer]:
    return [o for o in officers(tx) if o.unit_id == unit_id]


def officers_of_part(tx: Tx, part_id: int) -> list[Officer]:
    """Everybody of the unit whose part it is."""
    mine = select(part.c.unit_id).where(part.c.id == part_id).scalar_subquery()
    query = select(officer).where(officer.c.unit_id == mine, officer.c.active).order_by(officer.c.id)
    return many(Officer, tx.execute(query))


def officers_named(tx: Tx, name: str) -> list[Officer]:
    return many(Officer, tx.execute(select(officer).where(officer.c.name == name, officer.c.active)))


def add_officer(tx: Tx, **values: Any) -> int:
    return insert_row(tx, officer, values)


def change_officer(tx: Tx, officer_id: int, **values: Any) -> None:
    tx.execute(update(officer).where(officer.c.id == officer_id).values(**values))


def count_officers(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(officer)).scalar_one())


def contacts(tx: Tx, officer_ids: Sequence[int], *, live_only: bool = True) -> list[Contact]:
    """Their ways to be reached, each person's first choice first."""
    query = select(contact).where(contact.c.officer_id.in_(officer_ids)).order_by(contact.c.position, contact.c.id)
    return many(Contact, tx.execute(query.where(contact.c.state == "live") if live_only else query))


def ended_contacts(tx: Tx, reason: str) -> list[Contact]:
    """The ways that were ended for this reason."""
    return many(Contact, tx.execute(select(contact).where(contact.c.reason == reason).order_by(contact.c.id)))


def contact_at(tx: Tx, channel: str, address: str) -> Contact | None:
    query = select(contact).where(contact.c.channel == channel, contact.c.address == address)
    return one(Contact, tx.execute(query).mappings().first())


def bind_contact(  # noqa: PLR0913 an address has several parts
    tx: Tx, *, officer_id: int, channel: str, address: str, now: datetime, last: bool = False
) -> None:
    """Bind a way to an officer, before their others or after them; a later binding takes it over from anybody."""
    fresh = {"officer_id": officer_id, "state": "live", "reason": "", "bound_at": now}
    known = contact_at(tx, channel, address)
    if known is None or known.officer_id != officer_id:
        fresh["position"] = _end(tx, officer_id, last=last)
    if not insert_absent(tx, contact, {"channel": channel, "address": address, "options": {}, **fresh}):
        here = (contact.c.channel == channel) & (contact.c.address == address)
        tx.execute(update(contact).where(here).values(**fresh))


def bind_everybody(tx: Tx, channel: str, now: datetime) -> None:
    """Give every active person a way on this channel, at their own number; where nobody has one yet."""
    way = {"channel": channel, "options": {}, "state": "live", "reason": "", "bound_at": now, "position": 0}
    insert_rows(tx, contact, [{**way, "officer_id": one.id, "address": str(one.id)} for one in officers(tx)])


def _end(tx: Tx, officer_id: int, *, last: bool) -> int:
    edge = func.max(contact.c.position) + 1 if last else func.min(contact.c.position) - 1
    query = select(func.coalesce(edge, 0)).where(contact.c.officer_id == officer_id)
    return int(tx.execute(query).scalar_one())


def change_contact(tx: Tx, channel: str, address: str, **values: Any) -> None:
    tx.execute(update(contact).where(contact.c.channel == channel, contact.c.address == address).values(**values))


def remove_contact(tx: Tx, contact_id: int) -> None:
    tx.execute(delete(contact).where(contact.c.id == contact_id))


def move_contact(tx: Tx, channel: str, old: str, new: str) -> None:
    tx.execute(update(contact).where(contact.c.channel == channel, contact.c.address == old).values(address=new))
