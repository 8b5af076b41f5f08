"""The delivery log 送达记录: did they get it. To whom, through what, about what, when, with which outcome; no texts.

Whose messages one sees is decided by the remit; of a message about several units' parts only those within it are named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from storage import delivery_log as store
from storage import people
from storage.delivery_log import LogItem, LogRow, LogSieve
from storage.rows import Officer, Unit
from texts import words
from usecases.errors import NotAllowed
from usecases.fallback import UNCONFIRMED
from usecases.office import Desk
from usecases.remit import OVERSEERS, remit
from usecases.secrecy import without_secrets

A_PAGE = 50
LONGEST_REASON = 200
_CODE = re.compile(r"办?\s*(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see, as it stands in the address of the page; both days are included."""

    unit: str = ""
    who: str = ""
    outcome: str = ""
    channel: str = ""
    first: date | None = None
    last: date | None = None
    find: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One message; `about` its parts that the reader may know of, `others` how many more there are."""

    row: LogRow
    reason: str
    about: tuple[LogItem, ...]
    others: int


@dataclass(frozen=True, slots=True)
class LogPage:
    """`older`: where the next page begins, None on the last."""

    entries: tuple[Entry, ...]
    older: int | None
    units: tuple[Unit, ...]


def delivery_log(desk: Desk, officer: Officer, asked: Asked, *, limit: int = A_PAGE) -> LogPage:
    """Raises NotAllowed for who looks over no units but their own."""
    if officer.role not in OVERSEERS:
        raise NotAllowed("The delivery log is the bureau's, the auditor's and the administrator's.", role=officer.role)
    within = remit(desk, officer)
    units = tuple(unit for unit in people.units(desk.tx) if within is None or unit.id in within)
    found = store.rows(desk.tx, _sieve(desk, asked, units, within), before=asked.before, limit=limit + 1)
    shown = found[:limit]
    return LogPage(_entries(desk, shown, within), shown[-1].id if len(found) > limit else None, units)


def unit_ids(units: Sequence[Unit], name: str, within: frozenset[int] | None) -> frozenset[int] | None:
    """The units that are looked at: those of that name or short name within the remit; None for all."""
    return frozenset(unit.id for unit in units if name in (unit.name, unit.short)) if name else within


def period(desk: Desk, first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """The instants at which these days begin and are over, where the office is."""
    zone = desk.office.zone
    since = datetime.combine(first, time(), zone) if first else None
    until = datetime.combine(last + timedelta(days=1), time(), zone) if last and last < date.max else None
    return since, until


def _sieve(desk: Desk, asked: Asked, units: Sequence[Unit], within: frozenset[int] | None) -> LogSieve:
    since, until = period(desk, asked.first, asked.last)
    code = _CODE.fullmatch(asked.find)
    return LogSieve(
        unconfirmed=UNCONFIRMED,
        units=unit_ids(units, asked.unit, within),
        who=asked.who,
        outcome=asked.outcome,
        channel=asked.channel,
        since=since,
        until=until,
        words=asked.find,
        number=int(code[1]) if code else None,
    )


def _entries(desk: Desk, shown: Sequence[LogRow], within: frozenset[int] | None) -> tuple[Entry, ...]:
    held: dict[int, list[LogItem]] = {}
    for item in store.items(desk.tx, [row.id for row in shown]):
        held.setdefault(item.delivery_id, []).append(item)
    return tuple(_entry(row, held.get(row.id, []), within) for row in shown)


def _entry(row: LogRow, items: Sequence[LogItem], within: frozenset[int] | None) -> Entry:
    about = tuple(item for item in items if within is None or item.unit_id in within)
    reason = words.clean(without_secrets(row.reason), LONGEST_REASON)
    return Entry(row, reason, about, len(items) - len(about))
