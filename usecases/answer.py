"""Answering: receive, report, verify, return, undo, snooze. Each act is one timeline row; a second press is none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from schedules.lifecycle import Actor, IllegalMove, State, Verb, after_report, may_undo, move
from storage import parts, people, timeline
from storage.rows import Officer, PartRow, TimelineRow
from texts import notices
from texts.values import PartView
from usecases.errors import BadAmount, NotAllowed, NothingToUndo, NotYours, ReasonMissing
from usecases.look import row_for, view
from usecases.office import Desk
from usecases.settle import change_state
from usecases.snooze import put_off
from usecases.tell import tell_bureau, tell_unit

ACTORS = {"officer": Actor.OFFICER, "deputy": Actor.OFFICER, "head": Actor.HEAD, "bureau": Actor.BUREAU}
UNDOABLE = ("receive", "report", "verify", "return")
_KEPT = ("state", "counted", "note", "reason", "received_by", "reported_by")
_KEPT_INSTANTS = ("received_at", "reported_at", "settled_at")
MOST = Decimal(1_000_000)
PLACES = 4
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, through which door, in which words, answering which message."""

    officer: Officer
    door: str
    words: str = ""
    answered: str = ""
    on_behalf_of: Officer | None = None
    said_at: datetime | None = None

    def moment(self, now: datetime) -> datetime:
        """When the person acted: whoever wrote in time is in time, although the message was handled after downtime.

        No channel keeps a message for longer than a day (Telegram: 24 hours), and nobody writes in the future.
        """
        said = self.said_at
        return said if said is not None and now - KEPT_FOR <= said <= now else now


@dataclass(frozen=True, slots=True)
class Answer:
    """What an act led to. `repeated`: somebody had done it before, by `by` at `at`, and nothing was changed."""

    verb: str
    part: PartView
    by: str
    at: datetime
    repeated: bool = False
    until: datetime | None = None
    undo_until: datetime | None = None


def receive(desk: Desk, act: Act, part_id: int) -> Answer:
    part = _own(desk, act, part_id)
    if part.state != "open":
        return _repeated(desk, part, "receive")
    return _move(desk, act, part, Verb.RECEIVE, received_at=act.moment(desk.now), received_by=act.officer.id)


def report(desk: Desk, act: Act, part_id: int, *, amount: Decimal | None = None) -> Answer:
    """Report a part done, or `amount` more of it where the duty counts; only what meets the target closes the count."""
    part = _own(desk, act, part_id)
    if part.settled_at is not None or part.state == "reported":
        return _repeated(desk, part, "report")
    if amount is not None and not _makes_sense(amount):
        raise BadAmount(f"An amount of {amount} cannot be reported; give a number above zero.", amount=amount)
    counted, done = after_report(part.counted, part.target, amount or _rest(part))
    received = {} if part.received_at else {"received_at": act.moment(desk.now), "received_by": act.officer.id}
    facts = {"counted": Decimal(counted), "note": act.words or part.note, "reason": "", **received}
    if not done:
        return _count(desk, act, part, facts)
    answer = _move(desk, act, part, Verb.REPORT, **_first_report(desk, act, part), **facts)
    if not answer.repeated and part.verification == "bureau":
        tell_bureau(desk, answer.part, notices.reported)
    return answer


def verify(desk: Desk, act: Act, part_id: int) -> Answer:
    part = _held(desk, act.officer, part_id)
    if part.state == "verified":
        return _repeated(desk, part, "verify")
    answer = _move(desk, act, part, Verb.VERIFY)
    if not answer.repeated:
        tell_unit(desk, answer.part, notices.verified)
    return answer


def return_(desk: Desk, act: Act, part_id: int) -> Answer:
    """Send a report back; `act.words` is the reason, and compulsory. The unit hears of it, the due date stays."""
    part = _held(desk, act.officer, part_id)
    if not act.words.strip():
        raise ReasonMissing("Give the reason for the return; the unit needs it to mend the report.", code=part.code)
    answer = _move(desk, act, part, Verb.RETURN, reason=act.words, counted=Decimal(0))
    if not answer.repeated:
        tell_unit(desk, answer.part, notices.returned)
    return answer


def undo(desk: Desk, act: Act, part_id: int | None = None) -> Answer:
    """Take back one's own last act while the window is open. The timeline keeps both rows."""
    row = _last_act(desk, act.officer, part_id)
    part = _held(desk, act.officer, row.part_id or 0)
    if answered_since(desk, row):
        raise NothingToUndo("Somebody changed this part meanwhile; nothing was undone.", code=part.code)
    before = row.detail["before"]
    instants = {name: _instant(before[name]) for name in _KEPT_INSTANTS if name != "settled_at"}
    kept = {name: before[name] for name in _KEPT if name != "state"} | {"counted": Decimal(before["counted"])}
    change_state(desk, part, State(before["state"]), **kept, **instants)
    _log(desk, act, part, "undo", undoes=row.id)
    return _answer(desk, act, part.id, "undo")


