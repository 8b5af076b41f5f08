"""督办单 and 通报 before they go out: what will be written to whom, and holding one step of one part back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from schedules.civil import instant
from storage import parts, people, reminders, timeline
from storage.rows import Officer, PartRow, ReminderRow, TimelineRow
from texts import compose
from texts.values import Message, PartView
from usecases.acting import Act
from usecases.coming_letters import LETTERS
from usecases.digest import digest_view
from usecases.errors import NoSuchPart, NotAllowed, NothingToHold, ReasonMissing
from usecases.look import SEES_ALL, is_asked
from usecases.office import Desk
from usecases.owing import COPY, HELD
from usecases.plan_reminders import plan_reminders
from usecases.remit import covers, remit, require


@dataclass(frozen=True, slots=True)
class Letter:
    """One step of one part: a 督办单 (`audience` head) or a line of the 通报 (bureau), as it would leave at `at`."""

    part: PartView
    rung: str
    audience: str
    at: datetime
    to: tuple[str, ...]
    copies: tuple[str, ...]
    message: Message
    held_by: str = ""
    held_why: str = ""


Step = tuple[int, str]
"""(part id, rung): one step of one part, to everybody who gets it."""


def letters(desk: Desk, officer: Officer, *, days: int = 1) -> list[Letter]:
    """What is to leave up to the end of the `days`-th working day from now, held ones too; in order of leaving.

    Each as it will be written then, if nothing happens until then. Raises NotAllowed.
    """
    if officer.role not in SEES_ALL:
        raise NotAllowed("Letters are the bureau's to look through.", role=officer.role, verb="letters")
    zone = desk.office.zone
    since = instant(desk.today, time(0), zone)
    until = instant(desk.calendar.add_workdays(desk.today, days) + timedelta(days=1), time(0), zone)
    steps: dict[Step, list[ReminderRow]] = {}
    for row in reminders.to_come(desk.tx, LETTERS, since, until, HELD):
        steps.setdefault((row.part_id, row.rung), []).append(row)
    return _read(desk, steps, remit(desk, officer))


def hold(desk: Desk, act: Act, part_id: int, rung: str) -> Letter:
    """Keep one step of one part back; `act.words` is the reason, and compulsory. Later steps stay as planned.

    Raises NotAllowed, ReasonMissing, NoSuchPart, NothingToHold.
    """
    part = _bureau(desk, act, part_id)
    if not act.words.strip():
        raise ReasonMissing("Give the reason for holding it back.", code=part.code)
    planned = [row.id for row in reminders.of_rung(desk.tx, part_id, rung) if row.state == "planned"]
    if not planned or not reminders.change(desk.tx, planned, state="superseded", reason=HELD):
        raise NothingToHold(f"The step {rung} of part {part.code} is not planned.", code=part.code)
    _log(desk, act, part, "hold", rung=rung)
    return _letter(desk, part, rung)


def let_go(desk: Desk, act: Act, part_id: int, rung: str) -> Letter:
    """What was held back goes out after all: at its moment, or at the next opening where that has passed."""
    part = _bureau(desk, act, part_id)
    if not reminders.let_go(desk.tx, part_id, rung, HELD):
        raise NothingToHold(f"The step {rung} of part {part.code} is not held back.", code=part.code)
    plan_reminders(desk, [part])
    _log(desk, act, part, "let_go", rung=rung)
    return _letter(desk, part, rung)


def _bureau(desk: Desk, act: Act, part_id: int) -> PartRow:
    if act.officer.role != "bureau":
        raise NotAllowed("Only the bureau holds letters back; nothing was changed.", role=act.officer.role, verb="hold")
    parts.hold(desk.tx, part_id)
    part = parts.by_id(desk.tx, part_id)
    if part is None:
        raise NoSuchPart(f"There is no part {part_id}; look at the ledger.", code=part_id)
    require(desk, act.officer, part.unit_id)
    return part


def _log(desk: Desk, act: Act, part: PartRow, verb: str, **detail: Any) -> None:
    who = {"officer_id": act.officer.id, "door": act.door, "words": act.words, "answered": act.answered}
    timeline.add(desk.tx, at=desk.now, verb=verb, part_id=part.id, detail=detail, **who)


def _letter(desk: Desk, part: PartRow, rung: str) -> Letter:
    rows = [row for row in reminders.of_rung(desk.tx, part.id, rung) if row.due == part.due]
    return _read(desk, {(part.id, rung): rows})[0]


def _read(desk: Desk, steps: Mapping[Step, list[ReminderRow]], within: Collection[int] | None = None) -> list[Letter]:
    held = parts.by_ids(desk.tx, {part_id for part_id, _ in steps})
    staff = {officer.id: officer for officer in people.officers(desk.tx, active_only=False)}
    asked = [(step, rows) for step, rows in steps.items() if is_asked(part := held[step[0]]) and covers(within, part)]
    return [_written(desk, held[part_id], rows, staff) for (part_id, _), rows in asked]


def _written(desk: Desk, part: PartRow, rows: list[ReminderRow], staff: Mapping[int, Officer]) -> Letter:
    """As it will stand on the day it leaves, worded for the first who gets it."""
    first = min(rows, key=lambda row: (row.audience.startswith(COPY), row.id))
    then = Desk(desk.tx, desk.office, max(first.push_at, desk.now))
    reader = staff.get(first.officer_id)
    unit = people.unit_by_id(desk.tx, reader.unit_id) if reader else None
    view = digest_view(then, reader, [(first, part)], unit=unit.name if unit else "")
    kept = _hold_of(desk, part.id, first.rung) if first.state == "superseded" else None
    names = {row.id: staff[row.officer_id].name for row in rows if row.officer_id in staff}
    return Letter(
        part=view.reminders[0].part,
        rung=first.rung,
        audience=first.audience.removeprefix(COPY),
        at=first.push_at,
        to=tuple(names[row.id] for row in rows if not row.audience.startswith(COPY) and row.id in names),
        copies=tuple(names[row.id] for row in rows if row.audience.startswith(COPY) and row.id in names),
        message=compose.digest(view),
        held_by=staff[kept.officer_id or 0].name if kept and kept.officer_id in staff else "",
        held_why=kept.words if kept else "",
    )


def _hold_of(desk: Desk, part_id: int, rung: str) -> TimelineRow | None:
    rows = [row for row in timeline.of_part(desk.tx, part_id) if row.verb == "hold" and row.detail.get("rung") == rung]
    return rows[-1] if rows else None
