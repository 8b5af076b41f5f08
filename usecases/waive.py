"""Waiving (免办): the bureau asks a part of a unit no longer; skipping: an occurrence of every unit, this once."""

from schedules.lifecycle import MOVES, State, Verb
from storage import parts
from storage.rows import PartRow
from texts import notices
from usecases.acting import Act, Answer, actor_of, commit, held, move_on, repeated, require_reason
from usecases.errors import NotAllowed
from usecases.office import Desk
from usecases.remit import covers, remit
from usecases.tell import tell_told


def waive(desk: Desk, act: Act, part_id: int) -> Answer:
    """`act.words` is the reason, and compulsory."""
    part = held(desk, act.officer, part_id)
    answer = move_on(desk, act, part, Verb.WAIVE, reason=act.words)
    if not answer.repeated:
        tell_told(desk, part.id, notices.waived)
    return answer


def skip(desk: Desk, act: Act, part_id: int) -> list[Answer]:
    """Waive every open part of the part's occurrence, with one reason; one answer for each part let off.

    What is reported stays as it is, and units that join later are not asked. A bureau of some units skips it for those.
    """
    part = held(desk, act.officer, part_id)
    actor_of(act, Verb.WAIVE)
    require_reason(act, part, Verb.WAIVE)
    rows = parts.of_occurrence(desk.tx, part.occurrence_id)
    within = remit(desk, act.officer)
    todo = [row for row in rows if (State(row.state), Verb.WAIVE) in MOVES and covers(within, row)]
    if not todo and part.state == "waived":
        return [repeated(desk, part, "waive")]
    if not todo:
        raise NotAllowed("Nothing of this occurrence is open.", role=act.officer.role, verb="skip", state=part.state)
    if all(covers(within, row) for row in rows):
        parts.change_occurrence(desk.tx, part.occurrence_id, state="skipped")
    return [_let_off(desk, act, row) for row in sorted(todo, key=lambda row: row.role != "lead")]


def _let_off(desk: Desk, act: Act, row: PartRow) -> Answer:
    part, values, detail = held(desk, act.officer, row.id), {"reason": act.words}, {"skip": row.occurrence_id}
    answer = commit(desk, act, part, State.WAIVED, verb="waive", values=values, detail=detail)
    tell_told(desk, part.id, notices.waived)
    return answer
