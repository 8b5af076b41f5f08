"""What a calendar shows: which parts its reader may see, within which window; in short, and in full.

A calendar is asked for far more often than it changes. So it can be looked at three times, each dearer than the one
before: `stand` is one row that differs as soon as anything the calendar says does; `sheet` lists its lines in short,
each with a mark that differs as soon as that line does; `entries` reads what a line says.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from schedules.civil import civil_date
from storage import in_short, parts, people, plans
from storage.in_short import Where
from storage.rows import Officer, PartRow
from texts.catalogue import say
from texts.values import PartView
from usecases.look import SEES_ALL, views
from usecases.office import Desk
from usecases.remit import reaches as reaches_unit
from usecases.remit import remit

PAST = timedelta(days=90)
AHEAD = timedelta(days=400)
GONE_FOR = timedelta(days=30)
"""How long a cancelled entry is still sent as CANCELLED, so that calendars take it away, before it vanishes."""
CANCELLED = frozenset({"waived", "lapsed"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads which parts, and how: `alarms` are minutes before 09:00 of the due day; `todo`: tasks, not events."""

    officer: Officer
    scope: str
    subject_id: int | None
    made_at: datetime
    todo: bool = False
    alarms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One part in a calendar. `sequence` and `changed_at` rise only when the part changed."""

    part: PartView
    sequence: int
    created_at: datetime
    changed_at: datetime
    cancelled: bool
    url: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """What a calendar shows, in full."""

    title: str
    language: str
    entries: tuple[FeedEntry, ...]
    changed_at: datetime
    alarms: tuple[int, ...] = ()
    todo: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in short: as long as `mark` is equal, the entry says the same."""

    part_id: int
    uid: str
    due: date
    changed_at: datetime
    cancelled: bool
    mark: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A calendar in short. `several_units`: entries have to name their unit."""

    title: str
    language: str
    changed_at: datetime
    lines: tuple[Line, ...]
    several_units: bool
    alarms: tuple[int, ...] = ()
    todo: bool = False


def stand(desk: Desk, reading: Reading) -> tuple[Any, ...]:
    """Equal as long as the calendar says the same. Days count too: entries become overdue, and the window moves."""
    where = _where(desk, reading)
    several = where.unit_id is None
    names = in_short.unit_names(desk.tx, None if several else [where.unit_id or 0])
    seen = (desk.today, where, in_short.stand(desk.tx, where), tuple(in_short.plan_marks(desk.tx).values()))
    return (*seen, hash(tuple(names.items())), _title(desk, reading), reading)


def sheet(desk: Desk, reading: Reading) -> Sheet:
    where = _where(desk, reading)
    known_plans, names = in_short.plan_marks(desk.tx), in_short.unit_names(desk.tx)
    lines, units = [], set()
    for row in in_short.marks(desk.tx, where):
        plan = known_plans[row[7]]
        cancelled = is_cancelled(row[4], plan[1])
        if cancelled and _gone(desk, row[2]):
            continue
        units.add(row[6])
        mark = (*row[1:5], *row[8:], plan, names[row[6]], row[3] < desk.today)
        lines.append(Line(row[0], row[5], row[3], row[2], cancelled, mark))
    return Sheet(
        title=_title(desk, reading),
        language=reading.officer.language,
        changed_at=max((line.changed_at for line in lines), default=reading.made_at),
        lines=tuple(lines),
        several_units=len(units) > 1,
        alarms=reading.alarms,
        todo=reading.todo,
    )


def entries(desk: Desk, part_ids: Collection[int]) -> dict[int, FeedEntry]:
    """What these parts' entries say, by part id."""
    if not part_ids:
        return {}
    rows = list(parts.by_ids(desk.tx, part_ids).values())
    return {row.id: _entry(desk, row, part) for row, part in zip(rows, views(desk, rows), strict=True)}


def full(desk: Desk, reading: Reading) -> FeedView:
    short = sheet(desk, reading)
    known = entries(desk, [line.part_id for line in short.lines])
    return FeedView(
        title=short.title,
        language=short.language,
        entries=tuple(known[line.part_id] for line in short.lines),
        changed_at=short.changed_at,
        alarms=short.alarms,
        todo=short.todo,
    )


def is_cancelled(state: str, plan_state: str) -> bool:
    """Whether nobody waits for it any more: let off, handed to another unit, its period over, its plan switched off."""
    return state in CANCELLED or plan_state != "on"


def reaches(today: date) -> tuple[date, date]:
    """The first and the last due day that calendars show."""
    return today - PAST, today + AHEAD


def _where(desk: Desk, reading: Reading) -> Where:
    """A plan's feed shows its reader only what they may see: their own unit's parts, or what their role reaches."""
    officer, since, until = reading.officer, *reaches(desk.today)
    about = reading.subject_id
    match reading.scope:
        case "bureau":
            return Where(since, until, within=remit(desk, officer), nothing=officer.role not in SEES_ALL)
        case "unit":
            return Where(since, until, unit_id=about, nothing=not reaches_unit(desk, officer, about or 0))
        case "plan" if officer.role in SEES_ALL:
            return Where(since, until, within=remit(desk, officer), plan_id=about)
        case "plan":
            return Where(since, until, unit_id=officer.unit_id, plan_id=about)
        case _:
            return Where(since, until, unit_id=officer.unit_id)


def _gone(desk: Desk, changed_at: datetime) -> bool:
    """Counted in days, so that a calendar changes at midnight and not in between."""
    return desk.today - civil_date(changed_at, desk.office.zone) > GONE_FOR


def _entry(desk: Desk, row: PartRow, part: PartView) -> FeedEntry:
    url = f"{desk.office.base_url}/parts/{row.uid}"
    cancelled = is_cancelled(row.state, row.plan_state)
    return FeedEntry(part, row.sequence, row.created_at, row.changed_at, cancelled, url)


def _title(desk: Desk, reading: Reading) -> str:
    about = reading.subject_id
    unit = people.unit_by_id(desk.tx, about if reading.scope == "unit" and about else reading.officer.unit_id)
    plan = plans.by_id(desk.tx, about) if reading.scope == "plan" and about else None
    return say(
        reading.officer.language,
        f"feed.title.{reading.scope}",
        unit=unit.short or unit.name if unit else "",
        plan=plan.heading if plan else "",
    )
