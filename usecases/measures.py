"""What /metrics tells: queue, inbox, ways, lag, estimated years; read from the database at the moment of asking."""

from dataclasses import dataclass
from datetime import date

from storage import deliveries, measures, parts, reminders
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class Measures:
    """`lag` is in seconds: for how long the oldest reminder has been due."""

    deliveries: dict[str, int]
    queue: dict[tuple[str, str], int]
    inbox: dict[str, int]
    set_aside: int
    ways: dict[tuple[str, str], int]
    lag: float
    provisional: int


def measure(desk: Desk) -> Measures:
    waiting = reminders.next_at(desk.tx)
    years = {year for year in parts.due_years(desk.tx) if year >= desk.today.year}
    return Measures(
        deliveries=deliveries.counts(desk.tx),
        queue=measures.queue(desk.tx),
        inbox=measures.inbox_waiting(desk.tx),
        set_aside=measures.inbox_set_aside(desk.tx),
        ways=measures.ways(desk.tx),
        lag=max(0.0, (desk.now - waiting).total_seconds()) if waiting else 0.0,
        provisional=sum(desk.calendar.is_provisional(date(year, 6, 15)) for year in years),
    )
