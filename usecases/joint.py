"""Joint duties: what one unit's act means for the other units of the same occurrence.

Where any one unit is enough, the first report lets the others off, and they come back when it is undone or sent back.
Where a unit leads, it is told once the last of the others is in.
"""

from functools import partial

from schedules.lifecycle import State
from storage import parts, timeline
from storage.rows import PartRow, Sibling
from texts import notices
from usecases.look import DONE, OWED, is_missing, stored, view
from usecases.office import Desk
from usecases.settle import change_state, close_part
from usecases.tell import tell_told, tell_unit

ANY_ONE = "any_one"
"""Why Ruqi waives a part of which another unit's report is enough."""


def waits_for(desk: Desk, part: PartRow) -> list[str]:
    """The units whose parts must be in before this one, the lead's, can be reported; empty for any other."""
    if part.role != "lead" or part.any_one:
        return []
    return [row.unit for row in parts.siblings(desk.tx, [part.occurrence_id]) if row.id != part.id and is_missing(row)]


def follow(desk: Desk, before: PartRow) -> None:
    """After an act on a part: let the others off or ask them again, and tell the lead when the last one came in."""
    rows = parts.siblings(desk.tx, [before.occurrence_id])
    if len(rows) == 1:
        return
    after = next(row for row in rows if row.id == before.id)
    if before.any_one:
        _any_one(desk, rows, after)
    elif is_missing(before) and not is_missing(after) and not any(is_missing(row) for row in rows):
        _tell_leads(desk, rows)


def _tell_leads(desk: Desk, rows: list[Sibling]) -> None:
    for row in rows:
        if row.role == "lead" and row.state in OWED:
            tell_unit(desk, view(desk, stored(desk, row.id)), notices.all_in)


def _any_one(desk: Desk, rows: list[Sibling], after: Sibling) -> None:
    if any(row.state in DONE for row in rows):
        for row in (row for row in rows if row.state in OWED):
            close_part(desk, stored(desk, row.id), state="waived", reason=ANY_ONE)
            tell_told(desk, row.id, partial(notices.enough, unit=after.unit))
    else:
        for row in (row for row in rows if row.state == "waived" and row.reason == ANY_ONE):
            _ask_again(desk, stored(desk, row.id))


def _ask_again(desk: Desk, part: PartRow) -> None:
    """Back to where it was: received by whoever had received it."""
    state = State.RECEIVED if part.received_at else State.OPEN
    if change_state(desk, part, state, reason=""):
        timeline.add(desk.tx, at=desk.now, verb="reopen", part_id=part.id, door="ruqi", detail={"to": state.value})
        tell_told(desk, part.id, notices.asked_again)
