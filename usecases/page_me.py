"""A person's own page: leave and who stands in, when and through what reminders come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from storage import leaves, people
from storage.rows import Leave, Officer, Unit
from usecases.confirm_way import asked_way, channels_to_add
from usecases.contacts import Way, ways
from usecases.office import Desk
from usecases.page_inbox import colleagues

STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Away:
    """A leave that is running or to come, and who stands in, by name."""

    leave: Leave
    deputy: str
    now: bool


@dataclass(frozen=True, slots=True)
class MyPage:
    officer: Officer
    unit: Unit
    away: tuple[Away, ...]
    colleagues: tuple[Officer, ...]
    ways: tuple[Way, ...]
    """In the order in which they are tried."""
    hours: tuple[str, ...]
    """The times, HH:MM, at which the day's reminders may come."""
    office_sends: str
    asked: str
    """The address that a code was sent to and that waits for it."""
    may_add: tuple[str, ...]


def my_page(desk: Desk, officer: Officer) -> MyPage:
    unit = people.unit_by_id(desk.tx, officer.unit_id)
    assert unit is not None  # noqa: S101 a foreign key holds it
    hours = desk.office.hours
    return MyPage(
        officer=officer,
        unit=unit,
        away=away_of(desk, [officer]).get(officer.id, ()),
        colleagues=colleagues(desk, officer),
        ways=tuple(ways(desk, officer)),
        hours=tuple(_times(hours.opens, hours.closes)),
        office_sends=f"{hours.sends:%H:%M}",
        asked=asked_way(desk, officer),
        may_add=tuple(channels_to_add(desk)),
    )


def away_of(desk: Desk, staff: Sequence[Officer]) -> dict[int, tuple[Away, ...]]:
    """Leaves of these people that are not over, by officer."""
    ids = {officer.id for officer in staff}
    names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
    found: dict[int, tuple[Away, ...]] = {}
    for leave in leaves.leaves(desk.tx, since=desk.today):
        if leave.officer_id in ids:
            one = Away(leave, names.get(leave.deputy_id or 0, ""), now=leave.first_day <= desk.today)
            found[leave.officer_id] = (*found.get(leave.officer_id, ()), one)
    return found


def _times(opens: time, closes: time) -> list[str]:
    """Every half hour of the office's hours."""
    day = datetime(2000, 1, 1)  # noqa: DTZ001 a clock's face, no moment
    found, at = [], day.combine(day, opens)
    while at.time() <= closes:
        found.append(f"{at:%H:%M}")
        at += STEP
    return found
