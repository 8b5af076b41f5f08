"""What the API lets programs do: answers, the bureau's decisions, events. The same use cases as in chat."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from storage import parts, plans
from storage.rows import PlanRow
from usecases import answer, events, extend, look, refuse, reopen, waive
from usecases.answer import Act, Answer
from usecases.errors import Refused
from usecases.office import Desk
from usecases.remit import has_all
from web.api.models import AnswerIn, AnswerOut, EventIn, EventOut, EventRow, Events, EventsQuery
from web.api.operations import Call, OutOfScope
from web.api.showing import part_out
from web.visit import Missing

DOOR = "api"
DECISIONS = frozenset({"verify", "return", "grant", "decline", "waive", "reopen"})
Do = Callable[[Desk, Act, int, AnswerIn], Answer]


def give_answer(call: Call) -> AnswerOut:
    """Units answer with a token for `answer`, the bureau decides with one for `decide`."""
    body: AnswerIn = call.body
    if ("decide" if body.verb in DECISIONS else "answer") not in call.caller.scopes:
        raise OutOfScope
    row = parts.by_uid(call.desk.tx, call.path["uid"])
    if row is None or not look.may_see(call.desk, call.caller.officer, row):
        raise Missing
    done = VERBS[body.verb](call.desk, Act(call.caller.officer, DOOR, words=body.words), row.id, body)
    return AnswerOut(verb=done.verb, repeated=done.repeated, by=done.by, at=done.at, part=part_out(done.part))


class DayMissing(Refused):
    """An extension needs the day that is asked for."""

    key = "day_missing"


def _ask(desk: Desk, act: Act, part_id: int, body: AnswerIn) -> Answer:
    if body.day is None:
        raise DayMissing("Give the day that is asked for; nothing was changed.")
    return extend.ask_extension(desk, act, part_id, body.day)


VERBS: Mapping[str, Do] = {
    "receive": lambda desk, act, part_id, _: answer.receive(desk, act, part_id),
    "report": lambda desk, act, part_id, body: answer.report(
        desk, act, part_id, amount=Decimal(body.amount) if body.amount else None
    ),
    "refuse": lambda desk, act, part_id, _: refuse.refuse(desk, act, part_id),
    "extend": _ask,
    "undo": lambda desk, act, part_id, _: answer.undo(desk, act, part_id),
    "verify": lambda desk, act, part_id, _: answer.verify(desk, act, part_id),
    "return": lambda desk, act, part_id, _: answer.return_(desk, act, part_id),
    "grant": lambda desk, act, part_id, body: extend.grant(desk, act, part_id, body.day),
    "decline": lambda desk, act, part_id, _: extend.decline(desk, act, part_id),
    "waive": lambda desk, act, part_id, _: waive.waive(desk, act, part_id),
    "reopen": lambda desk, act, part_id, _: reopen.reopen(desk, act, part_id),
}


def list_events(call: Call) -> Events:
    query: EventsQuery = call.query
    if query.plan is not None and plans.by_key(call.desk.tx, query.plan) is None:
        return Events(events=[])
    keys = {plan.id: plan.key for plan in plans.all_plans(call.desk.tx)}
    rows = events.list_events(call.desk, query.plan)
    return Events(events=[EventRow(id=row.id, plan=keys[row.plan_id], name=row.name, day=row.day) for row in rows])


def add_event(call: Call) -> EventOut:
    body: EventIn = call.body
    done = events.add_event(call.desk, _plan(call, body.plan).key, body.name, body.day, by=call.caller.officer)
    return EventOut(id=done.event_id, plan=body.plan, name=done.name, day=done.day, parts=done.new_parts)


def cancel_event(call: Call) -> None:
    """Only those who oversee cancel; whoever may not sees it as not there."""
    officer = call.caller.officer
    if officer.role == "auditor" or not has_all(call.desk, officer):
        raise Missing
    events.cancel_event(call.desk, int(call.path["number"]), by=officer)


def _plan(call: Call, key: str) -> PlanRow:
    row = plans.by_key(call.desk.tx, key)
    if row is None:
        raise Missing
    return row
