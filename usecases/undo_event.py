"""Taking back an event (撤销) that was registered, moved or cancelled by mistake, within the minutes of any undo.

What it set going goes back: parts that it started end, as if never asked for and in no statistics; dates that moved
with it, and parts that went with it, stand as they stood. Not once somebody has done more with one than receive it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from schedules.lifecycle import State, may_undo
from storage import parts, plans, timeline
from storage.rows import EventRow, Officer, PartRow, TimelineRow
from texts import notices
from usecases.acting import UNDOABLE, Act
from usecases.errors import NothingToUndo
from usecases.events import CANCELLED, MOVED, REGISTERED, may_move, parts_of
from usecases.follow_event import follow_event
from usecases.office import Desk
from usecases.settle import change_state, close_part
from usecases.tell import Notice, tell_told
from usecases.undo import CHANGES
from usecases.unfold import unfold
from usecases.unfold_decide import EVENT_UNDONE

WORKED_ON = CHANGES - {"receive"}


@dataclass(frozen=True, slots=True)
class EventUndone:
    """What was taken back (`verb`), of which event, the day it stands at or stood at, and how many parts it meant."""

    verb: str
    name: str
    day: date
    parts: int


def undo_event(desk: Desk, act: Act) -> EventUndone | None:
    """Take it back where an event was what this person did last; None where it was not, and nothing is changed.

    Raises NothingToUndo where somebody has gone on from there, NotAllowed.
    """
    row = _last(desk, act.officer)
    if row is None:
        return None
    done = [_take_back(desk, act, one) for one in _together(desk, act.officer, row)]
    return EventUndone(row.verb, done[0].name, done[0].day, sum(one.parts for one in done))


def _last(desk: Desk, officer: Officer) -> TimelineRow | None:
    window = desk.office.undo_window
    rows = timeline.last_by(desk.tx, officer.id, desk.now - window, of_plans=True)
    undone = {row.detail.get("undoes") for row in rows}
    for row in rows:
        if row.id not in undone and may_undo(row.at, desk.now, window, row.officer_id, officer.id):
            if row.verb in WAYS and "event" in row.detail:
                return row
            if row.verb in UNDOABLE:
                return None
    return None


def _together(desk: Desk, officer: Officer, row: TimelineRow) -> list[TimelineRow]:
    """An event that two plans wait for is registered in both by one word."""
    rows = timeline.last_by(desk.tx, officer.id, row.at, of_plans=True)
    return [one for one in rows if one.at == row.at and one.verb == row.verb and "event" in one.detail]


def _take_back(desk: Desk, act: Act, row: TimelineRow) -> EventUndone:
    event = plans.event_by_id(desk.tx, row.detail["event"])
    if event is None or _gone_on(desk, event, row):
        raise NothingToUndo("The event has gone on from there; nothing was undone.", minutes=_minutes(desk))
    if row.verb != REGISTERED:
        may_move(desk, act.officer)
    mine = parts_of(desk, event)
    _still_free(desk, mine, row)
    touched = WAYS[row.verb](desk, event, mine, row)
    detail = {"undoes": row.id, "event": event.id}
    who = {"officer_id": act.officer.id, "door": act.door, "answered": act.answered}
    timeline.add(desk.tx, at=desk.now, verb="undo", plan_id=event.plan_id, words=row.words, detail=detail, **who)
    now = plans.event_by_id(desk.tx, event.id) or event
    return EventUndone(row.verb, event.name, now.day, touched)


def _gone_on(desk: Desk, event: EventRow, row: TimelineRow) -> bool:
    """Whether somebody has moved or cancelled it since."""
    later = timeline.of_plan(desk.tx, event.plan_id, row.id)
    undone = {one.detail.get("undoes") for one in later}
    return any(one.verb in WAYS and one.detail.get("event") == event.id and one.id not in undone for one in later)


def _still_free(desk: Desk, mine: Sequence[PartRow], row: TimelineRow) -> None:
    """Nobody has done more with a part of it since than receive it."""
    later = [one for one in timeline.of_parts(desk.tx, [part.id for part in mine]) if one.id > row.id]
    undone = {one.detail.get("undoes") for one in later}
    for one in later:
        if one.verb in WORKED_ON and one.officer_id is not None and one.id not in undone:
            raise NothingToUndo("A part of it was worked on meanwhile; nothing was undone.", minutes=_minutes(desk))


def _never_happened(desk: Desk, event: EventRow, mine: Sequence[PartRow], _: TimelineRow) -> int:
    """Its parts end, and whoever was told of them hears that it was a mistake."""
    asked = [part for part in mine if part.settled_at is None]
    for part in asked:
        close_part(desk, part, state="waived", reason=EVENT_UNDONE)
        _tell(desk, part, notices.event_undone)
    plans.cancel_event(desk.tx, event.id, desk.now)
    unfold(desk, event.plan_id, announce=False)
    return len(asked)


def _moved_back(desk: Desk, event: EventRow, mine: Sequence[PartRow], row: TimelineRow) -> int:
    follow_event(desk, event, date.fromisoformat(row.detail["was"]))
    unfold(desk, event.plan_id, announce=False)
    return sum(part.settled_at is None for part in mine)


def _stands_again(desk: Desk, event: EventRow, mine: Sequence[PartRow], row: TimelineRow) -> int:
    """Its parts are as they were when it was cancelled: open ones open, received ones received."""
    before: dict[str, str] = row.detail["parts"]
    held = [part for part in mine if str(part.id) in before and part.state == "waived"]
    plans.restore_event(desk.tx, event.id)
    for occurrence_id in {part.occurrence_id for part in held}:
        parts.change_occurrence(desk.tx, occurrence_id, only_in="withdrawn", state="tracked")
    for part in held:
        state = before[str(part.id)]
        change_state(desk, part, State(state), reason="")
        back = {"door": "ruqi", "words": part.reason, "detail": {"to": state}}
        timeline.add(desk.tx, at=desk.now, verb="reopen", part_id=part.id, **back)
        _tell(desk, part, notices.taken_back)
    unfold(desk, event.plan_id, announce=False)
    return len(held)


def _tell(desk: Desk, part: PartRow, notice: Notice) -> None:
    tell_told(desk, part.id, notice)


def _minutes(desk: Desk) -> int:
    return int(desk.office.undo_window.total_seconds() // 60)


WAYS: Mapping[str, Callable[[Desk, EventRow, Sequence[PartRow], TimelineRow], int]] = MappingProxyType(
    {REGISTERED: _never_happened, MOVED: _moved_back, CANCELLED: _stands_again}
)
"""What goes back with each; gives how many parts it meant."""
