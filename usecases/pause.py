"""Pausing: until a day nobody is reminded, of one plan or of anything. What is held back comes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from storage import leaves, timeline
from storage.rows import Officer, Pause
from usecases.errors import BadDay, NotAllowed, NothingPaused
from usecases.office import Desk
from usecases.remit import has_all

MAY_PAUSE = frozenset({"bureau", "administrator"})


@dataclass(frozen=True, slots=True)
class Paused:
    """What is paused today."""

    everything: Pause | None = None
    plans: Mapping[int, Pause] = field(default_factory=dict)

    def of(self, plan_id: int) -> Pause | None:
        """The pause that holds a plan back, the longest one; None where it is followed."""
        found = [pause for pause in (self.everything, self.plans.get(plan_id)) if pause is not None]
        return max(found, key=lambda pause: pause.until, default=None)


def pause(desk: Desk, by: Officer, until: date, reason: str, plan_id: int | None = None) -> Pause:
    """Hold back reminders up to and including `until`: of one plan, or of everything.

    For whoever is in charge of every unit: a plan binds them all.

    A pause of the same gives way to this one. Raises NotAllowed, BadDay where `until` is past.
    """
    _may(desk, by)
    if until < desk.today:
        raise BadDay(f"A pause until {until} is over already.", day=until, due=desk.today, code="")
    for row in _of(desk, plan_id):
        leaves.end_pause(desk.tx, row.id, desk.now)
    said = {"plan_id": plan_id, "until": until, "reason": reason}
    pause_id = leaves.add_pause(desk.tx, created_by=by.id, created_at=desk.now, **said)
    _log(desk, "pause", by, plan_id, f"{until} {reason}".strip())
    return next(row for row in _of(desk, plan_id) if row.id == pause_id)


def resume(desk: Desk, by: Officer, plan_id: int | None = None) -> list[Pause]:
    """End the pause of that plan, or of everything; gives those that ended. Raises NothingPaused."""
    _may(desk, by)
    ended = _of(desk, plan_id)
    if not ended:
        raise NothingPaused("Nothing is paused here.")
    for row in ended:
        leaves.end_pause(desk.tx, row.id, desk.now)
    _log(desk, "resume", by, plan_id, "")
    return ended


def paused(desk: Desk) -> Paused:
    """What is paused today; the last day of a pause is still one of it."""
    rows = leaves.pauses(desk.tx, desk.today)
    everything = next((row for row in reversed(rows) if row.plan_id is None), None)
    return Paused(everything, {row.plan_id: row for row in rows if row.plan_id is not None})


def _of(desk: Desk, plan_id: int | None) -> list[Pause]:
    return [row for row in leaves.pauses(desk.tx, desk.today) if row.plan_id == plan_id]


def _may(desk: Desk, by: Officer) -> None:
    if not by.active or by.role not in MAY_PAUSE or not has_all(desk, by):
        raise NotAllowed(f"The role {by.role} may not pause.", role=by.role, verb="pause")


def _log(desk: Desk, verb: str, by: Officer, plan_id: int | None, words: str) -> None:
    timeline.add(desk.tx, at=desk.now, verb=verb, plan_id=plan_id, officer_id=by.id, door="", words=words)
