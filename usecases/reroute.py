"""Rerouting (转办): the bureau moves a part to another unit; the old part ends and names where it went.

The plan's own parts and those that came from elsewhere are told apart by `came_from`: unfolding leaves both alone.
"""

from schedules.lifecycle import State, Verb
from storage import parts, people
from storage.rows import PartRow, Unit
from texts import notices
from usecases.acting import Act, Answer, commit, held, log, repeated, step
from usecases.errors import NoSuchUnit, UnitHasPart
from usecases.look import stored, view
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.remit import require
from usecases.settle import change_state
from usecases.tell import tell_bureau, tell_unit
from usecases.undo import ARRIVE
from usecases.unfold_apply import part_uid


def reroute(desk: Desk, act: Act, part_id: int, unit_id: int) -> Answer:
    """End the part `waived` with `rerouted_to`, and open one at the other unit that knows where it came from.

    Where that unit had a part that ended waived, this one is asked again. `act.words` may say why; otherwise the unit's
    own reason stands. Raises NoSuchUnit, UnitHasPart.
    """
    part = held(desk, act.officer, part_id)
    target = step(desk, act, part, Verb.REROUTE)
    if target is None:
        return repeated(desk, part, "reroute")
    unit, there = _destination(desk, act, part, unit_id)
    other = _open_there(desk, part, unit) if there is None else _ask_there(desk, part, there)
    arrived = log(desk, act, there or other, ARRIVE, **{"from": part.id})
    values = {"rerouted_to": unit.id, "reason": act.words or part.reason}
    detail = {"to_part": other.id, "arrived": arrived, "fresh": there is None}
    answer = commit(desk, act, part, target, verb="reroute", values=values, detail=detail)
    plan_reminders(desk, [other], announced=[other.id])
    _tell(desk, act, answer, other if there else None)
    return answer


def _destination(desk: Desk, act: Act, part: PartRow, unit_id: int) -> tuple[Unit, PartRow | None]:
    """The unit, and the part that it had in this occurrence and that ended."""
    unit = people.unit_by_id(desk.tx, unit_id)
    if unit is None or unit_id == part.unit_id:
        raise NoSuchUnit(f"There is no other unit {unit_id} to move part {part.id} to.", code=part.code)
    require(desk, act.officer, unit.id)
    there = next((row for row in parts.of_occurrence(desk.tx, part.occurrence_id) if row.unit_id == unit_id), None)
    if there is not None and there.state != "waived":
        raise UnitHasPart(f"{unit.name} has part {there.code} in this already.", unit=unit.name, code=there.code)
    return unit, there


def _open_there(desk: Desk, part: PartRow, unit: Unit) -> PartRow:
    uid = part_uid(desk, part.occurrence_id, unit.id)
    row = {
        "uid": uid,
        "occurrence_id": part.occurrence_id,
        "unit_id": unit.id,
        "role": part.role,
        "code": people.take_codes(desk.tx, unit.id, 1),
        "due": part.due,
        "counted": 0,
        "came_from": part.id,
        "created_at": desk.now,
        "changed_at": desk.now,
    }
    parts.add_parts(desk.tx, [row])
    opened = parts.by_uid(desk.tx, uid)
    assert opened is not None  # noqa: S101 written a line ago
    return opened


def _ask_there(desk: Desk, part: PartRow, there: PartRow) -> PartRow:
    """It goes back to where it came from, or to a unit that was let off."""
    came_from = there.came_from if there.rerouted_to else part.id
    parts.hold(desk.tx, there.id)
    change_state(desk, there, State.OPEN, reason="", rerouted_to=None, came_from=came_from, due=part.due)
    return stored(desk, there.id)


def _tell(desk: Desk, act: Act, answer: Answer, asked_again: PartRow | None) -> None:
    """Both units and the bureau; the new unit hears of a new part by its first reminder."""
    tell_unit(desk, answer.part, notices.rerouted)
    tell_bureau(desk, answer.part, notices.rerouted_of_unit, but=act.officer)
    if asked_again is not None:
        tell_unit(desk, view(desk, asked_again), notices.asked_again)
