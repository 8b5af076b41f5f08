"""Counting how units keep their dates, per unit and month: extensions apart from lateness, nothing undone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from schedules.civil import civil_date
from storage import standing, timeline
from storage.standing import Kept
from usecases.office import Desk
from usecases.remit import covers
from usecases.unfold_decide import EVENT_UNDONE

OWED = frozenset({"open", "received"})
DONE = frozenset({"reported", "verified"})


@dataclass(frozen=True, slots=True)
class Fact:
    """What counting needs to know of one part. `returned`: how often it was sent back. Waits in working days."""

    unit_id: int
    unit: str
    due: date
    state: str
    reported_on: date | None = None
    extended: bool = False
    returned: int = 0
    receive_wait: int | None = None
    """Working days from the day it was assigned to the day it was received; None while it is not."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Parts that fell due, or were reported before they did. `due` = on_time + late + overdue + lapsed.

    `extended` and `returned` say how many of them got more time or were sent back; waived ones stand apart.
    """

    due: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    lapsed: int = 0
    returned: int = 0
    extended: int = 0
    waived: int = 0
    receive_days: float | None = None
    """The median number of working days to receive; None where nothing was received."""

    @property
    def on_time_rate(self) -> float | None:
        """Between 0 and 1; None where nothing was due."""
        return self.on_time / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class UnitTally:
    unit_id: int
    unit: str
    month: date
    """The first day of the month the parts fell due in."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class Statistics:
    """From `first` to `last`: every unit's months in order, every unit over all of it, and everything together."""

    first: date
    last: date
    months: tuple[UnitTally, ...] = ()
    units: Mapping[int, Tally] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    total: Tally = Tally()


def statistics(
    desk: Desk, first: date, last: date, *, plan_id: int | None = None, within: Collection[int] | None = None
) -> Statistics:
    """Parts due from `first` to `last`, both included, as they stand at the desk's moment; of one plan, or of all.

    `within`: of these units only.
    """
    rows = standing.kept(desk.tx, first, last, plan_id=plan_id, without=EVENT_UNDONE)
    facts = [fact for fact in _facts(desk, (row for row in rows if covers(within, row))) if _counts(fact, desk.today)]
    by_unit: dict[int, list[Fact]] = {}
    by_month: dict[tuple[str, int, date], list[Fact]] = {}
    for fact in facts:
        by_unit.setdefault(fact.unit_id, []).append(fact)
        by_month.setdefault((fact.unit, fact.unit_id, fact.due.replace(day=1)), []).append(fact)
    return Statistics(
        first,
        last,
        months=tuple(UnitTally(key[1], key[0], key[2], tally(held)) for key, held in sorted(by_month.items())),
        units={unit_id: tally(held) for unit_id, held in by_unit.items()},
        names={fact.unit_id: fact.unit for fact in facts},
        total=tally(facts),
    )


def tally(facts: Iterable[Fact]) -> Tally:
    """Count them. In time is judged by the date as granted, and by the first report that was not undone."""
    held = list(facts)
    asked = [fact for fact in held if fact.state not in {"waived", "refused"}]
    done = [fact for fact in asked if fact.state in DONE and fact.reported_on is not None]
    on_time = sum(fact.reported_on is not None and fact.reported_on <= fact.due for fact in done)
    overdue = sum(fact.state in OWED for fact in asked)
    lapsed = sum(fact.state == "lapsed" for fact in asked)
    waits = [fact.receive_wait for fact in asked if fact.receive_wait is not None]
    return Tally(
        due=len(done) + overdue + lapsed,
        on_time=on_time,
        late=len(done) - on_time,
        overdue=overdue,
        lapsed=lapsed,
        returned=sum(fact.returned for fact in asked),
        extended=sum(fact.extended for fact in asked),
        waived=sum(fact.state == "waived" for fact in held),
        receive_days=median(waits) if waits else None,
    )


def together(tallies: Iterable[Tally]) -> Tally:
    """Several counts as one; the median wait cannot be told from medians and is left out."""
    held = list(tallies)
    names = ("due", "on_time", "late", "overdue", "lapsed", "returned", "extended", "waived")
    return Tally(**{name: sum(getattr(one, name) for one in held) for name in names})


def _counts(fact: Fact, today: date) -> bool:
    """What is not due yet counts only once it is done; today's may still be in time."""
    return fact.due < today or fact.state in {*DONE, "waived"}


def _facts(desk: Desk, rows: Iterable[Kept]) -> list[Fact]:
    returned = timeline.returns(desk.tx)
    return [
        Fact(
            row.unit_id,
            row.unit,
            row.due,
            row.state,
            reported_on=civil_date(row.reported_at, desk.office.zone) if row.reported_at else None,
            extended=row.due > row.occurrence_due,
            returned=returned.get(row.id, 0),
            receive_wait=_wait(desk, row),
        )
        for row in rows
    ]


def _wait(desk: Desk, row: Kept) -> int | None:
    if row.received_at is None:
        return None
    zone = desk.office.zone
    return max(0, desk.calendar.workdays_between(civil_date(row.created_at, zone), civil_date(row.received_at, zone)))
