"""Asking to join (申请加入): somebody unknown names a unit and themselves; the bureau, or the unit's head, decides.

A request is a request and nothing else: until it is approved the chat is a stranger's. Whether that unit or that person
exists is told by no answer: the words are the same, whatever was typed.
"""

from datetime import timedelta

from storage import joinings, timeline
from storage.rows import Joining
from texts import joining as notices
from texts.reader import Reader
from texts.values import Message
from usecases.deliver import say
from usecases.errors import Refused
from usecases.joining import deciders, lapses_on
from usecases.office import Desk
from usecases.tell import tell_people

PAGE = "web"
"""The channel of a request from the page; its address is how the writer can be reached."""
MOST_WAITING = 100
"""Requests that may wait in the whole office: whoever floods it, floods no more than that."""
MOST_OF_A_CHAT, LATELY = 3, timedelta(days=30)
LONGEST_NAME, LONGEST_UNIT = 30, 60
LANGUAGE = "zh"


class JoiningOff(Refused):
    """Nobody asks to join here: an invitation is needed. Also said where too many wait."""

    key = "joining_off"


class JoiningUnclear(Refused):
    """A request names a unit and a person."""

    key = "joining_unclear"


class JoinsTooOften(Refused):
    """This chat has asked often enough for now."""

    key = "joining_often"


def ask_to_join(desk: Desk, *, channel: str, address: str, unit_said: str, name: str) -> tuple[Joining, bool]:
    """Write the request down and tell whoever decides; a second one of the same chat changes nothing and gives False.

    Raises JoiningOff, JoiningUnclear, JoinsTooOften.
    """
    if not desk.office.join_requests:
        raise JoiningOff
    if before := joinings.waiting_at(desk.tx, channel, address):
        return before, False
    if not is_clear(unit_said, name):
        raise JoiningUnclear
    return take_request(desk, channel=channel, address=address, unit_said=unit_said, name=name)


def is_clear(unit_said: str, name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and 0 < len(unit_said) <= LONGEST_UNIT


def take_request(desk: Desk, *, channel: str, address: str, **said: str) -> tuple[Joining, bool]:
    """The same for a request that is clear. Raises JoiningOff where too many wait, JoinsTooOften."""
    if before := joinings.waiting_at(desk.tx, channel, address):
        return before, False
    if joinings.count_since(desk.tx, channel, address, desk.now - LATELY) >= MOST_OF_A_CHAT:
        raise JoinsTooOften
    if len(joinings.waiting(desk.tx)) >= MOST_WAITING:
        raise JoiningOff
    made = joinings.add(desk.tx, asked_at=desk.now, channel=channel, address=address, **said)
    if made is None:
        raise JoinsTooOften
    _note(desk, "join_asked", made, door=channel)
    tell_people(desk, deciders(desk, made), lambda reader: _notice(reader, made), key=f"join:{made.id}")
    return made, True


def lapse_joinings(desk: Desk) -> int:
    """Requests nobody decided about in time are over; whoever asked hears it. Gives how many."""
    over = [one for one in joinings.waiting(desk.tx) if lapses_on(desk, one) < desk.today]
    for one in over:
        if joinings.decide(desk.tx, one.id, state="lapsed", decided_at=desk.now):
            _note(desk, "join_lapsed", one, door="")
            answer(desk, one, "lapsed")
    return len(over)


def answer(desk: Desk, asked: Joining, key: str, **values: object) -> None:
    """Tell whoever asked, where they asked; nothing is sent to what somebody typed on the page."""
    if asked.channel == PAGE:
        return
    reader = Reader(LANGUAGE, desk.today, desk.office.zone)
    say(desk, notices.told(reader, key, **values), officer_id=None, channel=asked.channel, address=asked.address)


def _notice(reader: Reader, asked: Joining) -> Message:
    return notices.asked(reader, asked.id, asked.unit_said, asked.name, asked.channel)


def _note(desk: Desk, verb: str, asked: Joining, *, door: str) -> None:
    detail = {"joining": asked.id, "channel": asked.channel}
    timeline.add(desk.tx, at=desk.now, verb=verb, door=door, words=f"{asked.unit_said} {asked.name}", detail=detail)
