"""Events: registering one starts the duties counted from it, moving it moves them, cancelling takes them away again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storage import parts, plans, timeline
from storage.rows import EventRow, Officer, PartRow, PlanRow
from usecases.errors import NoSuchEvent, NoSuchPlan, NotAllowed
from usecases.follow_event import follow_event
from usecases.office import Desk
from usecases.remit import has_all
from usecases.unfold import unfold

REGISTERED, MOVED, CANCELLED = "event", "event_moved", "event_cancelled"
"""Verbs of the timeline; each row names the event and what stood before, so that it can be taken back."""
MAY_MOVE = ("bureau", "administrator")
MAY_REGISTER = ("bureau", "administrator", "officer", "deputy", "head")


@dataclass(frozen=True, slots=True)
class EventReport:
    """What an event set going."""

    event_id: int
    name: str
    day: date
    new_parts: int
    reminders: int
    first: bool = True
    moved: int = 0
    """Occurrences that follow the event to another day."""


def known_events(desk: Desk, plan_key: str) -> list[str]:
    """The events that duties of this plan wait for, as printed there."""
    plan = _plan(desk, plan_key)
    timings = (timing for duty in plans.duties(desk.tx, plan.id) for timing in duty.timings)
    return list(dict.fromkeys(t["event"] for t in timings if t["type"] == "event"))


def list_events(desk: Desk, plan_key: str | None = None) -> list[EventRow]:
    return plans.events(desk.tx, None if plan_key is None else _plan(desk, plan_key).id)


def find_event(desk: Desk, words: str) -> list[tuple[str, str]]:
    """(plan key, event) of every event of an active plan whose name holds these words."""
    active = [plan for plan in plans.all_plans(desk.tx) if plan.state == "on"]
    return [(plan.key, name) for plan in active for name in known_events(desk, plan.key) if words in name]


def add_event(  # noqa: PLR0913 what happened, when, and who says so
    desk: Desk, plan_key: str, name: str, day: date, *, by: Officer | None = None, note: str = "", door: str = "cli"
) -> EventReport:
    """Register that `name` happens on `day`. Registering the same event on the same day twice changes nothing."""
    plan = _plan(desk, plan_key)
    if by is not None and by.role not in MAY_REGISTER:
        raise NotAllowed(f"The role {by.role} only reads; nothing was changed.", role=by.role)
    names = known_events(desk, plan_key)
    if name not in names:
        waited = "；".join(names)
        raise NoSuchEvent(
            f"No duty of {plan_key} waits for {name!r}; it knows: {waited or 'none'}.", event=name, known=waited
        )
    known = [event for event in plans.events(desk.tx, plan.id, live_only=False) if event.name == name]
    held = [event for event in known if event.key.startswith(f"{day}#")]
    live = next((event for event in known if event.day == day and event.cancelled_at is None), None)
    if live is not None:
        return EventReport(live.id, name, day, 0, 0, first=False)
    row = {"name": name, "day": day, "key": f"{day}#{len(held) + 1}", "note": note, "registered_at": desk.now}
    event_id = plans.add_event(desk.tx, plan_id=plan.id, officer_id=by.id if by else None, **row)
    _log(desk, REGISTERED, f"{name} {day}", plan_id=plan.id, by=by, door=door, detail={"event": event_id})
    done = unfold(desk, plan.id, announce=True)
    return EventReport(event_id, name, day, done.new_parts, done.reminders)


def move_event(  # noqa: PLR0913 what happens when instead, who says so, and why
    desk: Desk, event_id: int, day: date, *, by: Officer | None = None, door: str = "cli", note: str = ""
) -> EventReport:
    """The event happens on another `day`: its parts stay the same and follow, and whoever was told of them hears.

    What was reported stays as it was; what was given more time keeps the later date. The bureau's to do.
    """
    event = _live(desk, event_id)
    may_move(desk, by)
    if event.day == day:
        return EventReport(event_id, event.name, day, 0, 0, first=False)
    moved = follow_event(desk, event, day)
    words = f"{event.name} {event.day} → {day} {note}".strip()
    detail = {"event": event_id, "was": event.day.isoformat()}
    _log(desk, MOVED, words, plan_id=event.plan_id, by=by, door=door, detail=detail)
    done = unfold(desk, event.plan_id, announce=True)
    return EventReport(event_id, event.name, day, done.new_parts, done.reminders, moved=moved)


def cancel_event(desk: Desk, event_id: int, *, by: Officer | None = None, door: str = "cli") -> None:
    """Take an event back: parts not reported are waived, those told of them hear of it, reported ones stay as history.

    The bureau's to do.
    """
    event = _live(desk, event_id)
    may_move(desk, by)
    asked = {str(part.id): part.state for part in parts_of(desk, event) if part.state in ("open", "received")}
    plans.cancel_event(desk.tx, event_id, desk.now)
    detail = {"event": event_id, "parts": asked}
    _log(desk, CANCELLED, f"{event.name} {event.day}", plan_id=event.plan_id, by=by, door=door, detail=detail)
    unfold(desk, event.plan_id, announce=False)


def _live(desk: Desk, event_id: int) -> EventRow:
    event = plans.event_by_id(desk.tx, event_id)
    if event is None or event.cancelled_at is not None:
        raise NoSuchEvent(
            f"There is no registered event number {event_id}; see `ruqi event list`.", event=event_id, known=""
        )
    return event


def parts_of(desk: Desk, event: EventRow) -> list[PartRow]:
    """The parts that this event started."""
    waiting = [
        duty.id
        for duty in plans.duties(desk.tx, event.plan_id, live_only=False)
        if any(timing["type"] == "event" and timing["event"] == event.name for timing in duty.timings)
    ]
    return [part for part in parts.of_plan(desk.tx, event.plan_id, waiting) if part.event_key == event.key]


def may_move(desk: Desk, by: Officer | None) -> None:
    """Whoever may register an event may be mistaken; moving or cancelling one changes what many units were told."""
    if by is not None and (by.role not in MAY_MOVE or not has_all(desk, by)):
        raise NotAllowed(f"The role {by.role} may not move or cancel an event.", role=by.role, verb="event")


def _plan(desk: Desk, key: str) -> PlanRow:
    plan = plans.by_key(desk.tx, key)
    if plan is None:
        held = ", ".join(row.key for row in plans.all_plans(desk.tx)) or "none"
        raise NoSuchPlan(f"The plan {key!r} is not imported; imported are: {held}.", plan=key, held=held)
    return plan


def _log(  # noqa: PLR0913 a row of the timeline
    desk: Desk, verb: str, words: str, *, plan_id: int, by: Officer | None, door: str, detail: Mapping[str, object]
) -> None:
    row = {"officer_id": None if by is None else by.id, "door": door, "words": words, "detail": dict(detail)}
    timeline.add(desk.tx, at=desk.now, verb=verb, plan_id=plan_id, **row)
