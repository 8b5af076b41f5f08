"""More time (延期): a unit asks with a reason and a date, the bureau decides; the original date stays known.

Asking after the due date is possible, and counts as overdue until it is granted.
"""

from datetime import date
from functools import partial

from schedules.lifecycle import State, Verb, extension_problem
from storage import extensions
from storage.rows import Extension, PartRow
from texts import notices
from usecases.acting import Act, Answer, commit, held, last_act, own, repeated, step
from usecases.errors import BadDay, NothingAsked
from usecases.live_notice import ask_bureau
from usecases.look import stored
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.tell import tell_unit


def ask_extension(desk: Desk, act: Act, part_id: int, day: date) -> Answer:
    """Ask for `day` instead of the due date; `act.words` is the reason, and compulsory. Verb `extend`.

    Asking for another day takes the place of what was asked. Raises BadDay where it is past or not later.
    """
    part = own(desk, act, part_id)
    step(desk, act, part, Verb.EXTEND)
    _check_day(desk, part, day)
    before = _asked(desk, part)
    if before is not None and before.asked_due == day:
        return repeated(desk, part, "extend")
    if before is not None:
        extensions.change(desk.tx, before.id, state="withdrawn", decided_at=desk.now)
    asked = _ask(desk, act, part, day)
    detail = {"extension": asked, "day": day.isoformat()} | ({"replaced": before.id} if before else {})
    answer = commit(desk, act, part, State(part.state), verb="extend", detail=detail)
    ask_bureau(desk, answer.part, "extend", but=act.officer)
    return answer


def grant(desk: Desk, act: Act, part_id: int, day: date | None = None) -> Answer:
    """Grant what was asked, or another `day`; reminders follow the new date. Verb `grant`.

    Raises NothingAsked, and BadDay where the day is past or not later than the date that stands.
    """
    part = held(desk, act.officer, part_id)
    step(desk, act, part, Verb.GRANT)
    asked = _asked(desk, part)
    if asked is None:
        return _decided(desk, part)
    due = day or asked.asked_due
    _check_day(desk, part, due)
    answer = _decide(desk, act, part, asked, Verb.GRANT, due=due)
    plan_reminders(desk, [stored(desk, part.id)])
    tell_unit(desk, answer.part, notices.granted)
    return answer


def decline(desk: Desk, act: Act, part_id: int) -> Answer:
    """Leave the date as it is; `act.words` is the reason, and compulsory. Verb `decline`."""
    part = held(desk, act.officer, part_id)
    step(desk, act, part, Verb.DECLINE)
    asked = _asked(desk, part)
    if asked is None:
        return _decided(desk, part)
    answer = _decide(desk, act, part, asked, Verb.DECLINE)
    tell_unit(desk, answer.part, partial(notices.declined, reason=act.words))
    return answer


def _ask(desk: Desk, act: Act, part: PartRow, day: date) -> int:
    said = {"asked_due": day, "reason": act.words, "asked_by": act.officer.id, "asked_at": act.moment(desk.now)}
    return extensions.add(desk.tx, part_id=part.id, old_due=part.due, **said)


def _decide(  # noqa: PLR0913 who decides what on which request
    desk: Desk, act: Act, part: PartRow, asked: Extension, verb: Verb, *, due: date | None = None
) -> Answer:
    state = "declined" if due is None else "granted"
    decided = {"decided_by": act.officer.id, "decided_at": desk.now, "decision": act.words}
    extensions.change(desk.tx, asked.id, state=state, granted_due=due, **decided)
    values = {} if due is None else {"due": due}
    return commit(desk, act, part, State(part.state), verb=verb.value, values=values, detail={"extension": asked.id})


def _asked(desk: Desk, part: PartRow) -> Extension | None:
    return extensions.waiting(desk.tx, [part.id]).get(part.id)


def _decided(desk: Desk, part: PartRow) -> Answer:
    """Nothing waits: either somebody has just decided, or nobody has asked."""
    row = last_act(desk, part)
    if row is None or row.verb not in ("grant", "decline"):
        raise NothingAsked(f"Nobody asks for more time for part {part.code}.", code=part.code)
    return repeated(desk, part, row.verb)


def _check_day(desk: Desk, part: PartRow, day: date) -> None:
    problem = extension_problem(part.due, day, desk.today, "given")
    if problem:
        raise BadDay(f"{day} is {problem} for a part due on {part.due}.", code=part.code, day=day, due=part.due)
