"""The life of a part: its states, and the one table of legal moves. The picture in ARCHITECTURE.md agrees with it.

Undo is no move of its own: it puts back the state that the timeline remembers (`may_undo` says when). Some verbs change
a date or who is reminded and leave the state as it is; they stand in the table too, since not every state allows them.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from schedules.civil import require_aware
from schedules.errors import RuqiError


class State(StrEnum):
    """What is known to be true of a part."""

    OPEN = "open"
    """The part is this unit's, and nobody there has said so yet."""
    RECEIVED = "received"
    """Somebody of the unit has seen it and not denied it; it is not reported, or its report was returned."""
    REPORTED = "reported"
    """The unit says it is done. Where nobody verifies, this is the end."""
    VERIFIED = "verified"
    """The bureau has looked at the report and closed the part."""
    REFUSED = "refused"
    """The unit says it is not theirs, with a reason; the bureau has not decided yet."""
    WAIVED = "waived"
    """The bureau asks it of this unit no longer, with a reason; it may have gone to another unit."""
    LAPSED = "lapsed"
    """The period ended and nobody had acted; it can no longer be done in time."""


class Verb(StrEnum):
    """What may be done to a part."""

    RECEIVE = "receive"
    REPORT = "report"
    VERIFY = "verify"
    RETURN = "return"
    REFUSE = "refuse"
    REROUTE = "reroute"
    WAIVE = "waive"
    REOPEN = "reopen"
    LAPSE = "lapse"
    EXTEND = "extend"
    """The unit asks for more time."""
    GRANT = "grant"
    DECLINE = "decline"
    DELEGATE = "delegate"
    SNOOZE = "snooze"
    UNDO = "undo"


class Actor(StrEnum):
    """In which capacity somebody acts."""

    OFFICER = "officer"
    HEAD = "head"
    BUREAU = "bureau"
    SYSTEM = "system"


class Phase(StrEnum):
    """How a part stands to its due date: derived from dates when asked, never stored."""

    UPCOMING = "upcoming"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WAITING = "waiting"
    """Reported in time, not verified yet."""
    LATE = "late"
    """Reported after the due date, verified or not."""
    SETTLED = "settled"


class Move(NamedTuple):
    """Where a verb leads, who may use it, and whether it needs a reason in words."""

    to: State
    actors: frozenset[Actor]
    reason_required: bool = False


class IllegalMove(RuqiError):
    """This cannot be done to the part as it stands.

    `key` tells why, for the catalogue: `already` (it is so already), `not_yours` (somebody else may), `not_now` (nobody
    may in this state). `allowed` are the verbs this actor may use instead.
    """

    def __init__(self, key: str, state: State, verb: Verb, allowed: tuple[Verb, ...]) -> None:
        instead = ", ".join(allowed) or "nothing"
        super().__init__(f"Cannot {verb} a part that is {state} ({key}); possible instead: {instead}.")
        self.key, self.state, self.verb, self.allowed = key, state, verb, allowed


class BadAmount(RuqiError, ValueError):
    """An amount reported must be more than nothing."""


_UNIT = frozenset({Actor.OFFICER, Actor.HEAD, Actor.BUREAU})  # the bureau on the unit's behalf; both names are kept
_BUREAU = frozenset({Actor.BUREAU})
_SYSTEM = frozenset({Actor.SYSTEM})

MOVES: Mapping[tuple[State, Verb], Move] = MappingProxyType(
    {
        (State.OPEN, Verb.RECEIVE): Move(State.RECEIVED, _UNIT),
        (State.OPEN, Verb.REPORT): Move(State.REPORTED, _UNIT),
        (State.OPEN, Verb.SNOOZE): Move(State.OPEN, _UNIT),
        (State.OPEN, Verb.EXTEND): Move(State.OPEN, _UNIT, reason_required=True),
        (State.OPEN, Verb.DELEGATE): Move(State.OPEN, _UNIT),
        (State.OPEN, Verb.REFUSE): Move(State.REFUSED, _UNIT, reason_required=True),
        (State.OPEN, Verb.GRANT): Move(State.OPEN, _BUREAU),
        (State.OPEN, Verb.DECLINE): Move(State.OPEN, _BUREAU, reason_required=True),
        (State.OPEN, Verb.REROUTE): Move(State.WAIVED, _BUREAU),
        (State.OPEN, Verb.WAIVE): Move(State.WAIVED, _BUREAU, reason_required=True),
        (State.OPEN, Verb.LAPSE): Move(State.LAPSED, _SYSTEM),
        (State.RECEIVED, Verb.REPORT): Move(State.REPORTED, _UNIT),
        (State.RECEIVED, Verb.SNOOZE): Move(State.RECEIVED, _UNIT),
        (State.RECEIVED, Verb.EXTEND): Move(State.RECEIVED, _UNIT, reason_required=True),
        (State.RECEIVED, Verb.DELEGATE): Move(State.RECEIVED, _UNIT),
        (State.RECEIVED, Verb.REFUSE): Move(State.REFUSED, _UNIT, reason_required=True),
        (State.RECEIVED, Verb.GRANT): Move(State.RECEIVED, _BUREAU),
        (State.RECEIVED, Verb.DECLINE): Move(State.RECEIVED, _BUREAU, reason_required=True),
        (State.RECEIVED, Verb.REROUTE): Move(State.WAIVED, _BUREAU),
        (State.RECEIVED, Verb.WAIVE): Move(State.WAIVED, _BUREAU, reason_required=True),
        (State.REPORTED, Verb.VERIFY): Move(State.VERIFIED, _BUREAU),
        (State.REPORTED, Verb.RETURN): Move(State.RECEIVED, _BUREAU, reason_required=True),
        (State.REFUSED, Verb.REROUTE): Move(State.WAIVED, _BUREAU),
        (State.REFUSED, Verb.REOPEN): Move(State.OPEN, _BUREAU, reason_required=True),
        (State.REFUSED, Verb.WAIVE): Move(State.WAIVED, _BUREAU, reason_required=True),
        (State.VERIFIED, Verb.REOPEN): Move(State.RECEIVED, _BUREAU, reason_required=True),
        (State.WAIVED, Verb.REOPEN): Move(State.OPEN, _BUREAU, reason_required=True),
        (State.LAPSED, Verb.REOPEN): Move(State.OPEN, _BUREAU, reason_required=True),
    }
)

