"""The ledger 台账 as a sheet: every part of a period in one table, as an office files it and sends it round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schedules.civil import civil_date
from storage import parts, plans
from storage.rows import Officer
from texts import words
from texts.values import PartView
from usecases.look import views
from usecases.office import Desk
from usecases.remit import covers, remit


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One part. `uid` finds it again when the sheet comes back; `state` is the stored word, `days_over` working days.

    `note` is what the unit reported, one line of text; `reason` why it was returned or let off.
    """

    uid: str
    plan: str
    item: str
    title: str
    unit: str
    role: str
    due: date
    original_due: date
    state: str
    days_over: int
    received_on: date | None
    reported_on: date | None
    reported_by: str
    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """From `first` to `last`, made on `made_on`. `plans`: (heading, 文号) of the plans whose parts it shows."""

    office: str
    first: date
    last: date
    made_on: date
    plans: tuple[tuple[str, str], ...]
    rows: tuple[SheetRow, ...]


def ledger_sheet(desk: Desk, officer: Officer, first: date, last: date, *, plan_key: str = "") -> LedgerSheet:
    """Parts due from `first` to `last`, both included, of the units that the person's role reaches."""
    within = remit(desk, officer)
    held = [row for row in parts.due_within(desk.tx, first, last, plan_key) if covers(within, row)]
    shown = sorted(views(desk, held), key=lambda part: (part.plan_key, _number(part.item), part.due, part.unit_id))
    named = {row.key: (row.heading, row.number) for row in plans.all_plans(desk.tx)}
    used = dict.fromkeys(part.plan_key for part in shown)
    office = next((row.issuer for row in plans.all_plans(desk.tx) if row.key in used and row.issuer), "")
    return LedgerSheet(office, first, last, desk.today, tuple(named[key] for key in used), tuple(_rows(desk, shown)))


def _rows(desk: Desk, shown: Iterable[PartView]) -> Iterable[SheetRow]:
    for part in shown:
        yield SheetRow(
            uid=part.uid,
            plan=part.plan,
            item=part.item,
            title=words.clean(part.title, 200),
            unit=part.unit,
            role=part.role,
            due=part.due,
            original_due=part.original_due or part.due,
            state=part.state,
            days_over=max(0, -part.days_left) if part.phase == "overdue" else 0,
            received_on=civil_date(part.received_at, desk.office.zone) if part.received_at else None,
            reported_on=civil_date(part.reported_at, desk.office.zone) if part.reported_at else None,
            reported_by=part.reported_by,
            note=one_line(part.note),
            reason=one_line(part.reason),
        )


def one_line(text: str) -> str:
    """Text as it stands in a cell: what people typed, on one line."""
    return " ".join(words.clean(text, 2000).split())


def _number(item: str) -> tuple[int, str]:
    """Items in the order of a plan: 2 before 10."""
    digits = "".join(sign for sign in item if sign.isdigit())
    return int(digits[:6]) if digits else 0, item
