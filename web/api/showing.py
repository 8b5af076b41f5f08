"""Rows and views as the API shows them."""

from storage.rows import PlanRow
from texts.values import PartView
from usecases.part_data import part_data
from usecases.statistics import Tally
from web.api.models import PartOut, PlanOut, TallyOut


def part_out(part: PartView) -> PartOut:
    return PartOut(**part_data(part))


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
