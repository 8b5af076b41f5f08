"""Six ways to falsify a timeline, by somebody who owns the database and took its guard down; each of many kinds."""

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage.engine import Tx
from storage.rows import TimelineRow, many
from storage.tables import seal, timeline

CONTENT = ("at", "verb", "plan_id", "part_id", "officer_id", "on_behalf_of", "door", "words", "answered", "detail")


def rows(tx: Tx) -> list[TimelineRow]:
    return many(TimelineRow, tx.execute(select(timeline).order_by(timeline.c.id)))


def _change(tx: Tx, dice: random.Random) -> None:
    row = dice.choice(rows(tx))
    new: dict[str, Any] = {
        "at": row.at.replace(year=row.at.year - 1),
        "verb": "verify" if row.verb != "verify" else "return",
        "officer_id": None if row.officer_id else dice.choice([one.officer_id for one in rows(tx) if one.officer_id]),
        "door": "paper",
        "words": row.words + "。",
        "answered": row.answered + "1",
        "detail": {**row.detail, "before": {"state": "verified"}},
    }
    name = dice.choice(sorted(new))
    tx.execute(update(timeline).where(timeline.c.id == row.id).values({name: new[name]}))


def _take_out(tx: Tx, dice: random.Random) -> None:
    chosen = dice.choice(rows(tx)[:-1])
    tx.execute(delete(timeline).where(timeline.c.id == chosen.id))


def _cut_off(tx: Tx, dice: random.Random) -> None:
    """The last rows, and sometimes the seals over them too."""
    held = rows(tx)
    first = held[-dice.randint(1, len(held) // 2)].id
    tx.execute(delete(timeline).where(timeline.c.id >= first))
    if dice.random() < 1 / 2:
        tx.execute(delete(seal).where(seal.c.last_row >= first))


def _slip_in(tx: Tx, dice: random.Random) -> None:
    """One more act like another one: before the first, or between two whose followers all move up."""
    held = rows(tx)
    like, number = dice.choice(held), dice.choice((-3, 0, dice.choice(held).id))
    if number > 0:
        for step in (1000, -999):
            tx.execute(update(timeline).where(timeline.c.id >= number).values(id=timeline.c.id + step))
    tx.execute(insert(timeline).values(id=number, **_content(like)))


def _swap(tx: Tx, dice: random.Random) -> None:
    held = rows(tx)
    one = dice.choice(held)
    other = dice.choice([row for row in held if _content(row) != _content(one)])
    for to, of in ((one, other), (other, one)):
        tx.execute(update(timeline).where(timeline.c.id == to.id).values(_content(of)))


def _reseal(tx: Tx, dice: random.Random) -> None:
    """A seal changed, removed, or made anew without the key."""
    numbers = list(tx.execute(select(seal.c.number)).scalars())
    chosen = seal.c.number == dice.choice(numbers)
    what = dice.choice(("code", "rows", "at", "previous", "gone"))
    held = tx.execute(select(seal).where(chosen)).mappings().one()
    if what == "gone":
        tx.execute(delete(seal).where(chosen))
    elif what == "at":
        tx.execute(update(seal).where(chosen).values(at=held["at"].replace(year=held["at"].year - 1)))
    else:
        old = held[what] or "0" * 64
        tx.execute(update(seal).where(chosen).values({what: old[:-1] + ("0" if old[-1] != "0" else "1")}))


def _content(row: TimelineRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONTENT}


KINDS: Mapping[str, Callable[[Tx, random.Random], None]] = MappingProxyType(
    {
        "changed": _change,
        "taken out": _take_out,
        "cut off": _cut_off,
        "slipped in": _slip_in,
        "swapped": _swap,
        "seal changed": _reseal,
    }
)
