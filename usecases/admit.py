"""Admitting: whoever asked to join becomes an officer of a unit and their chat is bound, or hears why not.

Who asked on the page has no chat to bind: whoever admits them hands an invitation over.
"""

from dataclasses import dataclass

from storage import joinings, parts, people, timeline
from storage.rows import Joining, Unit
from usecases import enroll
from usecases.acting import Act
from usecases.ask_to_join import PAGE, answer
from usecases.errors import NotAllowed, ReasonMissing, Refused
from usecases.joining import may_decide, unit_of
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.remit import require, tree

JOINS_AS = "officer"
"""The role of whoever joins by a request; any other role is given by the roster and by an invitation."""
TAKES_OVER = frozenset({"officer", "deputy"})
"""Roles of the roster whose bearer may be the one who asks."""


class NoSuchJoining(Refused):
    """There is no such request, or not for this person: both look the same."""

    key = "no_such_joining"


class JoiningNeedsUnit(Refused):
    """The request names no unit of ours: the bureau has to say which one is meant."""

    key = "joining_unit"


class JoiningTaken(Refused):
    """The roster has somebody of that name in another role: an invitation is the way."""

    key = "joining_taken"


class JoiningBound(Refused):
    """The chat has been bound to a person meanwhile."""

    key = "joining_bound"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whom the request made, where; `known` where the roster had this person already. `repeated`: decided before."""

    asked: Joining
    unit: str = ""
    known: bool = False
    repeated: bool = False
    officer_id: int = 0

    @property
    def by_hand(self) -> bool:
        """Nobody was told by us: the request came from the page, and whoever decided has to say it."""
        return self.asked.channel == PAGE


def admit(desk: Desk, act: Act, number: int, unit_id: int | None = None) -> Admitted:
    """Make them a liaison officer of the unit that was named, or of `unit_id`, and bind their chat.

    Raises NoSuchJoining, NotAllowed, NotYours, JoiningNeedsUnit, JoiningTaken, JoiningBound.
    """
    asked = _asked(desk, act, number)
    if asked.state != "asked":
        return Admitted(asked, repeated=True)
    unit = _unit(desk, act, asked, unit_id)
    before = people.contact_at(desk.tx, asked.channel, asked.address)
    holder = people.officer_by_id(desk.tx, before.officer_id) if before else None
    if holder and holder.active:
        raise JoiningBound(f"The chat of request {number} is bound already.", number=number)
    officer_id, known = _person(desk, unit, asked)
    decided = {"officer_id": officer_id, "decided_by": act.officer.id, "decided_at": desk.now}
    if not joinings.decide(desk.tx, asked.id, state="approved", **decided):
        return Admitted(_asked(desk, act, number), repeated=True)
    _note(desk, act, asked, "join_approved", unit=unit.id, officer=officer_id)
    if asked.channel != PAGE:
        _bind(desk, asked, officer_id)
    plan_reminders(desk, parts.asked_for(desk.tx, unit.id))
    answer(desk, asked, "approved", unit=unit.name, name=asked.name)
    return Admitted(asked, unit.name, known=known, officer_id=officer_id)


def invitation(desk: Desk, act: Act, done: Admitted) -> str:
    """A one-time code for whoever was admitted from the page, to be handed over by whoever admitted them."""
    officer = people.officer_by_id(desk.tx, done.officer_id)
    if officer is None or done.asked.channel != PAGE:
        return ""
    row = {"officer_id": act.officer.id, "door": act.door, "detail": {"for": officer.id}}
    timeline.add(desk.tx, at=desk.now, verb="invite", **row)
    return enroll.invite(desk, officer)


def turn_away(desk: Desk, act: Act, number: int) -> Admitted:
    """Say no; `act.words` is the reason, compulsory, and told. Raises NoSuchJoining, NotAllowed, ReasonMissing."""
    asked = _asked(desk, act, number)
    if asked.state != "asked":
        return Admitted(asked, repeated=True)
    if not act.words.strip():
        raise ReasonMissing("Give the reason; whoever asked is told.", code=number, verb="turn_away")
    decided = {"decided_by": act.officer.id, "decided_at": desk.now, "reason": act.words.strip()}
    if not joinings.decide(desk.tx, asked.id, state="declined", **decided):
        return Admitted(_asked(desk, act, number), repeated=True)
    _note(desk, act, asked, "join_declined")
    answer(desk, asked, "declined", reason=act.words.strip())
    return Admitted(asked)


def check(desk: Desk, act: Act, number: int) -> None:
    """Raises what deciding about the request would, before anything is asked."""
    _asked(desk, act, number)


def _bind(desk: Desk, asked: Joining, officer_id: int) -> None:
    people.bind_contact(desk.tx, officer_id=officer_id, channel=asked.channel, address=asked.address, now=desk.now)
    timeline.add(desk.tx, at=desk.now, verb="bind", officer_id=officer_id, door=asked.channel)


def _asked(desk: Desk, act: Act, number: int) -> Joining:
    """The request, if it is this person's to decide about now."""
    if not act.officer.active or act.officer.role not in {"bureau", "head"}:
        raise NotAllowed("Only the bureau or a unit's head admits people.", role=act.officer.role, verb="admit")
    asked = joinings.by_id(desk.tx, number)
    if asked is None or not may_decide(desk, act.officer, asked):
        raise NoSuchJoining(f"There is no request {number} to decide about.", number=number)
    return asked


def _unit(desk: Desk, act: Act, asked: Joining, unit_id: int | None) -> Unit:
    known = tree(desk)
    unit = unit_of(known.units, asked) if unit_id is None else known.units.get(unit_id)
    if unit is None:
        raise JoiningNeedsUnit(f"Request {asked.id} names no unit of ours; say which one.", number=asked.id)
    require(desk, act.officer, unit.id)
    return unit


def _person(desk: Desk, unit: Unit, asked: Joining) -> tuple[int, bool]:
    """The officer they are from now on: the one the roster has, one who had left, or a new one."""
    named = [one for one in people.officers(desk.tx, active_only=False) if one.unit_id == unit.id]
    named = [one for one in named if one.name == asked.name]
    here = [one for one in named if one.active]
    if any(one.role not in TAKES_OVER for one in here):
        raise JoiningTaken(f"{asked.name} of {unit.name} has another role; send an invitation.", name=asked.name)
    if here:
        return here[0].id, True
    if gone := next((one for one in named if one.role == JOINS_AS), None):
        people.change_officer(desk.tx, gone.id, active=True)
        return gone.id, True
    fresh = {"unit_id": unit.id, "name": asked.name, "role": JOINS_AS, "position": "", "sample": False}
    return people.add_officer(desk.tx, **fresh), False


def _note(desk: Desk, act: Act, asked: Joining, verb: str, **detail: int) -> None:
    said: dict[str, object] = {"joining": asked.id, "asked": f"{asked.unit_said} {asked.name}", **detail}
    row = {"officer_id": act.officer.id, "door": act.door, "words": act.words, "answered": act.answered}
    timeline.add(desk.tx, at=desk.now, verb=verb, detail=said, **row)
