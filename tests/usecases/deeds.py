"""Every verb a person can do to a part, as one function each, with what it needs besides the part."""

from collections.abc import Callable, Mapping
from datetime import date

from storage import people
from storage.rows import PartRow
from usecases import answer
from usecases.acting import Act, Answer
from usecases.delegate import delegate
from usecases.extend import ask_extension, decline, grant
from usecases.office import Desk
from usecases.refuse import refuse
from usecases.reopen import reopen
from usecases.reroute import reroute
from usecases.waive import skip, waive

Deed = Callable[[Desk, Act, PartRow], Answer]
LATER = date(2025, 7, 31)
ELSEWHERE, COLLEAGUE = "交通局", "王副"


def unit_id(desk: Desk, name: str) -> int:
    return next(unit.id for unit in people.units(desk.tx) if unit.name == name)


def officer_id(desk: Desk, name: str) -> int:
    return people.officers_named(desk.tx, name)[0].id


DEEDS: Mapping[str, Deed] = {
    "receive": lambda desk, act, part: answer.receive(desk, act, part.id),
    "report": lambda desk, act, part: answer.report(desk, act, part.id),
    "snooze": lambda desk, act, part: answer.snooze(desk, act, part.id, "next_workday"),
    "extend": lambda desk, act, part: ask_extension(desk, act, part.id, LATER),
    "delegate": lambda desk, act, part: delegate(desk, act, part.id, officer_id(desk, COLLEAGUE)),
    "refuse": lambda desk, act, part: refuse(desk, act, part.id, to=ELSEWHERE),
    "verify": lambda desk, act, part: answer.verify(desk, act, part.id),
    "return": lambda desk, act, part: answer.return_(desk, act, part.id),
    "grant": lambda desk, act, part: grant(desk, act, part.id),
    "decline": lambda desk, act, part: decline(desk, act, part.id),
    "reroute": lambda desk, act, part: reroute(desk, act, part.id, unit_id(desk, ELSEWHERE)),
    "waive": lambda desk, act, part: waive(desk, act, part.id),
    "skip": lambda desk, act, part: skip(desk, act, part.id)[0],
    "reopen": lambda desk, act, part: reopen(desk, act, part.id),
    "undo": lambda desk, act, part: answer.undo(desk, act, part.id),
}
BY_UNIT = ("receive", "report", "snooze", "extend", "delegate", "refuse")
"""What a unit says of its own part; the bureau on its behalf."""
BY_BUREAU = ("verify", "return", "grant", "decline", "reroute", "waive", "skip", "reopen")
