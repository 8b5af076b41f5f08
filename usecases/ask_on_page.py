"""Asking to join on the page: whoever has no chat with us says who they are and how they can be reached.

Nothing is sent to what was typed there: whoever decides calls or writes, and hands an invitation over. The page says
the same whatever came of it, so that nobody learns who has asked before.
"""

from storage import joinings
from usecases.ask_to_join import PAGE, JoiningOff, JoinsTooOften, is_clear, take_request
from usecases.errors import Refused
from usecases.office import Desk

MOST_WAITING = 50
"""Requests from the page that may wait: flooding it leaves the chats their share."""
LONGEST_REACH, LONGEST_NOTE = 100, 300


class JoiningGaps(Refused):
    """The page asks for a unit, a name and a way to reach the writer, none of them too long."""

    key = "joining_gaps"


class JoiningFull(Refused):
    """So many wait already that no more are taken from the page."""

    key = "joining_full"


def ask_on_page(desk: Desk, *, unit_said: str, name: str, reach: str, note: str = "") -> None:
    """Write the request down and tell whoever decides; one that waits already, or came too often, changes nothing.

    Raises JoiningOff, JoiningGaps, JoiningFull.
    """
    unit_said, name, reach, note = (" ".join(said.split()) for said in (unit_said, name, reach, note))
    if not desk.office.join_requests:
        raise JoiningOff
    if not (is_clear(unit_said, name) and 0 < len(reach) <= LONGEST_REACH and len(note) <= LONGEST_NOTE):
        raise JoiningGaps
    if sum(one.channel == PAGE for one in joinings.waiting(desk.tx)) >= MOST_WAITING:
        raise JoiningFull
    try:
        take_request(desk, channel=PAGE, address=reach, unit_said=unit_said, name=name, note=note)
    except JoiningOff as error:
        raise JoiningFull from error
    except JoinsTooOften:
        return
