"""A ledger workbook that was read waits until it is confirmed; done is then exactly what was shown.

It lies in the inbox under the id of the form that brought it, as a list of people does (`roster_lists`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage import inbox, people, timeline
from storage.rows import InboxRow, Officer
from usecases.inbox import take_in
from usecases.office import Desk
from usecases.take_ledger import Change, Doubt, SheetLine, Taken, look_through, take_ledger

CHANNEL = "ledger"
OPEN, DONE, DROPPED = "open", "done", "dropped"


@dataclass(frozen=True, slots=True)
class HeldLedger:
    """A workbook that waits (`state` open), or what came of it (done)."""

    row: InboxRow
    file: str
    state: str
    taken: Taken


def keep(desk: Desk, by: Officer, once: str, *, file: str, lines: Sequence[SheetLine]) -> None:
    """Keep what was read until it is confirmed, with what it would change as things stand now."""
    payload = {
        "file": file[:200],
        "state": OPEN,
        "lines": [asdict(line) for line in lines],
        "taken": asdict(look_through(desk, by, lines)),
    }
    account = _account(by)
    if take_in(desk, channel=CHANNEL, account=account, source_id=once, payload=payload):
        row = inbox.by_source(desk.tx, CHANNEL, account, once)
        assert row is not None  # noqa: S101 it was stored a moment ago in this transaction
        inbox.change(desk.tx, row.id, handled_at=desk.now, officer_id=by.id)


def find(desk: Desk, by: Officer, once: str, *, hold: bool = False) -> HeldLedger | None:
    """The workbook, if this person brought it and did not drop it; with `hold`, nobody else changes it meanwhile."""
    row = inbox.by_source(desk.tx, CHANNEL, _account(by), once)
    if row is not None and hold:
        row = inbox.by_id(desk.tx, row.id)
    if row is None or row.payload["state"] == DROPPED:
        return None
    return HeldLedger(row, row.payload["file"], row.payload["state"], _taken(row.payload["taken"]))


def confirm(desk: Desk, held: HeldLedger, by: Officer) -> bool:
    """Do what was shown; false when it would be something else by now, and then the newer look is kept instead."""
    now = look_through(desk, by, [SheetLine(**line) for line in held.row.payload["lines"]])
    if now != held.taken:
        inbox.change(desk.tx, held.row.id, payload={**held.row.payload, "taken": asdict(now)})
        return False
    officers = {officer.id: officer for officer in people.officers(desk.tx)}
    done = take_ledger(desk, now.changes, by, officers)
    taken = Taken(done.changes, (*now.doubts, *done.doubts))
    inbox.change(desk.tx, held.row.id, payload={"file": held.file, "state": DONE, "taken": asdict(taken)})
    timeline.add(desk.tx, at=desk.now, verb="ledger", officer_id=by.id, door="web", words=held.file)
    return True


def drop(desk: Desk, held: HeldLedger) -> None:
    inbox.change(desk.tx, held.row.id, payload={"file": held.file, "state": DROPPED})


def _taken(data: Mapping[str, Any]) -> Taken:
    return Taken(
        tuple(Change(**change) for change in data["changes"]), tuple(Doubt(**doubt) for doubt in data["doubts"])
    )


def _account(by: Officer) -> str:
    return f"ledger:{by.id}"
