"""Binding a group to a unit, in the group itself: /bind or 绑定本群, and /unbind or 解除绑定.

For every channel that has groups.
"""

import re
from dataclasses import dataclass

from bot.grammar_text import fold
from bot.turn import Incoming, Reply
from storage.rows import Officer
from texts import answers
from texts.reader import Reader
from texts.values import Message
from usecases.errors import Refused
from usecases.groups import Bound, bind_group, unbind_group
from usecases.office import Desk

_BIND = re.compile(r"(?:/bind(?:_group)?|绑定本群|本群绑定)(?=[ ,:到给]|$)[ ,:到给]*(?P<unit>.*+)$")
_UNBIND = re.compile(r"(?:/unbind(?:_group)?|解除绑定|解绑本群|解除本群绑定)$")
_CODE = re.compile(r"[!-~]{4,}$")
"""What may be an invitation, and has no place in a group."""
BARE = ("绑定本群", "本群绑定", "解除绑定", "解绑本群", "解除本群绑定")
"""Words that are meant for us even where nobody says our name."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants of this group; `unit` as typed, empty for their own."""

    verb: str
    unit: str = ""


def group_order(text: str) -> Order | None:
    """The order in a text; None for any other text, also for one that may hold an invitation."""
    said = fold(text)
    if _UNBIND.match(said.flat):
        return Order("unbind")
    found = _BIND.match(said.flat)
    if found is None:
        return None
    unit = said.typed[found.start("unit") :].strip(" 。.")
    return None if _CODE.match(unit) else Order("bind", unit)


def arrange(desk: Desk, officer: Officer, incoming: Incoming, order: Order) -> Reply:
    """Do it, and say in the group what it means from now on."""
    reader = Reader(officer.language, desk.today, desk.office.zone)
    where = (incoming.channel, incoming.address)
    try:
        if order.verb == "unbind":
            return Reply((Message((reader.say("groups.unbound", unit=unbind_group(desk, officer, *where).unit),)),))
        return Reply((_bound(reader, bind_group(desk, officer, *where, order.unit)),))
    except Refused as error:
        return Reply((Message((answers.refusal(reader, error),)),))


def _bound(reader: Reader, bound: Bound) -> Message:
    if not bound.changed:
        return Message((reader.say("groups.bound_already", unit=bound.unit),))
    keys = ("bound", "bound_what", "bound_who", "bound_undo")
    return Message(tuple(reader.say(f"groups.{key}", unit=bound.unit) for key in keys))
