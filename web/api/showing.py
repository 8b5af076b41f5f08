"""Rows and views as the API shows them."""

from storage.rows import PlanRow
from texts.values import PartView
from usecases.statistics import Tally
from web.api.models import PartOut, PlanOut, TallyOut


def part_out(part: PartView) -> PartOut:
    return PartOut(
        uid=part.uid,
        code=part.code,
        plan=part.plan_key,
        item=part.item,
        title=f"{part.title}({part.stage})" if part.stage else part.title,
        unit=part.unit,
        role=part.role,
        state=part.state,
        phase=part.phase,
        due=part.due,
        original_due=part.original_due or part.due,
        days_left=part.days_left,
        counted=format(part.counted, "f"),
        target=format(part.target, "f"),
        unit_of_measure=part.unit_of_measure,
        note=part.note,
        reason=part.reason,
        received_at=part.received_at,
        received_by=part.received_by,
        reported_at=part.reported_at,
        reported_by=part.reported_by,
        units_done=part.siblings_done,
        units=part.siblings,
    )


def plan_out(plan: PlanRow, duties: int) -> PlanOut:
    return PlanOut(
        key=plan.key,
        title=plan.title,
        number=plan.number,
        issuer=plan.issuer,
        issued=plan.issued,
        state="on" if plan.state == "on" else "off",
        duties=duties,
    )


def tally_out(tally: Tally) -> TallyOut:
    names = ("due", "on_time", "late", "overdue", "lapsed", "returned", "extended", "waived", "on_time_rate")
    return TallyOut(**{name: getattr(tally, name) for name in names})
