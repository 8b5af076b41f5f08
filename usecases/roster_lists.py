"""A list that was read waits, rehearsed, until somebody confirms it; taken in is then exactly what was shown.

It lies in the inbox under the id of the form that brought it, as everything does that comes in, marked as handled so
that no beat takes it up. It is emptied once it is taken in, thrown away, or followed by another one.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import inbox, people, timeline
from storage.rows import InboxRow, Officer
from usecases.errors import Refused
from usecases.inbox import take_in
from usecases.office import Desk, Office
from usecases.remit import require_all
from usecases.take_list import take_list
from usecases.take_roster import RosterReport, load_roster

CHANNEL = "list"
OPEN, DONE, DROPPED = "open", "done", "dropped"

Place = tuple[str, int]
"""The sheet, empty where a file has none, and the row counted from 1; row 0 is the file as a whole."""


class AdministratorsOnly(Refused):
    """Only an administrator makes or unmakes administrators; nothing was changed."""

    key = "administrators_only"


class Changed(Exception):
    """The roster is not any more what it was when the list was rehearsed."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed while reading. `says` is the sentence by language."""

    level: str
    place: Place
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file gave. A `partial` list leaves alone what it does not say; `gone` and `places` go by (unit, name).

    `file` is the name under which it was sent.
    """

    roster: Roster | None
    remarks: tuple[Remark, ...] = ()
    partial: bool = True
    gone: tuple[tuple[str, str], ...] = ()
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True, slots=True)
class HeldList:
    """A list that waits or was taken in. `report` is the rehearsal's, later that of what was done, as plain data."""

    row: InboxRow
    file: str
    state: str
    report: Mapping[str, Any]
    remarks: tuple[Remark, ...]
    places: Mapping[tuple[str, str], Place]

    def place(self, unit: str, name: str) -> Place | None:
        """Where the person stands in the file, else where the unit does."""
        return self.places.get((unit, name)) or self.places.get((unit, ""))


def rehearse(office: Office, now: datetime, by: Officer, read: ReadList) -> RosterReport:
    """What taking the list in would do. It is done, and all of it taken back. Raises NotAllowed, AdministratorsOnly."""
    done: list[RosterReport] = []
    with suppress(_Rehearsed), office.write(now) as desk:
        done.append(_taken(desk, read, by))
        _take_back()
    return done[0]


def keep(desk: Desk, by: Officer, once: str, *, read: ReadList, report: RosterReport) -> None:
    """Keep the list until it is confirmed, under the id of its form; earlier ones of this person are thrown away."""
    account = _account(by)
    payload = {"file": read.file[:200], "state": OPEN, "report": _plain(report), **_as_data(read)}
    if take_in(desk, channel=CHANNEL, account=account, source_id=once, payload=payload):
        for earlier in inbox.talk_of(desk.tx, CHANNEL, account):
            if earlier.source_id != once and earlier.payload["state"] == OPEN:
                drop(desk, earlier)
        row = inbox.by_source(desk.tx, CHANNEL, account, once)
        assert row is not None  # noqa: S101 it was stored a moment ago in this transaction
        inbox.change(desk.tx, row.id, handled_at=desk.now, officer_id=by.id)


def find(desk: Desk, by: Officer, once: str, *, hold: bool = False) -> HeldList | None:
    """The list, if this person brought it and it was not thrown away; with `hold`, nobody else changes it meanwhile."""
    row = inbox.by_source(desk.tx, CHANNEL, _account(by), once)
    if row is not None and hold:
        row = inbox.by_id(desk.tx, row.id)
    if row is None or row.payload["state"] == DROPPED:
        return None
    said = row.payload
    return HeldList(row, said["file"], said["state"], said["report"], _remarks(said), _places(said))


def take(desk: Desk, held: HeldList, by: Officer) -> None:
    """Take in what was rehearsed. Raises as `rehearse` does, and Changed when it would not be the same any more."""
    report = _plain(_taken(desk, _from_data(held.row.payload), by))
    if _shown(report) != _shown(held.report):
        raise Changed
    left = {name: held.row.payload[name] for name in ("file", "remarks", "places")}
    inbox.change(desk.tx, held.row.id, payload={**left, "state": DONE, "report": report})
    timeline.add(desk.tx, at=desk.now, verb="roster", officer_id=by.id, door="web", words=held.file)


def rehearse_again(office: Office, now: datetime, by: Officer, held: HeldList) -> None:
    report = rehearse(office, now, by, _from_data(held.row.payload))
    with office.write(now) as desk:
        row = inbox.by_id(desk.tx, held.row.id)
        if row is not None and row.payload["state"] == OPEN:
            inbox.change(desk.tx, row.id, payload={**row.payload, "report": _plain(report)})


def drop(desk: Desk, row: InboxRow) -> None:
    """Throw a list away; that there was one stays known."""
    inbox.change(desk.tx, row.id, payload={"file": row.payload["file"], "state": DROPPED})


class _Rehearsed(Exception):
    """Thrown to take everything back."""


def _take_back() -> None:
    raise _Rehearsed


def _taken(desk: Desk, read: ReadList, by: Officer) -> RosterReport:
    require_all(desk, by)
    before = _administrators(desk)
    roster = read.roster or Roster()
    report = take_list(desk, roster, read.gone) if read.partial else load_roster(desk, roster)
    if by.role != "administrator" and _administrators(desk) != before:
        raise AdministratorsOnly
    return report


def _administrators(desk: Desk) -> set[int]:
    return {officer.id for officer in people.officers(desk.tx) if officer.role == "administrator"}


def _account(by: Officer) -> str:
    return f"list:{by.id}"


def _plain(report: RosterReport) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(report)))
    return plain


def _shown(report: Mapping[str, Any]) -> object:
    """What a person confirms: who and what, not how many reminders that makes by today."""
    moved = [(one["unit"], one["left"], one["came"]) for one in report["handovers"]]
    return report["changes"], report["doubts"], moved


def _as_data(read: ReadList) -> dict[str, Any]:
    places = [[*who, *where] for who, where in read.places.items()]
    whole = {"roster": asdict(read.roster or Roster()), "partial": read.partial, "gone": list(read.gone)}
    return {**whole, "places": places, "remarks": [asdict(remark) for remark in read.remarks]}


def _from_data(said: Mapping[str, Any]) -> ReadList:
    held = said["roster"]
    units = tuple(
        RosterUnit(
            **unit
            | {"categories": tuple(unit["categories"]), "officers": tuple(RosterOfficer(**o) for o in unit["officers"])}
        )
        for unit in held["units"]
    )
    roster = Roster(held["title"], held["sample"], units)
    gone = tuple((unit, name) for unit, name in said["gone"])
    return ReadList(roster, _remarks(said), said["partial"], gone, _places(said))


def _remarks(said: Mapping[str, Any]) -> tuple[Remark, ...]:
    return tuple(Remark(one["level"], (one["place"][0], one["place"][1]), one["says"]) for one in said["remarks"])


def _places(said: Mapping[str, Any]) -> dict[tuple[str, str], Place]:
    return {(unit, name): (sheet, row) for unit, name, sheet, row in said["places"]}
