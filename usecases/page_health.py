"""The health page: what waits, what failed and why, which years are estimated; for whoever runs the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage import deliveries, inbox, parts, people, reminders
from storage.rows import DeliveryRow, InboxRow, Officer
from usecases.backup_schedule import BackupState, backup_state
from usecases.hook_events import CHANNEL
from usecases.hooks import list_hooks
from usecases.office import Desk
from usecases.remit import require_all

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that could not be sent, or something that came in and could not be handled. Never what it said."""

    at: datetime
    channel: str
    unit: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class HealthPage:
    """`late_by` is how many seconds the oldest reminder has been due inside office hours; None while none is."""

    waiting: int
    sending: int
    sent: int
    dead: tuple[Failure, ...]
    dead_count: int
    unread: tuple[Failure, ...]
    unread_count: int
    next_at: datetime | None
    late_by: int | None
    provisional: tuple[int, ...]
    backup: BackupState


def health_page(desk: Desk, by: Officer) -> HealthPage:
    """Raises NotAllowed for others than administrators and a bureau in charge of every unit."""
    require_all(desk, by)
    counts = deliveries.counts(desk.tx)
    dead, unread, next_at = deliveries.dead(desk.tx), inbox.poison(desk.tx), reminders.next_at(desk.tx)
    held = desk.office.opening.push_moment(desk.now) > desk.now
    over = None if next_at is None or held or next_at > desk.now else int((desk.now - next_at).total_seconds())
    named = _names(desk)
    programs = {str(hook.number): hook.shown for hook in list_hooks(desk)}
    return HealthPage(
        waiting=counts.get("due", 0),
        sending=counts.get("sending", 0),
        sent=counts.get("sent", 0),
        dead=tuple(_dead(row, named, programs) for row in dead[-SHOWN:][::-1]),
        dead_count=len(dead),
        unread=tuple(_unread(row, named) for row in unread[-SHOWN:][::-1]),
        unread_count=len(unread),
        next_at=next_at,
        late_by=over,
        provisional=_provisional(desk),
        backup=backup_state(desk, desk.office.backups_every),
    )


Named = dict[int, tuple[str, str]]
NOBODY = ("", "")


def _dead(row: DeliveryRow, named: Named, programs: Mapping[str, str]) -> Failure:
    unit, who = named.get(row.officer_id or 0, NOBODY)
    told = programs.get(row.address, "") if row.channel == CHANNEL else who
    return Failure(row.created_at, row.channel, unit, told, row.reason)


def _unread(row: InboxRow, named: Named) -> Failure:
    """Only the kind of the error: its words may quote what came in."""
    kind = row.error.partition(":")[0]
    return Failure(row.received_at, row.channel, *named.get(row.officer_id or 0, NOBODY), kind)


def _names(desk: Desk) -> Named:
    units = {unit.id: unit.name for unit in people.units(desk.tx)}
    return {one.id: (units[one.unit_id], one.name) for one in people.officers(desk.tx, active_only=False)}


def _provisional(desk: Desk) -> tuple[int, ...]:
    """The years in which something falls due and whose holiday notice is not known."""
    years = {year for year in parts.due_years(desk.tx) if year >= desk.today.year}
    return tuple(sorted(year for year in years if desk.calendar.is_provisional(date(year, 6, 15))))
