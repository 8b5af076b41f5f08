"""Taking a ledger workbook back: what offices filled in becomes receipts, reports and verifications, nothing else.

A line that says what stands there already changes nothing. A line that cannot be followed is listed with its reason.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage import parts
from storage.rows import Officer, PartRow
from usecases import answer
from usecases.answer import Act
from usecases.errors import Refused
from usecases.ledger_sheet import one_line
from usecases.office import Desk
from usecases.plan_reminders import Staff, staff_of
from usecases.remit import covers, remit

DOOR = "sheet"
STEPS: Mapping[tuple[str, str], str] = {
    ("open", "received"): "receive",
    ("open", "reported"): "report",
    ("received", "reported"): "report",
    ("reported", "verified"): "verify",
}
"""The act that leads from the stored state to the one in the sheet."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the workbook: its row there, the part's number, the state it says (empty: not understood), the note."""

    row: int
    uid: str
    state: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a line asks for. `verb`: receive, report or verify, done on behalf of the unit's `officer_id`."""

    row: int
    part_id: int
    unit: str
    title: str
    verb: str
    note: str
    officer_id: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that was not followed. `kind`: unknown, repeated, state, not_possible, note_alone, nobody or refused.

    `now` is the stored state, `words` what the sheet says or why it was refused.
    """

    row: int
    kind: str
    unit: str = ""
    title: str = ""
    now: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    changes: tuple[Change, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def look_through(desk: Desk, by: Officer, lines: Iterable[SheetLine]) -> Taken:
    """What the workbook would change; nothing is written. Parts that the person's role does not reach are unknown."""
    within = remit(desk, by)
    held = {row.uid: row for row in parts.all_parts(desk.tx) if covers(within, row)}
    return decide(lines, held, staff_of(desk))


def decide(lines: Iterable[SheetLine], held: Mapping[str, PartRow], staff: Staff) -> Taken:
    """A pure function of the workbook and of what is stored."""
    changes: list[Change] = []
    doubts: list[Doubt] = []
    seen: set[str] = set()
    for line in lines:
        part = held.get(line.uid)
        if part is None or line.uid in seen:
            doubts.append(Doubt(line.row, "unknown" if part is None else "repeated", words=line.uid[:36]))
            continue
        seen.add(line.uid)
        found = _one(line, part, staff)
        if isinstance(found, Change):
            changes.append(found)
        elif found is not None:
            doubts.append(found)
    return Taken(tuple(changes), tuple(doubts))


def take_ledger(desk: Desk, changes: Iterable[Change], by: Officer, officers: Mapping[int, Officer]) -> Taken:
    """Do what was confirmed, each line by itself; gives what was done and what was refused meanwhile."""
    done: list[Change] = []
    refused: list[Doubt] = []
    for change in changes:
        act = Act(by, DOOR, words=change.note, on_behalf_of=officers.get(change.officer_id))
        try:
            answered = ACTS[change.verb](desk, act, change.part_id)
        except Refused as error:
            refused.append(Doubt(change.row, "refused", change.unit, change.title, words=error.key))
            continue
        if not answered.repeated:
            done.append(change)
    return Taken(tuple(done), tuple(refused))


ACTS: Mapping[str, Callable[[Desk, Act, int], answer.Answer]] = {
    "receive": answer.receive,
    "report": answer.report,
    "verify": answer.verify,
}


def _one(line: SheetLine, part: PartRow, staff: Staff) -> Change | Doubt | None:
    def doubt(kind: str) -> Doubt:
        return Doubt(line.row, kind, part.unit_name, part.title, part.state, line.words)

    if not line.state:
        return doubt("state")
    if line.state == part.state:
        said = one_line(part.note)
        return doubt("note_alone") if line.note and line.note != said else None
    verb = STEPS.get((part.state, line.state))
    if verb is None:
        return doubt("not_possible")
    liaison = _liaison(staff, part)
    if liaison is None:
        return doubt("nobody")
    note = line.note if verb == "report" else ""
    return Change(line.row, part.id, part.unit_name, part.title, verb, note, liaison)


def _liaison(staff: Staff, part: PartRow) -> int | None:
    answering: Sequence[Officer] = staff.recipients(part.unit_id, "officer")
    return answering[0].id if answering else None
