"""Before it is switched on: the exact reminders, the dates, what a revision changes; then the switch and the report."""

import hashlib
from datetime import timedelta

from starlette.responses import Response

from usecases import drafts, naming
from usecases.draft_data import plan_to_data
from usecases.drafts import Draft
from usecases.foresee import foresee
from usecases.revising import difference
from web.going import see
from web.intake import first_time
from web.pages.plan_draft import number_of, open_draft, where
from web.pages.plans import ROLES
from web.plan_words import PlanWords
from web.render import page
from web.visit import Visit

AHEAD = timedelta(days=366)
FIRST = 12
MOST_NAMED = 40


def preview(visit: Visit) -> Response:
    """What would be sent from now on for a year, worked out by the program that will send it. Nothing is written."""
    chase = visit.query.get("chase") == "yes"
    with visit.look(*ROLES) as (desk, _):
        held = drafts.find(desk, number_of(visit))
        names = naming.names_of(desk, held.kept)
        revised = difference(desk, held.kept)
        last = desk.today + AHEAD
    if held.row.state != "open":
        return see(f"{where(visit)}/report")
    seen = foresee(visit.site.office, held.kept, visit.now, last, chase=chase, first=FIRST)
    return page(
        visit,
        "plan_preview.html",
        p=PlanWords(visit.language),
        draft=held,
        nobody=names.nobody,
        roster=bool(names.units),
        revised=revised,
        chase=chase,
        stamp=_stamp(held),
        changed=visit.query.get("changed") == "yes",
        until=last,
        seen=seen,
        cycles=sum(duty.has_cycle for duty in held.kept.duties),
        people=seen.people[:MOST_NAMED],
        more_people=max(0, len(seen.people) - MOST_NAMED),
    )


def switch_on(visit: Visit) -> Response:
    """Switched on is what was previewed: a draft that changed meanwhile is shown again."""
    chase = visit.form.get("chase") == "yes"
    with visit.act(*ROLES) as (desk, officer):
        held = drafts.find(desk, number_of(visit))
        if held.row.state != "open":
            return see(f"{where(visit)}/report")
        held = open_draft(visit, desk)
        if visit.form.get("stamp") != _stamp(held):
            return see(f"{where(visit)}/preview?changed=yes{'&chase=yes' if chase else ''}")
        if first_time(visit, desk, officer):
            drafts.switch_on(desk, held, officer, chase=chase)
    return see(f"{where(visit)}/report")


def report(visit: Visit) -> Response:
    with visit.look(*ROLES) as (desk, _):
        held = drafts.find(desk, number_of(visit))
    if held.row.report is None:
        return see(where(visit))
    nobody: dict[str, list[str]] = {}
    for item, name in held.row.report["unresolved"]:
        nobody.setdefault(name, []).append(item)
    return page(
        visit, "plan_report.html", p=PlanWords(visit.language), draft=held, report=held.row.report, nobody=nobody
    )


def _stamp(held: Draft) -> str:
    """A fingerprint of what would be switched on."""
    return hashlib.sha256(repr(plan_to_data(held.kept)).encode()).hexdigest()[:24]
