"""The ledger of the bureau: who is late, what needs a decision, what falls due this week; then every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schedules.civil import civil_date
from storage import parts, people, plans
from storage.rows import Officer, PlanRow, Unit
from texts.values import PartView
from usecases.errors import NotAllowed
from usecases.look import SEES_ALL, WEEK, to_verify, views
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One occurrence over all its units: "3 of 5" whatever was picked, and the picked parts."""

    item: str
    title: str
    plan: str
    due: date
    done: int
    total: int
    parts: tuple[PartView, ...]

    @property
    def late(self) -> int:
        return sum(part.phase == "overdue" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The bureau's first screen: who is late, what needs a decision, what falls due this week; then every row."""

    plans: tuple[PlanRow, ...]
    units: tuple[Unit, ...]
    late: tuple[PartView, ...]
    to_decide: tuple[PartView, ...]
    this_week: tuple[PartView, ...]
    rows: tuple[LedgerRow, ...]
    unreachable: tuple[tuple[str, str], ...]
    """(unit, officer) pairs without a live chat."""
    counts: dict[str, int]


def ledger(
    desk: Desk, officer: Officer, *, plan_key: str | None = None, state: str | None = None, unit: str | None = None
) -> Ledger:
    """Units × duties as the bureau sees them, overdue first. `state` is a phase word or a stored state."""
    if officer.role not in SEES_ALL:
        raise NotAllowed("The ledger is the bureau's; your own list is in the inbox.", role=officer.role)
    rows = [row for row in parts.all_parts(desk.tx, since=_ledger_since(desk)) if row.plan_state == "on"]
    shown = views(desk, rows)
    occurrence = {row.id: row.occurrence_id for row in rows}
    picked = [part for part in shown if _picked(part, plan_key, state, unit)]
    return Ledger(
        plans=tuple(plans.all_plans(desk.tx)),
        units=tuple(people.units(desk.tx)),
        late=tuple(part for part in shown if part.phase == "overdue"),
        to_decide=tuple(to_verify(desk)),
        this_week=tuple(
            p for p in shown if p.state in ("open", "received") and desk.today <= p.due <= desk.today + WEEK
        ),
        rows=tuple(_ledger_rows(picked, occurrence)),
        unreachable=tuple(_unreachable(desk)),
        counts={
            word: sum(part.state == word for part in shown) for word in ("open", "received", "reported", "verified")
        },
    )


def _ledger_since(desk: Desk) -> date:
    """The ledger opens with this year's and last year's parts; older ones are in the exports."""
    return date(civil_date(desk.now, desk.office.zone).year - 1, 1, 1)


def _picked(part: PartView, plan_key: str | None, state: str | None, unit: str | None) -> bool:
    return (
        (not plan_key or part.plan_key == plan_key)
        and (not state or state in (part.state, part.phase))
        and (not unit or part.unit == unit)
    )


def _ledger_rows(picked: Sequence[PartView], occurrence: dict[int, int]) -> list[LedgerRow]:
    grouped: dict[int, list[PartView]] = {}
    for part in picked:
        grouped.setdefault(occurrence[part.id], []).append(part)
    rows = [
        LedgerRow(
            item=held[0].item,
            title=held[0].title,
            plan=held[0].plan,
            due=held[0].due,
            done=held[0].siblings_done,
            total=held[0].siblings,
            parts=tuple(held),
        )
        for held in grouped.values()
    ]
    return sorted(rows, key=lambda row: (not row.late, row.due, row.item))


def _unreachable(desk: Desk) -> list[tuple[str, str]]:
    units = {unit.id: unit.name for unit in people.units(desk.tx)}
    liaison = [o for o in people.officers(desk.tx) if o.role == "officer"]
    reached = {contact.officer_id for contact in people.contacts(desk.tx, [o.id for o in liaison])}
    return [(units[o.unit_id], o.name) for o in liaison if o.id not in reached]
