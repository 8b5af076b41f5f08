"""What to do after a try to send: four outcomes come in, one decision goes out, with the moment in it.

A channel translates its errors into an outcome, this file decides, storage records. Twice rather than never: what may
have arrived is tried again, and says that it may be a repeat.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from schedules.civil import require_aware


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger took it and gave it this id."""

    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """Surely not sent; may work later. `after` is the messenger's own wait in seconds, where it named one."""

    after: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for good: a message that can never be sent or, where `gone`, a dead address (blocked, unknown chat)."""

    reason: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether it arrived: the answer was lost, or the sender died on the way."""

    reason: str


Outcome: TypeAlias = Sent | Again | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Done:
    """Record as delivered."""

    message_id: str


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Try again at `at` (UTC). Once `possible_repeat` was true for a delivery it stays true: the next copy says so."""

    at: datetime
    possible_repeat: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Dead:
    """Stop trying and raise it to a person."""

    reason: str


Decision: TypeAlias = Done | RetryAt | Dead

WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800))
"""How long to wait after the first, second … failed try; the last one holds from then on."""
PATIENCE = timedelta(hours=24)
LEAST_TRIES = 10
"""A night or a weekend between tries costs patience but tells nothing: no giving up before this many."""
MOST_TRIES = 100


def decide(outcome: Outcome, *, attempt: int, now: datetime, first_at: datetime, jitter: float = 0.0) -> Decision:
    """What follows from the `attempt`-th try (1 is the first) that ended `now`, the first having begun at `first_at`.

    The messenger's own wait is kept to the second or longer, never shorter. `jitter` in 0..1, from the caller, spreads
    the waits by up to a quarter (a named wait by up to a second) so that a crowd does not come back in one moment.
    Whoever sends only in office hours passes the moment through `OpeningHours.push_moment`.
    """
    match outcome:
        case Sent():
            return Done(outcome.message_id)
        case Refused():
            return Dead(outcome.reason)
        case Again() | Unknown():
            if _gives_up(attempt, require_aware(now) - require_aware(first_at)):
                return Dead(outcome.reason)
            wait = _wait(outcome, attempt, jitter)
            return RetryAt(require_aware(now) + wait, isinstance(outcome, Unknown), outcome.reason)
        case _:
            assert_never(outcome)


def _gives_up(attempt: int, age: timedelta) -> bool:
    return attempt >= MOST_TRIES or (attempt >= LEAST_TRIES and age >= PATIENCE)


def _wait(outcome: Again | Unknown, attempt: int, jitter: float) -> timedelta:
    if isinstance(outcome, Again) and outcome.after is not None:
        return timedelta(seconds=max(0.0, outcome.after) + jitter)
    return WAITS[min(max(attempt, 1), len(WAITS)) - 1] * (1 + jitter / 4)
