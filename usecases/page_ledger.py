"""The ledger of the bureau: who is late, what needs a decision, what falls due this week; then every row, page by page.

What is summed up is summed up by the database, so that thousands of parts stay quick: only what a page shows is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from schedules.civil import civil_date
from storage import ledger as store
from storage import parts, people, plans
from storage.ledger import Line, Sieve
from storage.rows import Officer, PlanRow, Unit
from texts.values import PartView
from usecases.errors import NotAllowed
from usecases.look import SEES_ALL, WEEK, views
from usecases.office import Desk
from usecases.remit import remit, within_reach

A_PAGE = 20
"""Occurrences of a page."""
A_LONG_PAGE = 100
"""Parts of a page where one occurrence is looked at alone."""
INSIDE = 60
"""An occurrence of more parts than this is looked at alone; its row sums them up."""
DRAWN = 240
"""Parts of a page drawn in full, those of its first rows: a part is dear to draw, and the late rows come first."""
NOT_REPORTED = ("open", "received", "refused")
BRIEF = 6
STATES = ("overdue", "owed", "open", "received", "returned", "extension", "waiting", "reported", "verified", "refused")
ENDED_STATES = ("waived", "lapsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see, as it stands in the address of the page. `month`: its first day."""

    plan_key: str = ""
    state: str = ""
    unit: str = ""
    words: str = ""
    month: date | None = None
    occurrence_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One occurrence over all its units: "3 of 5" whatever was picked, and the picked parts where there is room."""

    line: Line
    tally: Mapping[str, int]
    """How many of all its parts stand in which shape: overdue, open, received, returned, reported, verified, …"""
    parts: tuple[PartView, ...]
    missing: tuple[tuple[str, bool], ...] | None = None
    """The units that have not reported, and whether theirs was sent back; None where they are too many to name."""

    @property
    def total(self) -> int:
        return sum(self.tally.values()) - self.tally.get("waived", 0)

    @property
    def done(self) -> int:
        return self.tally.get("reported", 0) + self.tally.get("verified", 0)


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with overdue parts; `days` are the working days of the oldest."""

    unit: str
    parts: int
    days: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The first screen, and one page of rows. `found` counts occurrences and parts that were asked for."""

    plans: tuple[PlanRow, ...]
    units: tuple[Unit, ...]
    found: tuple[int, int]
    pages: int
    page: int
    rows: tuple[LedgerRow, ...]
    late: tuple[LateUnit, ...] = ()
    to_decide: int = 0
    """Reports to verify, extensions asked for, and "not ours"."""
    decide_first: tuple[PartView, ...] = ()
    this_week: int = 0
    week_first: tuple[Line, ...] = ()

    @property
    def late_parts(self) -> int:
        return sum(one.parts for one in self.late)


def ledger(
    desk: Desk, officer: Officer, asked: Asked | None = None, *, asks: bool = True, listed: bool = True
) -> Ledger:
    """Units × duties as the bureau sees them, overdue first. Raises NotAllowed for who sees only one unit.

    Without `asks` the three questions of the first screen are left out, without `listed` the rows: other views have
    rows of their own.
    """
    asked = asked or Asked()
    looked = sieve(desk, officer, asked)
    found = store.count(desk.tx, looked) if listed else (0, 0)
    alone = asked.occurrence_id is not None
    pages = max(1, -(-(found[1] if alone else found[0]) // (A_LONG_PAGE if alone else A_PAGE)))
    page = min(max(1, asked.page), pages)
    rows = (_alone(desk, looked, page) if alone else _rows(desk, looked, page)) if listed else []
    return Ledger(
        plans=tuple(plans.all_plans(desk.tx)),
        units=tuple(within_reach(desk, looked.within)),
        found=found,
        pages=pages,
        page=page,
        rows=tuple(rows),
        **(_first_screen(desk, looked.within) if asks else {}),
    )


def _first_screen(desk: Desk, within: frozenset[int] | None) -> dict[str, Any]:
    """Who is late, what needs a decision, what falls due this week."""
    waiting = [_only(desk, state=state, within=within) for state in ("waiting", "extension", "refused")]
    week = _only(desk, state="owed", first=desk.today, last=desk.today + WEEK, within=within)
    return {
        "late": tuple(_late(desk, week)),
        "to_decide": sum(store.count(desk.tx, kind)[1] for kind in waiting),
        "decide_first": tuple(shown(desk, _first_of(desk, waiting))),
        "this_week": store.count(desk.tx, week)[1],
        "week_first": tuple(store.lines(desk.tx, week, limit=BRIEF)),
    }


def _first_of(desk: Desk, waiting: Sequence[Sieve]) -> list[int]:
    """The first parts that wait, one kind after the other, each part once."""
    found: dict[int, None] = {}
    for kind in waiting:
        if len(found) < BRIEF:
            found |= dict.fromkeys(store.part_ids(desk.tx, kind, limit=BRIEF))
    return list(found)[:BRIEF]


def sieve(desk: Desk, officer: Officer, asked: Asked) -> Sieve:
    """What was asked for, as the database understands it."""
    if officer.role not in SEES_ALL:
        raise NotAllowed("The ledger is the bureau's; your own list is in the inbox.", role=officer.role)
    facts: dict[str, Any] = {"plan": asked.plan_key, "state": asked.state, "words": asked.words}
    if asked.unit:
        ids = (unit.id for unit in people.units(desk.tx) if asked.unit in (unit.name, unit.short))
        facts["unit_id"] = next(ids, 0)
    if asked.month:
        facts |= {"first": asked.month, "last": month_end(asked.month)}
    return _only(desk, occurrence_id=asked.occurrence_id, within=remit(desk, officer), **facts)


def shown(desk: Desk, part_ids: Sequence[int]) -> list[PartView]:
    """These parts, in this order."""
    found = parts.by_ids(desk.tx, part_ids)
    return views(desk, [found[part_id] for part_id in part_ids])


def month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _only(desk: Desk, **facts: Any) -> Sieve:
    """This year's and last year's parts; older ones are in the exports."""
    today = civil_date(desk.now, desk.office.zone)
    return Sieve(today=today, since=date(today.year - 1, 1, 1), **facts)


def _late(desk: Desk, looked: Sieve) -> list[LateUnit]:
    return [
        LateUnit(one.unit, one.parts, -desk.calendar.workdays_between(desk.today, one.oldest))
        for one in store.late_units(desk.tx, looked)
    ]


def _rows(desk: Desk, looked: Sieve, page: int) -> list[LedgerRow]:
    lines = store.lines(desk.tx, looked, offset=(page - 1) * A_PAGE, limit=A_PAGE)
    tallies = store.tallies(desk.tx, [line.occurrence_id for line in lines], looked)
    few = [line for line in lines if line.parts <= INSIDE]
    held: dict[int, list[PartView]] = {}
    for part in shown(desk, store.of_occurrences(desk.tx, looked, _drawn(few))) if few else ():
        held.setdefault(part.occurrence_id, []).append(part)
    named = store.missing(desk.tx, looked, [line.occurrence_id for line in few])
    return [
        LedgerRow(
            line,
            tallies[line.occurrence_id],
            tuple(held.get(line.occurrence_id, ())),
            tuple(named.get(line.occurrence_id, ())) if line in few else None,
        )
        for line in lines
    ]


def _drawn(lines: Sequence[Line]) -> list[int]:
    """The first of these occurrences, as many as a page has room for."""
    room = accumulate(line.parts for line in lines)
    return [line.occurrence_id for line, taken in zip(lines, room, strict=True) if taken <= DRAWN]


def _alone(desk: Desk, looked: Sieve, page: int) -> list[LedgerRow]:
    """One occurrence and a long page of its parts."""
    lines = store.lines(desk.tx, looked, limit=1)
    tallies = store.tallies(desk.tx, [line.occurrence_id for line in lines], looked)
    ids = store.part_ids(desk.tx, looked, offset=(page - 1) * A_LONG_PAGE, limit=A_LONG_PAGE)
    drawn = tuple(shown(desk, ids))
    owed = (part for part in drawn if part.state in NOT_REPORTED)
    named = tuple((part.unit, part.state == "received" and bool(part.reason)) for part in owed)
    return [LedgerRow(line, tallies[line.occurrence_id], drawn, named) for line in lines]
