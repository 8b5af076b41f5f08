"""Looking whether the timeline is still what was sealed, and the seals still those that were made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from storage import append_only, seals, timeline
from storage.keeper import BadKey, Head, Keeper, name_of
from storage.rows import Seal
from usecases.chain import differences, follows, is_genuine
from usecases.office import Desk
from usecases.seal import VERB, is_behind

MANY = 200
"""Seals that are read at once."""
ROWS = 2000
"""Rows that one pass looks at, about: a tenth of a second."""
MOST = 20
"""Findings that are named; who has more sees that at once."""

CHECKS = frozenset(
    {"altered", "taken_out", "slipped_in", "seal_broken", "seal_missing", "behind_witness", "no_key", "unguarded"}
)


@dataclass(frozen=True, slots=True)
class Broken:
    """What is not as it was sealed: a row of the timeline, a seal, or the database itself (0). `at`: when sealed."""

    check: str
    table: str
    row: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChainReport:
    """`known`: whether this machine has the key; without it nothing was looked at but what needs none."""

    broken: tuple[Broken, ...] = ()
    known: bool = False
    number: int = 0
    code: str = ""
    at: datetime | None = None
    unsealed: int = 0
    """Rows behind the last seal."""
    first: int = 1
    """The first seal that can be checked with the key that lies here."""


@dataclass(slots=True)
class Walk:
    """How far the passes of an auditor came, and what they found on the way."""

    number: int = 1
    found: dict[int, tuple[Broken, ...]] = field(default_factory=dict)


def check_chain(desk: Desk) -> ChainReport:
    """Look at every seal and every row."""
    last = seals.newest(desk.tx)
    report = _ends(desk, last)
    if not report.known or last is None:
        return report
    found: list[Broken] = []
    for first in range(report.first, last.number + 1, MANY):
        found += _stretch(desk, first, min(first + MANY - 1, last.number))
    return _with(report, found)


def check_next(desk: Desk, walk: Walk, many: int) -> ChainReport:
    """Look at the newest seal, at the next ones of the round, and at those that were broken."""
    last = seals.newest(desk.tx)
    report = _ends(desk, last)
    if not report.known or last is None:
        return report
    first = walk.number if report.first <= walk.number <= last.number else report.first
    end = _reach(desk, first, min(first + many - 1, last.number))
    again = {number for number in walk.found if report.first <= number <= last.number}
    for start, stop in ((first, end), (last.number, last.number), *((number, number) for number in again)):
        found = _stretch(desk, start, stop)
        walk.found = {number: held for number, held in walk.found.items() if not start <= number <= stop}
        if found:
            walk.found[start] = tuple(found)
    walk.number = end + 1
    return _with(report, [one for held in walk.found.values() for one in held])


def _reach(desk: Desk, first: int, end: int) -> int:
    """The seal up to which a pass comes: seals over many rows are fewer in one."""
    rows = 0
    for seal in seals.between(desk.tx, first, end):
        rows += seal.last_row - seal.after_row
        if rows >= ROWS:
            return seal.number
    return end


def _with(report: ChainReport, found: Sequence[Broken]) -> ChainReport:
    every = tuple(dict.fromkeys((*report.broken, *found)))[:MOST]
    return replace(report, broken=every)


def _ends(desk: Desk, last: Seal | None) -> ChainReport:
    """What the two ends say: the guard, the key, the witness, the newest seal."""
    keeper, found = desk.office.keeper, list[Broken]()
    if append_only.missing(desk.tx):
        found.append(Broken("unguarded", "timeline", 0))
    key = _key(keeper)
    if keeper and _behind(desk, keeper):
        found.append(Broken("behind_witness", "seal", last.number if last else 0, last.at if last else None))
    mine = last is None or (key is not None and last.key == name_of(key))
    if keeper and last is not None and not mine and (_witnessed(keeper) or desk.office.store.dialect == "sqlite"):
        found.append(Broken("no_key", "seal", last.number))
    if last is None:
        return ChainReport(tuple(found), mine)
    new = seals.last_row(desk.tx) - last.last_row
    head = _witnessed(keeper) if keeper else None
    return ChainReport(tuple(found), mine, last.number, last.code, last.at, max(new, 0), head.first if head else 1)


def _stretch(desk: Desk, first: int, last: int) -> list[Broken]:
    keeper = desk.office.keeper
    key = _key(keeper)
    if key is None:
        return []
    before, held = seals.between(desk.tx, first - 1, first - 1), seals.between(desk.tx, first, last)
    return list(_walk(desk, key, held, before[0] if before else None, first))


def _walk(desk: Desk, key: bytes, held: Sequence[Seal], before: Seal | None, first: int) -> Iterator[Broken]:
    erased, expected = seals.erased_rows(timeline.of_verb(desk.tx, VERB)), first
    for seal in held:
        yield from (Broken("seal_missing", "seal", number) for number in range(expected, seal.number))
        torn = expected < seal.number or (before is None and first > 1)
        if not is_genuine(key, seal) or not (torn or follows(seal, before)):
            yield Broken("seal_broken", "seal", seal.number, seal.at)
        else:
            rows = seals.rows_within(desk.tx, seal.after_row, seal.last_row)
            yield from (Broken(check, "timeline", row, seal.at) for check, row in differences(key, seal, rows, erased))
        before, expected = seal, seal.number + 1


def _behind(desk: Desk, keeper: Keeper) -> bool:
    try:
        return is_behind(desk, keeper)
    except OSError:
        return False


def _key(keeper: Keeper | None) -> bytes | None:
    try:
        return keeper.key() if keeper else None
    except (OSError, BadKey):
        return None


def _witnessed(keeper: Keeper) -> Head | None:
    try:
        return keeper.witnessed()
    except OSError:
        return None
