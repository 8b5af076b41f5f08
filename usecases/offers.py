"""What may be done to a part by whom: which forms a page offers. The use cases ask again at the moment of the act."""

from collections.abc import Iterator

from schedules.lifecycle import MOVES, Actor, State, Verb
from storage.rows import Officer, PartRow
from texts.values import PartView
from usecases.look import OWED
from usecases.office import Desk
from usecases.remit import answers_for, reaches

ANSWERS = ("officer", "deputy", "head", "bureau")
DECIDING = (Verb.REROUTE, Verb.WAIVE, Verb.REOPEN)


def offers(desk: Desk, officer: Officer, row: PartRow, part: PartView) -> frozenset[str]:
    """Verbs, and ``answer`` where the unit's own cards stand, ``behalf`` where the bureau may answer for the unit."""
    return frozenset(_offers(desk, officer, row, part))


def _offers(desk: Desk, officer: Officer, row: PartRow, part: PartView) -> Iterator[str]:
    owed = row.settled_at is None and row.state in OWED
    mine = officer.role in ANSWERS and answers_for(desk, officer, row.unit_id)
    if owed and mine:
        yield "answer"
    if mine and row.state not in ("waived", "lapsed"):
        yield "attach"
    if officer.role == "bureau" and reaches(desk, officer, row.unit_id):
        yield from _deciding(row, part)
        if owed and not mine:
            yield "behalf"


def _deciding(row: PartRow, part: PartView) -> Iterator[str]:
    if row.state == "reported" and row.settled_at is None:
        yield from ("verify", "return")
    if part.asked_due:
        yield from ("grant", "decline")
    owed = row.settled_at is None and row.state in OWED
    if owed:
        yield "nudge"
    if owed and part.siblings > 1:
        yield "skip"
    for verb in DECIDING:
        move = MOVES.get((State(row.state), verb))
        if move is not None and Actor.BUREAU in move.actors:
            yield verb.value
