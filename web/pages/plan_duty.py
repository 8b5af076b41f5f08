"""One duty of a draft: corrected, left out or taken in again, or added by hand."""

import re
from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from schedules.plan import ROLES, Duty
from usecases import edit_draft
from usecases.drafts import Draft
from web.forms import whole_number
from web.going import see
from web.intake import first_time
from web.pages.plan_draft import LADDERS, LONGEST, SHOWS, open_draft, show, where
from web.pages.plans import ROLES as MAY
from web.timing_form import BadTimingForm, timings_in
from web.visit import Malformed, Visit

_BETWEEN = re.compile("[、，,；;\n]+")
MOST_NAMES = 60


def change(visit: Visit) -> Response:
    with visit.act(*MAY) as (desk, _):
        held = open_draft(visit, desk)
        at = _place(visit, held)
        wrong = ""
        try:
            edit_draft.change_duty(desk, held, at, _corrected(visit.form, held.plan.duties[at]))
        except BadTimingForm as error:
            wrong = error.key
    if wrong:
        return show(visit, editing=str(at), wrong=wrong, typed=dict(visit.form))
    return _back(visit, at)


def keep(visit: Visit) -> Response:
    kept = visit.form.get("kept", "")
    if kept not in {"yes", "no"}:
        raise Malformed
    with visit.act(*MAY) as (desk, _):
        held = open_draft(visit, desk)
        at = _place(visit, held)
        edit_draft.keep(desk, held, at, kept=kept == "yes")
    return _back(visit, at)


def add(visit: Visit) -> Response:
    """A duty that was not found in the document; its form stands open."""
    title = visit.form.get("title", "").strip()[:LONGEST]
    if not title:
        raise Malformed
    with visit.act(*MAY) as (desk, officer):
        held = open_draft(visit, desk)
        if not first_time(visit, desk, officer):
            return see(where(visit))
        at = edit_draft.add_duty(desk, held, title)
    return see(f"{where(visit)}?edit={at}#d{at}")


def _place(visit: Visit, held: Draft) -> int:
    at = whole_number(visit.form.get("at", ""))
    if at is None or at >= len(held.plan.duties):
        raise Malformed
    return at


def _back(visit: Visit, at: int) -> RedirectResponse:
    """To the same view of the draft, at the same duty."""
    showing = visit.form.get("show", "")
    query = f"?show={showing}" if showing in SHOWS[1:] else ""
    return see(f"{where(visit)}{query}#d{at}")


def _corrected(form: Mapping[str, str], duty: Duty) -> Duty:
    """The duty as the form says it. Raises BadTimingForm."""
    title = " ".join(form.get("title", "").split())
    if not title:
        raise BadTimingForm("title")
    kind = form.get("kind", duty.kind)
    named = {role: _names(form.get(role, "")) for role in ROLES}
    return replace(
        duty,
        item=" ".join(form.get("item", duty.item).split())[:40] or duty.item,
        title=title,
        kind=kind if kind in LADDERS else duty.kind,
        roles={role: names for role, names in named.items() if names},
        due=timings_in(form, duty.due),
        ongoing=form.get("ongoing") == "yes",
        any_one=form.get("any_one") == "yes",
    )


def _names(text: str) -> tuple[str, ...]:
    names = (" ".join(piece.split())[:120] for piece in _BETWEEN.split(text))
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_NAMES]
