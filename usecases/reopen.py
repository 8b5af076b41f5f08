"""Reopening (重开): the bureau asks for a part again that had reached an end or was refused; the history stays."""

from decimal import Decimal
from functools import partial
from typing import Any

from schedules.lifecycle import State, Verb
from storage import parts
from storage.rows import PartRow
from texts import notices
from usecases.acting import Act, Answer, commit, held, repeated, step
from usecases.errors import WithOtherUnit
from usecases.look import stored
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.tell import tell_unit


def reopen(desk: Desk, act: Act, part_id: int) -> Answer:
    """`act.words` is the reason, and compulsory. Raises WithOtherUnit while another unit has the part."""
    part = held(desk, act.officer, part_id)
    target = step(desk, act, part, Verb.REOPEN)
    if target is None:
        return repeated(desk, part, "reopen")
    _not_elsewhere(desk, part)
    values: dict[str, Any] = {"reason": "", "rerouted_to": None}
    if target is State.RECEIVED:
        values |= {"reason": act.words, "counted": Decimal(0)}
    answer = commit(desk, act, part, target, verb="reopen", values=values, detail={"to": target.value})
    if not answer.repeated:
        parts.change_occurrence(desk.tx, part.occurrence_id, only_in="skipped", state="tracked")
        plan_reminders(desk, [stored(desk, part.id)])
        tell_unit(desk, answer.part, partial(notices.reopened, reason=act.words))
    return answer


def _not_elsewhere(desk: Desk, part: PartRow) -> None:
    """What another unit has now comes back by rerouting it here, so that never two units are asked for one share."""
    for row in parts.of_occurrence(desk.tx, part.occurrence_id):
        if row.unit_id == part.rerouted_to and row.state not in ("waived", "lapsed"):
            raise WithOtherUnit(f"{row.unit_name} has it as part {row.code}.", unit=row.unit_name, code=row.code)
