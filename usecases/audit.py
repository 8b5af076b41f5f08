"""Auditing: conservation recomputed from plan and ledger, apart from the engine that is to keep it.

Each planned reminder is in exactly one place; what was handed over stands in a message; no message without a reminder;
no answer without a row in the timeline; what came to a bad end was raised to a person; nothing that is due stands
still. A pass looks at a few slices of each table and goes round: the newest rows and whatever was broken each time.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias

from storage import audit, reminders
from storage.audit import Slice
from usecases.check_chain import CHECKS, ChainReport, Walk, check_chain, check_next
from usecases.holding import holding
from usecases.office import Desk

GRACE = timedelta(minutes=10)
"""What is due may wait so long: after eight hours down, everything is sent within ten minutes."""
SLICE = 20_000
"""Rows of one slice: some ten milliseconds."""
SEALS = 20
"""Seals that are looked at in one pass."""
MOST_SLICES = 4
"""Slices of one table that are looked at in one pass, beside those that were broken."""

Place: TypeAlias = tuple[str, int]
"""A table and the number of its slice."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One row that breaks a promise. What it means and what to do stands in the catalogue under ``audit.<check>``."""

    check: str
    table: str
    row: int
    at: datetime | None = field(default=None, compare=False)
    """For what was sealed: when."""


STUCK = frozenset({"late", "held", "waiting", "unheard"})
"""Checks that say the engine stands still; the others name a row that is wrong."""
EVERY = frozenset({*audit.CHECKS, *STUCK, *CHECKS})
_TABLES = MappingProxyType({"late": "reminder", "held": "delivery", "waiting": "delivery", "unheard": "inbox"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a pass found. `places`: reminders by where they are; `whole`: whether every slice was looked at by now."""

    at: datetime
    findings: tuple[Finding, ...]
    places: Mapping[str, int]
    whole: bool
    chain: ChainReport = field(default_factory=ChainReport)

    @property
    def clean(self) -> bool:
        return not self.findings

    @property
    def stuck(self) -> bool:
        return any(finding.check in STUCK for finding in self.findings)


@dataclass(slots=True)
class Rounds:
    """What an auditor remembers from pass to pass: how far it came, what was broken, what stood still since when."""

    turn: int = 0
    broken: dict[Place, tuple[Finding, ...]] = field(default_factory=dict)
    places: dict[int, Mapping[str, int]] = field(default_factory=dict)
    since: dict[Finding, datetime] = field(default_factory=dict)
    seals: Walk = field(default_factory=Walk)


def audit_all(desk: Desk, *, channels: Collection[str] | None = None) -> Report:
    """Look at every row now. `channels`: those that run here, if known."""
    rounds, numbers = Rounds(), {table: range(_slices(desk, table)) for table in audit.TABLES}
    for table, every in numbers.items():
        _look(desk, rounds, table, every)
    return _report(desk, rounds, sorted(_still(desk, channels)), check_chain(desk))


def audit_pass(desk: Desk, rounds: Rounds, *, channels: Collection[str] | None = None) -> Report:
    """Look at the next slices, and at what stood still or was broken before. What stands still is named after GRACE."""
    for table in audit.TABLES:
        _look(desk, rounds, table, _next(rounds, table, _slices(desk, table)))
    rounds.turn += 1
    still = set(_still(desk, channels))
    rounds.since = {finding: rounds.since.get(finding, desk.now) for finding in still}
    long = sorted(f for f, since in rounds.since.items() if since <= desk.now - GRACE)
    return _report(desk, rounds, long, check_next(desk, rounds.seals, SEALS))


def _report(desk: Desk, rounds: Rounds, still: list[Finding], chain: ChainReport) -> Report:
    wrong = sorted(finding for found in rounds.broken.values() for finding in found)
    wrong += [Finding(one.check, one.table, one.row, one.at) for one in chain.broken]
    places: Counter[str] = Counter()
    for counted in rounds.places.values():
        places.update(counted)
    return Report(desk.now, (*still, *wrong), dict(places), len(rounds.places) >= _slices(desk, "reminder"), chain)


def _slices(desk: Desk, table: str) -> int:
    return audit.newest(desk.tx, table) // SLICE + 1


def _next(rounds: Rounds, table: str, count: int) -> list[int]:
    """The newest slice, the next of the round, and those that were broken."""
    turn = range(rounds.turn * (MOST_SLICES - 1), (rounds.turn + 1) * (MOST_SLICES - 1))
    again = [number for of, number in rounds.broken if of == table]
    return sorted({count - 1, *(number % count for number in turn), *again})


def _look(desk: Desk, rounds: Rounds, table: str, numbers: Collection[int]) -> None:
    for number in numbers:
        within = Slice(number * SLICE, (number + 1) * SLICE)
        found = audit.broken(desk.tx, table, within)
        rounds.broken.pop((table, number), None)
        if found:
            rounds.broken[table, number] = tuple(
                Finding(check, table, row) for check, ids in found.items() for row in ids
            )
        if table == "reminder":
            rounds.places[number] = audit.standing(desk.tx, within, desk.now)


def _still(desk: Desk, channels: Collection[str] | None) -> Iterator[Finding]:
    """What is due and does not move. Nothing is while the office is closed, or was until a moment ago."""
    before = desk.now - GRACE
    for check, ids in audit.overdue(desk.tx, before, channels).items():
        yield from (Finding(check, _TABLES[check], row) for row in ids)
    opening, held = desk.office.opening, holding(desk)
    if opening.push_moment(before) == before and opening.push_moment(desk.now) == desk.now and not held.everything:
        late = reminders.late(desk.tx, before, audit.MOST, held=held.held)
        yield from (Finding("late", "reminder", row) for row in late)
