"""Acting on a part: may this person do this now; if so, once. What every verb has in common.

A verb gathers (`held`, `own`), asks the table of moves (`step`), and writes (`commit`): the row, its reminders and
cards, one timeline row with all that undo needs, and what it means for the other units of the occurrence.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schedules.lifecycle import Actor, IllegalMove, State, Verb, may_ever, move, needs_reason
from storage import extensions, parts, people, timeline
from storage.rows import Officer, PartRow, TimelineRow
from texts.values import PartView
from usecases import joint
from usecases.errors import NotAllowed, NotYours, ReasonMissing
from usecases.look import OWED, row_for, view
from usecases.next_one import bring_next
from usecases.office import Desk
from usecases.remit import answers_for
from usecases.settle import change_state
from usecases.snapshot import snapshot

ACTORS = {"officer": Actor.OFFICER, "deputy": Actor.OFFICER, "head": Actor.HEAD, "bureau": Actor.BUREAU}
ANSWERS_FOR_UNIT = frozenset(ACTORS)
"""Roles that may answer for their own unit."""
UNDOABLE = (
    "receive",
    "report",
    "verify",
    "return",
    "refuse",
    "reroute",
    "waive",
    "reopen",
    "extend",
    "grant",
    "decline",
    "delegate",
    "snooze",
)
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


def held(desk: Desk, officer: Officer, part_id: int) -> PartRow:
    """The part as it stands now, if this person may see it; nobody else changes it until this act is done."""
    if not officer.active:
        raise NotAllowed(f"{officer.name} has left; nothing was changed.", role=officer.role)
    parts.hold(desk.tx, part_id)
    return row_for(desk, officer, part_id)


def own(desk: Desk, act: Act, part_id: int) -> PartRow:
    """The part, if the one acting answers for its unit, or is the bureau acting on somebody's behalf."""
    part = held(desk, act.officer, part_id)
    mine = act.officer.role in ANSWERS_FOR_UNIT and answers_for(desk, act.officer, part.unit_id)
    if not (mine or on_behalf(act, part)):
        raise NotYours(f"Part {part_id} is {part.unit_name}'s to answer; nothing was changed.", unit=part.unit_name)
    return part


def on_behalf(act: Act, part: PartRow) -> bool:
    """Whether this is the bureau acting for somebody of the part's unit; both names are kept."""
    named = act.on_behalf_of
    return act.officer.role == "bureau" and named is not None and named.unit_id == part.unit_id


def step(desk: Desk, act: Act, part: PartRow, verb: Verb) -> State | None:
    """The state the verb leads to; None where somebody has done it already.

    Raises NotAllowed for a role or a state that does not allow it, ReasonMissing where `act.words` should say why.
    """
    actor = actor_of(act, verb)
    try:
        target = move(State(part.state), verb, actor)
    except IllegalMove as error:
        if error.key == "already" or _was_last(desk, part, verb):
            return None
        now = {} if error.key == "not_yours" else {"state": part.state}
        raise NotAllowed(str(error), role=act.officer.role, verb=verb.value, **now) from error
    if needs_reason(State(part.state), verb):
        require_reason(act, part, verb)
    return target


def actor_of(act: Act, verb: Verb) -> Actor:
    """In which capacity the person acts; raises NotAllowed for a role that may never do this."""
    actor = ACTORS.get(act.officer.role)
    if actor is None or not may_ever(verb, actor):
        raise NotAllowed(f"The role {act.officer.role} may not {verb}.", role=act.officer.role, verb=verb.value)
    return actor


def require_reason(act: Act, part: PartRow, verb: Verb) -> None:
    if not act.words.strip():
        raise ReasonMissing(f"Give the reason to {verb}; others need to know it.", code=part.code, verb=verb.value)


def move_on(desk: Desk, act: Act, part: PartRow, verb: Verb, **values: Any) -> Answer:
    """What most verbs do: one step of the table, its columns, its row in the timeline."""
    target = step(desk, act, part, verb)
    if target is None:
        return repeated(desk, part, verb.value)
    return commit(desk, act, part, target, verb=verb.value, values=values)


def commit(  # noqa: PLR0913 what is written together
    desk: Desk,
    act: Act,
    part: PartRow,
    target: State,
    *,
    verb: str,
    values: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
    said: str = "",
) -> Answer:
    """Write one act, or answer with who was faster. `said` names the answer where the verb does not."""
    if not change_state(desk, part, target, **(values or {})):
        return repeated(desk, row_for(desk, act.officer, part.id), verb)
    detail = {} if detail is None else detail
    if target.value not in OWED:
        detail |= _let_go_extension(desk, part)
    log(desk, act, part, verb, **detail)
    joint.follow(desk, part)
    bring_next(desk, part)
    return answer(desk, act, part.id, said or verb)


def log(desk: Desk, act: Act, part: PartRow, verb: str, **detail: Any) -> int:
    """One timeline row: who, on whose behalf, when, through which door, the words as typed, and the part before it."""
    return timeline.add(
        desk.tx,
        at=desk.now,
        verb=verb,
        part_id=part.id,
        officer_id=act.officer.id,
        on_behalf_of=None if act.on_behalf_of is None else act.on_behalf_of.id,
        door=act.door,
        words=act.words,
        answered=act.answered,
        detail={"before": snapshot(part), **detail},
    )


def answer(desk: Desk, act: Act, part_id: int, verb: str, *, until: datetime | None = None) -> Answer:
    part = view(desk, row_for(desk, act.officer, part_id))
    undo_until = desk.now + desk.office.undo_window if verb in (*UNDOABLE, "count") else None
    return Answer(verb, part, by=act.officer.name, at=desk.now, until=until, undo_until=undo_until)


def repeated(desk: Desk, part: PartRow, verb: str) -> Answer:
    """Who did it first, and when: what a second press is answered."""
    row = timeline.last_of(desk.tx, part.id, verb) or timeline.last_of(desk.tx, part.id, "report")
    who = people.officer_by_id(desk.tx, row.officer_id) if row and row.officer_id else None
    by, at = who.name if who else "", row.at if row else part.changed_at
    return Answer(verb, view(desk, part), by=by, at=at, repeated=True)


def last_act(desk: Desk, part: PartRow) -> TimelineRow | None:
    """What was done to the part last and still stands; reminders put off aside."""
    rows = [row for row in timeline.of_part(desk.tx, part.id) if row.verb in UNDOABLE or row.verb == "undo"]
    undone = {row.detail.get("undoes") for row in rows}
    standing = [row for row in rows if row.verb not in ("undo", "snooze") and row.id not in undone]
    return standing[-1] if standing else None


def _was_last(desk: Desk, part: PartRow, verb: Verb) -> bool:
    """Whether the verb was done last: returned twice, reopened twice."""
    row = last_act(desk, part)
    return row is not None and row.verb == verb.value and row.officer_id is not None


def _let_go_extension(desk: Desk, part: PartRow) -> dict[str, int]:
    """More time is not asked for any longer once the part is answered or taken away."""
    asked = extensions.waiting(desk.tx, [part.id]).get(part.id)
    if asked is None:
        return {}
    extensions.change(desk.tx, asked.id, state="withdrawn", decided_at=desk.now)
    return {"withdrew": asked.id}