_LEADS_BACK = frozenset({Verb.REOPEN, Verb.RETURN})
"""A part is open or received for other reasons too, so that its state does not tell that these were done."""
_RESULTS: Mapping[Verb, State] = MappingProxyType(
    {verb: move.to for (at, verb), move in MOVES.items() if move.to is not at and verb not in _LEADS_BACK}
)
_ENDS = frozenset({State.VERIFIED, State.WAIVED, State.LAPSED})
_DUE_SOON = timedelta(days=7)


def move(state: State, verb: Verb, actor: Actor) -> State:
    """The state after `actor` does `verb`; raises IllegalMove where the table has no such move."""
    found = MOVES.get((state, verb))
    if found and actor in found.actors:
        return found.to
    already = _RESULTS.get(verb) is state
    raise IllegalMove("not_yours" if found else "already" if already else "not_now", state, verb, allowed(state, actor))


def allowed(state: State, actor: Actor) -> tuple[Verb, ...]:
    """The verbs `actor` may use on a part in `state`, in the table's order."""
    return tuple(verb for (at, verb), found in MOVES.items() if at is state and actor in found.actors)


def may_ever(verb: Verb, actor: Actor) -> bool:
    """Whether `actor` may use this verb in any state."""
    return any(verb is known and actor in found.actors for (_, known), found in MOVES.items())


def needs_reason(state: State, verb: Verb) -> bool:
    """Whether this move has to come with a reason in words."""
    found = MOVES.get((state, verb))
    return found is not None and found.reason_required


def is_settled(state: State, verification: str) -> bool:
    """Whether the part has reached an end; `verification` is the plan's setting, none or bureau."""
    return state in _ENDS or (state is State.REPORTED and verification == "none")


def phase(due: date, today: date, *, state: State, verification: str, reported_on: date | None = None) -> Phase:
    """How the part stands to its due date. `reported_on` is the day of the first report that was not undone."""
    if state in {State.REPORTED, State.VERIFIED} and reported_on is not None and reported_on > due:
        return Phase.LATE
    if is_settled(state, verification):
        return Phase.SETTLED
    if state is State.REPORTED:
        return Phase.WAITING
    if today > due:
        return Phase.OVERDUE
    return Phase.DUE_SOON if due - today <= _DUE_SOON else Phase.UPCOMING


def after_report(counted: int | Decimal, target: int | Decimal, amount: int | Decimal) -> tuple[int | Decimal, bool]:
    """What is counted once `amount` more is reported, and whether that meets `target`: (2, False) is "2 of 5 done".

    Only the report that meets the target moves the part to reported.
    """
    if amount <= 0:
        raise BadAmount(f"A report of {amount} adds nothing; give how much was done.")
    total = Decimal(counted) + amount if isinstance(amount, Decimal) else counted + amount
    return total, total >= target


def undo_refusal(act_at: datetime, now: datetime, window: timedelta, actor_id: object, person_id: object) -> str:
    """Why `person_id` may not take back what `actor_id` did at `act_at`: `not_yours`, `too_late`, or empty if they may.

    The window includes its last moment.
    """
    if actor_id != person_id:
        return "not_yours"
    return "too_late" if require_aware(now) - require_aware(act_at) > window else ""


def may_undo(act_at: datetime, now: datetime, window: timedelta, actor_id: object, person_id: object) -> bool:
    """Whether the act may be taken back: by the person who did it, inside the window."""
    return not undo_refusal(act_at, now, window, actor_id, person_id)


def extension_problem(due: date, asked: date, today: date, reason: str) -> str:
    """Why an extension cannot even be asked: `no_reason`, `not_later` than the due date, `past`, or empty.

    Asking after the due date is possible and counts as overdue until the bureau grants it.
    """
    if not reason.strip():
        return "no_reason"
    if asked <= due:
        return "not_later"
    return "past" if asked < today else ""
