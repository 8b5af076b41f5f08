"""A draft: every duty beside its source, doubtful things first, and what stands at the top of the plan."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import PlainTextResponse, Response

from storage import plans
from usecases import drafts, edit_draft
from usecases.drafts import Draft
from usecases.office import Desk
from web.forms import whole_number
from web.going import see
from web.pages.plans import ROLES
from web.plan_words import PlanWords
from web.render import page
from web.timing_form import KINDS, MOST_TIMINGS, BadTimingForm, day_in, fields_of
from web.visit import Malformed, Missing, Visit

SHOWS = ("all", "doubts", "untimed", "out")
LADDERS = ("standard", "report", "recurring")
HEAD = ("title", "short", "number", "issuer")
LONGEST = 300


def draft(visit: Visit) -> Response:
    """With ``?edit=3`` the form of that duty stands open in its place, with ``?edit=head`` that of the plan."""
    return show(visit, editing=visit.query.get("edit", ""))


def head(visit: Visit) -> Response:
    typed = {name: visit.form.get(name, "").strip()[:LONGEST] for name in HEAD}
    try:
        issued = day_in(visit.form.get("issued", ""))
    except BadTimingForm as error:
        return show(visit, editing="head", wrong=error.key, typed=dict(visit.form))
    with visit.act(*ROLES) as (desk, _):
        held = open_draft(visit, desk)
        key = visit.form.get("key", "")
        if key and plans.by_key(desk.tx, key) is None and key != held.plan.key:
            raise Malformed
        begins = issued if held.plan.begins == held.plan.issued else held.plan.begins
        title = typed["title"] or held.plan.title
        how = {
            "verification": "bureau" if visit.form.get("verification") == "yes" else "none",
            "confidential": visit.form.get("confidential") == "yes",
        }
        edit_draft.change_head(desk, held, key=key, issued=issued, begins=begins, **typed | {"title": title}, **how)
    return see(f"{where(visit)}#head")


def seen(visit: Visit) -> Response:
    number = whole_number(visit.form.get("doubt", ""))
    with visit.act(*ROLES) as (desk, _):
        held = open_draft(visit, desk)
        if number is None or number >= len(held.doubts):
            raise Malformed
        edit_draft.see(desk, held, number)
    return see(f"{where(visit)}#doubts")


def delete(visit: Visit) -> Response:
    with visit.act(*ROLES) as (desk, _):
        drafts.discard(desk, open_draft(visit, desk))
    return see("/plans#drafts")


def download(visit: Visit) -> Response:
    """The draft as a plan file, as `plan check` and `plan import` read it."""
    if visit.site.documents is None:
        raise Missing
    with visit.look(*ROLES) as (desk, _):
        plan = drafts.find(desk, number_of(visit)).kept
    headers = {"content-disposition": f'attachment; filename="{plan.key}.yaml"'}
    return PlainTextResponse(visit.site.documents.to_yaml(plan), media_type="text/yaml", headers=headers)


def show(visit: Visit, *, editing: str = "", wrong: str = "", typed: Mapping[str, str] | None = None) -> Response:
    """The page of the draft; with `wrong`, what was `typed` stands in the open form again."""
    with visit.look(*ROLES) as (desk, _):
        held = drafts.find(desk, number_of(visit))
        revisable = [(row.key, row.title) for row in plans.all_plans(desk.tx)]
    if held.row.state != "open":
        return see(f"{where(visit)}/report")
    return page(
        visit,
        "plan_draft.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        p=PlanWords(visit.language),
        draft=held,
        rows=_rows(visit, held),
        showing=_showing(visit),
        shows=SHOWS,
        editing=editing,
        values=typed if typed is not None else _values(held, editing),
        wrong=wrong,
        revisable=revisable,
        kinds=KINDS,
        ladders=LADDERS,
        most_timings=MOST_TIMINGS,
    )


def _showing(visit: Visit) -> str:
    asked = visit.query.get("show", "")
    return asked if asked in SHOWS else SHOWS[0]


def _rows(visit: Visit, held: Draft) -> Sequence[Mapping[str, Any]]:
    """Each duty with its place, what was doubtful in the document, and what the check says of it now."""
    hints: dict[int, list[str]] = {}
    if visit.site.documents is not None:
        for at, says in visit.site.documents.check(held.plan, visit.language):
            hints.setdefault(-1 if at is None else at, []).append(says)
    doubts: dict[int | None, list[str]] = {}
    for doubt in held.open_doubts:
        doubts.setdefault(doubt.at, []).append(doubt.says)
    return [
        {
            "at": at,
            "duty": duty,
            "out": at in held.left_out,
            "doubts": doubts.get(at, []),
            "hints": hints.get(at, []),
            "untimed": not duty.due and not duty.ongoing,
        }
        for at, duty in enumerate(held.plan.duties)
    ]


def _values(held: Draft, editing: str) -> dict[str, str]:
    """What the open form shows."""
    if editing == "head":
        plan = held.plan
        said = {name: str(getattr(plan, name)) for name in (*HEAD, "key", "issued")}
        how = {"verification": "yes" if plan.verification == "bureau" else ""}
        return said | how | {"confidential": "yes" if plan.confidential else ""}
    at = whole_number(editing)
    if at is None or at >= len(held.plan.duties):
        return {}
    duty = held.plan.duties[at]
    roles = {role: "、".join(names) for role, names in duty.roles.items()}
    switches = {"ongoing": "yes" if duty.ongoing else "", "any_one": "yes" if duty.any_one else ""}
    return {"item": duty.item, "title": duty.title, "kind": duty.kind, **roles, **switches, **fields_of(duty.due)}


def number_of(visit: Visit) -> int:
    number = whole_number(visit.params["number"])
    if number is None:
        raise Missing
    return number


def where(visit: Visit) -> str:
    return f"/plans/drafts/{number_of(visit)}"


def open_draft(visit: Visit, desk: Desk) -> Draft:
    return drafts.open_draft(desk, number_of(visit))
