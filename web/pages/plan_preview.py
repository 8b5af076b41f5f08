"""Before it is switched on: the exact reminders, the dates, what a revision changes; then the switch and the report."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from usecases import drafts, naming, play
from usecases.draft_data import plan_to_data
from usecases.drafts import Draft
from usecases.play import Play
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
    played = play.preview(visit.site.office, held.kept, visit.now, last, chase=chase)
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
        first=played.messages[:FIRST],
        titles=_titles(held),
        **_counted(played),
    )


def _counted(played: Play) -> Mapping[str, Any]:
    """Messages by month and by officer, the dates to come, and what the import itself would say."""
    people = Counter((one.unit, one.officer) for one in played.messages)
    return {
        "messages": len(played.messages),
        "reminders": len(played.reminders),
        "months": sorted(Counter(one.at.strftime("%Y-%m") for one in played.messages).items()),
        "people": [(unit, name, count) for (unit, name), count in people.most_common(MOST_NAMED)],
        "more_people": max(0, len(people) - MOST_NAMED),
        "due": played.due,
        "report": played.imports[0],
    }


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


def _titles(held: Draft) -> Mapping[str, str]:
    """By item, as far as it holds one duty only: of several it would not be sure whose date it is."""
    often = Counter(duty.item for duty in held.kept.duties)
    return {duty.item: duty.title for duty in held.kept.duties if often[duty.item] == 1}


def _stamp(held: Draft) -> str:
    """A fingerprint of what would be switched on."""
    return hashlib.sha256(repr(plan_to_data(held.kept)).encode()).hexdigest()[:24]
