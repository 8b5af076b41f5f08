"""The list of plans: what each holds and how it stands, and the drafts that wait to be switched on."""

from dataclasses import dataclass

from storage import drafts, people, plans
from storage.drafts import DraftRow
from storage.plan_counts import PlanCounts, plan_counts
from storage.rows import PlanRow
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class PlanLine:
    plan: PlanRow
    counts: PlanCounts


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`duties` without those left out; `doubts` not looked at yet."""

    draft: DraftRow
    by: str
    duties: int
    doubts: int


@dataclass(frozen=True, slots=True)
class PlanList:
    plans: tuple[PlanLine, ...]
    drafts: tuple[DraftLine, ...]
    keys: frozenset[str]


def plan_list(desk: Desk) -> PlanList:
    """Plans that are followed first, the latest imported on top."""
    counts, rows = plan_counts(desk.tx, desk.today), plans.all_plans(desk.tx)
    names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
    rows.sort(key=lambda row: (row.state == "on", row.imported_at, row.id), reverse=True)
    return PlanList(
        plans=tuple(PlanLine(row, counts.get(row.id, PlanCounts())) for row in rows),
        drafts=tuple(_line(row, names) for row in drafts.all_open(desk.tx)),
        keys=frozenset(row.key for row in rows),
    )


def _line(row: DraftRow, names: dict[int, str]) -> DraftLine:
    doubts = sum(not doubt["seen"] for doubt in row.doubts)
    return DraftLine(row, names.get(row.created_by or 0, ""), len(row.plan["duties"]) - len(row.left_out), doubts)
