"""What the API lets programs look at: plans, parts, a part's history, statistics."""

from datetime import date

from storage import parts, people, plans
from usecases import look
from usecases.look import views
from usecases.page_part import part_page
from usecases.page_reports import reports_page, this_year
from usecases.remit import remit
from web.api.models import (
    MomentOut,
    PartOut,
    Parts,
    PartsQuery,
    PlanOut,
    Plans,
    Statistics,
    StatisticsQuery,
    Timeline,
    UnitTally,
)
from web.api.operations import Call
from web.api.showing import part_out, plan_out, tally_out
from web.visit import Missing


def list_plans(call: Call) -> Plans:
    rows = plans.all_plans(call.desk.tx)
    return Plans(plans=[plan_out(row, len(plans.duties(call.desk.tx, row.id))) for row in rows])


def one_plan(call: Call) -> PlanOut:
    row = plans.by_key(call.desk.tx, call.path["key"])
    if row is None:
        raise Missing
    return plan_out(row, len(plans.duties(call.desk.tx, row.id)))


def list_parts(call: Call) -> Parts:
    """By due date; of every unit for those who see all, of their own for others."""
    query: PartsQuery = call.query
    rows = parts.page_of(
        call.desk.tx,
        unit_ids=_units(call, query.unit),
        plan_key=query.plan,
        state=query.state,
        due_from=query.due_from,
        due_to=query.due_to,
        after=_place(query.after),
        limit=query.limit + 1,
    )
    page = rows[: query.limit]
    last = page[-1] if len(rows) > query.limit else None
    return Parts(
        parts=[part_out(part) for part in views(call.desk, page)],
        next=f"{last.due.isoformat()}.{last.id}" if last else None,
    )


def one_part(call: Call) -> PartOut:
    row = parts.by_uid(call.desk.tx, call.path["uid"])
    if row is None or not look.may_see(call.desk, call.caller.officer, row):
        raise Missing
    return part_out(look.view(call.desk, row))


def timeline(call: Call) -> Timeline:
    page = part_page(call.desk, call.caller.officer, call.path["uid"])
    return Timeline(
        moments=[
            MomentOut(
                at=one.at, verb=one.verb, who=one.who, on_behalf_of=one.on_behalf_of, door=one.door, words=one.words
            )
            for one in page.history
        ]
    )


def statistics(call: Call) -> Statistics:
    query: StatisticsQuery = call.query
    first, last = this_year(call.desk.today)
    first, last = query.first or first, query.last or last
    shown = reports_page(call.desk, call.caller.officer, min(first, last), max(first, last))
    return Statistics(
        first=shown.first,
        last=shown.last,
        total=tally_out(shown.total),
        units=[UnitTally(unit=name, tally=tally_out(held)) for name, held in shown.units],
    )


def _units(call: Call, named: str | None) -> list[int] | None:
    """The ids to look at: None for all. A unit that the caller may not see is like one that is not there."""
    seen = remit(call.desk, call.caller.officer)
    if named is None:
        return None if seen is None else sorted(seen)
    ids = {unit.id for unit in people.units(call.desk.tx) if named in (unit.name, unit.short)}
    return sorted(ids if seen is None else ids & seen)


def _place(after: str | None) -> tuple[date, int] | None:
    if after is None:
        return None
    day, _, number = after.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None
