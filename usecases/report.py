"""Receiving (签收) and reporting (报结): what a unit says of its own part."""

from decimal import Decimal
from typing import Any

from schedules.lifecycle import State, Verb, after_report
from storage.rows import PartRow
from usecases import joint
from usecases.acting import Act, Answer, commit, move_on, on_behalf, own, repeated, step
from usecases.errors import BadAmount, OthersMissing
from usecases.live_notice import ask_bureau
from usecases.office import Desk

MOST = Decimal(1_000_000)
PLACES = 4


def receive(desk: Desk, act: Act, part_id: int) -> Answer:
    part = own(desk, act, part_id)
    if part.state != "open":
        return repeated(desk, part, "receive")
    return move_on(desk, act, part, Verb.RECEIVE, received_at=act.moment(desk.now), received_by=act.officer.id)


def report(desk: Desk, act: Act, part_id: int, *, amount: Decimal | None = None) -> Answer:
    """Report a part done, or `amount` more of it where the duty counts; only what meets the target closes the count.

    A lead's report waits for the others' parts: raises OthersMissing, which names the units.
    """
    part = own(desk, act, part_id)
    if part.settled_at is not None or part.state == "reported":
        return repeated(desk, part, "report")
    if amount is not None and not _makes_sense(amount):
        raise BadAmount(f"An amount of {amount} cannot be reported; give a number above zero.", amount=amount)
    target = step(desk, act, part, Verb.REPORT)
    counted, done = after_report(part.counted, part.target, amount or _rest(part))
    received = {} if part.received_at else {"received_at": act.moment(desk.now), "received_by": act.officer.id}
    facts: dict[str, Any] = {"counted": Decimal(counted), "note": act.words or part.note, "reason": "", **received}
    if not done or target is None:
        return _count(desk, act, part, facts)
    _wait_for_others(desk, act, part)
    answer = commit(desk, act, part, target, verb="report", values=facts | _first_report(desk, act, part))
    if not answer.repeated and part.verification == "bureau":
        ask_bureau(desk, answer.part, "report")
    return answer


def _wait_for_others(desk: Desk, act: Act, part: PartRow) -> None:
    """The lead answers for the whole, so it reports last; on its behalf the bureau may do so earlier."""
    missing = [] if on_behalf(act, part) else joint.waits_for(desk, part)
    if missing:
        raise OthersMissing(
            f"The lead reports once all are in; missing: {'、'.join(missing)}.",
            missing=missing,
            code=part.code,
        )


def _count(desk: Desk, act: Act, part: PartRow, facts: dict[str, Any]) -> Answer:
    """A report that does not meet the target yet: counted, and the part is received."""
    detail = {"counted": str(facts["counted"])}
    return commit(desk, act, part, State.RECEIVED, verb="report", values=facts, detail=detail, said="count")


def _makes_sense(amount: Decimal) -> bool:
    return amount.is_finite() and 0 < amount <= MOST and amount == round(amount, PLACES)


def _first_report(desk: Desk, act: Act, part: PartRow) -> dict[str, Any]:
    """In time is judged by the first report that was not undone: a return asks for more, it does not make it late."""
    if part.reported_at is not None:
        return {}
    return {"reported_at": act.moment(desk.now), "reported_by": act.officer.id}


def _rest(part: PartRow) -> Decimal:
    """What a bare 完成 reports: one more where a number of times is asked for, all that is left of an amount."""
    return part.target - part.counted if part.unit_of_measure and part.target > part.counted else Decimal(1)