def snooze(desk: Desk, act: Act, part_id: int, until: Literal["afternoon", "next_workday", "three_before"]) -> Answer:
    """Ask again later; the due date is untouched, and what is due that day or overdue is never silenced."""
    part = _own(desk, act, part_id)
    if part.settled_at is not None or part.state == "reported":
        return _repeated(desk, part, "report")
    moment = put_off(desk, part, act.on_behalf_of or act.officer, until)
    _log(desk, act, part, "snooze", until=moment.isoformat())
    return _answer(desk, act, part.id, "snooze", until=moment)


def _held(desk: Desk, officer: Officer, part_id: int) -> PartRow:
    """The part as it stands now, and nobody else changes it until this act is done."""
    parts.hold(desk.tx, part_id)
    return row_for(desk, officer, part_id)


def _own(desk: Desk, act: Act, part_id: int) -> PartRow:
    """The part, if the one acting answers for its unit, or is the bureau acting on somebody's behalf."""
    part = _held(desk, act.officer, part_id)
    mine = act.officer.unit_id == part.unit_id and act.officer.role in ("officer", "deputy", "head", "bureau")
    behalf = act.officer.role == "bureau" and act.on_behalf_of is not None and act.on_behalf_of.unit_id == part.unit_id
    if not (mine or behalf):
        raise NotYours(f"Part {part_id} is {part.unit_name}'s to answer; nothing was changed.", unit=part.unit_name)
    return part


def _move(desk: Desk, act: Act, part: PartRow, verb: Verb, **values: Any) -> Answer:
    actor = ACTORS.get(act.officer.role)
    if actor is None:
        raise NotAllowed(f"The role {act.officer.role} only reads; nothing was changed.", role=act.officer.role)
    try:
        target = move(State(part.state), verb, actor)
    except IllegalMove as error:
        now = {} if error.key == "not_yours" else {"state": part.state}
        raise NotAllowed(str(error), role=act.officer.role, verb=verb.value, **now) from error
    if not change_state(desk, part, target, **values):
        return _repeated(desk, row_for(desk, act.officer, part.id), verb.value)
    _log(desk, act, part, verb.value)
    return _answer(desk, act, part.id, verb.value)


def _count(desk: Desk, act: Act, part: PartRow, facts: dict[str, Any]) -> Answer:
    """A report that does not meet the target yet: counted, and the part is received."""
    state = State.RECEIVED
    if not change_state(desk, part, state, **facts):
        return _repeated(desk, row_for(desk, act.officer, part.id), "report")
    _log(desk, act, part, "report", counted=str(facts["counted"]))
    return _answer(desk, act, part.id, "count")


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


def _last_act(desk: Desk, officer: Officer, part_id: int | None) -> TimelineRow:
    rows = timeline.last_by(desk.tx, officer.id, desk.now - desk.office.undo_window)
    undone = {row.detail.get("undoes") for row in rows}
    for row in rows:
        fits = row.verb in UNDOABLE and row.id not in undone and part_id in (None, row.part_id)
        if fits and may_undo(row.at, desk.now, desk.office.undo_window, row.officer_id, officer.id):
            return row
    minutes = int(desk.office.undo_window.total_seconds() // 60)
    raise NothingToUndo(f"Nothing of yours in the last {minutes} minutes is left to undo.", minutes=minutes)


def answered_since(desk: Desk, row: TimelineRow) -> bool:
    """Whether the part was changed after that act: taking it back now would take somebody else's act with it."""
    later = [
        r
        for r in timeline.of_part(desk.tx, row.part_id or 0)
        if r.id > row.id and r.verb not in {"snooze", "attach", "attach_refused"}
    ]
    undone = {r.detail.get("undoes") for r in later}
    return any(r.verb != "undo" and r.id not in undone for r in later)


def _log(desk: Desk, act: Act, part: PartRow, verb: str, **detail: Any) -> None:
    before: dict[str, Any] = {name: getattr(part, name) for name in _KEPT} | {"counted": str(part.counted)}
    before |= {name: _text(getattr(part, name)) for name in _KEPT_INSTANTS}
    timeline.add(
        desk.tx,
        at=desk.now,
        verb=verb,
        part_id=part.id,
        officer_id=act.officer.id,
        on_behalf_of=None if act.on_behalf_of is None else act.on_behalf_of.id,
        door=act.door,
        words=act.words,
        answered=act.answered,
        detail={"before": before, **detail},
    )


def _answer(desk: Desk, act: Act, part_id: int, verb: str, *, until: datetime | None = None) -> Answer:
    part = view(desk, row_for(desk, act.officer, part_id))
    undo_until = desk.now + desk.office.undo_window if verb in (*UNDOABLE, "count") else None
    return Answer(verb, part, by=act.officer.name, at=desk.now, until=until, undo_until=undo_until)


def _repeated(desk: Desk, part: PartRow, verb: str) -> Answer:
    """Who did it first, and when: what a second press is answered."""
    row = timeline.last_of(desk.tx, part.id, verb) or timeline.last_of(desk.tx, part.id, "report")
    who = people.officer_by_id(desk.tx, row.officer_id) if row and row.officer_id else None
    by, at = who.name if who else "", row.at if row else part.changed_at
    return Answer(verb, view(desk, part), by=by, at=at, repeated=True)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
