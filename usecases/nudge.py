"""Nudging 催办 by hand: the bureau asks again, once per part and cooldown, and only who has not reported."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from schedules.civil import civil_date
from storage import parts, people, reminders, timeline
from storage.rows import PartRow, TimelineRow
from texts.values import PartView
from usecases.answer import Act
from usecases.errors import NoSuchPart, NotAllowed
from usecases.look import is_asked, views
from usecases.office import Desk
from usecases.plan_reminders import staff_of
from usecases.remit import require

RUNG = "nudge"
Why = Literal["done", "too_soon"]


@dataclass(frozen=True, slots=True)
class NotNudged:
    """Left alone: the unit has done its share, or somebody (`by`, `at`) asked already; `again_on` is when it may be."""

    part: PartView
    why: Why
    by: str = ""
    at: datetime | None = None
    again_on: date | None = None


@dataclass(frozen=True, slots=True)
class NudgeReport:
    """Who is asked again. `people` is how many will hear of it, `leaves_at` when their phones buzz."""

    nudged: tuple[PartView, ...]
    left_alone: tuple[NotNudged, ...]
    people: int
    leaves_at: datetime


def nudge(desk: Desk, act: Act, part_ids: Sequence[int]) -> NudgeReport:
    """Ask the units of these parts again; `act.words` go along as the bureau's own line.

    Raises NotAllowed for anybody but the bureau, NoSuchPart for an id that is none.
    """
    if act.officer.role != "bureau":
        raise NotAllowed("Only the bureau nudges; nothing was sent.", role=act.officer.role, verb="nudge")
    rows = _held(desk, part_ids)
    for unit_id in {row.unit_id for row in rows}:
        require(desk, act.officer, unit_id)
    last = timeline.last_each(desk.tx, [row.id for row in rows], RUNG)
    shown = {view.id: view for view in views(desk, rows)}
    left = {row.id: why for row in rows if (why := _refusal(desk, shown[row.id], row, last.get(row.id)))}
    asked = [row for row in rows if row.id not in left]
    leaves_at = desk.office.opening.push_moment(desk.now)
    heard = _ask(desk, act, asked, leaves_at)
    return NudgeReport(tuple(shown[row.id] for row in asked), tuple(left.values()), heard, leaves_at)


def _held(desk: Desk, part_ids: Sequence[int]) -> list[PartRow]:
    for part_id in sorted(set(part_ids)):
        parts.hold(desk.tx, part_id)
    found = parts.by_ids(desk.tx, part_ids)
    for part_id in part_ids:
        if part_id not in found:
            raise NoSuchPart(f"There is no part {part_id}; look at the ledger.", code=part_id)
    return [found[part_id] for part_id in dict.fromkeys(part_ids)]


def _refusal(desk: Desk, shown: PartView, row: PartRow, last: TimelineRow | None) -> NotNudged | None:
    """Why this part is not asked again now; None when it is."""
    if not is_asked(row):
        return NotNudged(shown, "done")
    if last is None:
        return None
    again_on = desk.calendar.add_workdays(civil_date(last.at, desk.office.zone), desk.office.nudge_cooldown)
    if desk.today >= again_on:
        return None
    who = people.officer_by_id(desk.tx, last.officer_id or 0)
    return NotNudged(shown, "too_soon", who.name if who else "", last.at, again_on)


def _ask(desk: Desk, act: Act, asked: Sequence[PartRow], leaves_at: datetime) -> int:
    """One reminder for each person who answers for a part, and one row of the timeline; gives how many people."""
    staff = staff_of(desk)
    fresh: list[dict[str, Any]] = []
    before = Counter(
        row.part_id for row in reminders.of_parts(desk.tx, [p.id for p in asked]) if row.rung.startswith(RUNG)
    )
    for part in asked:
        base = {"part_id": part.id, "rung": f"{RUNG}{before[part.id] + 1}", "due": part.due, "audience": "officer"}
        heard = [officer.id for officer in staff.recipients(part.unit_id, "officer")]
        fresh += [base | {"officer_id": o, "lies_at": desk.now, "push_at": leaves_at} for o in heard]
        timeline.add(
            desk.tx,
            at=desk.now,
            verb=RUNG,
            part_id=part.id,
            officer_id=act.officer.id,
            door=act.door,
            words=act.words,
            answered=act.answered,
            detail={"people": len(heard)},
        )
    reminders.add(desk.tx, fresh)
    return len({row["officer_id"] for row in fresh})
