"""Delegating (转交): one part is handed to a colleague of the same unit, who is reminded from then on."""

from schedules.lifecycle import State, Verb
from storage import people
from storage.rows import Officer, PartRow
from texts import notices
from usecases.acting import ANSWERS_FOR_UNIT, Act, Answer, commit, own, repeated, step
from usecases.errors import NotColleague
from usecases.look import stored
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.tell import tell_officer


def delegate(desk: Desk, act: Act, part_id: int, officer_id: int) -> Answer:
    """Hand the part to that colleague; handing it to oneself takes it over. Raises NotColleague."""
    part = own(desk, act, part_id)
    step(desk, act, part, Verb.DELEGATE)
    colleague = _colleague(desk, part, officer_id)
    if part.delegate_id == colleague.id:
        return repeated(desk, part, "delegate")
    values, detail = {"delegate_id": colleague.id}, {"to": colleague.id}
    answer = commit(desk, act, part, State(part.state), verb="delegate", values=values, detail=detail)
    plan_reminders(desk, [stored(desk, part.id)])
    if colleague.id != act.officer.id:
        tell_officer(desk, colleague, answer.part, notices.delegated)
    return answer


def _colleague(desk: Desk, part: PartRow, officer_id: int) -> Officer:
    officer = people.officer_by_id(desk.tx, officer_id)
    fits = officer and officer.active and officer.unit_id == part.unit_id and officer.role in ANSWERS_FOR_UNIT
    if officer is None or not fits:
        raise NotColleague(f"Officer {officer_id} does not answer for {part.unit_name}.", unit=part.unit_name)
    return officer
