"""Pausing: until a day nobody is reminded, of one plan or of anything; what is held back comes afterwards."""

from starlette.responses import Response

from storage import plans
from storage.rows import Officer
from usecases import pause as pauses
from usecases.office import Desk
from web.effects import BUREAU
from web.forms import whole_number
from web.going import done
from web.intake import LONGEST, once_only
from web.pages.me import day_of
from web.render import page, words
from web.visit import EVERY_UNIT, Malformed, Visit
from web.wording import Wording

DECIDES = (*BUREAU, EVERY_UNIT)


def pause(visit: Visit) -> Response:
    with visit.look(*DECIDES) as (desk, _):
        held = pauses.paused(desk)
        followed = [plan for plan in plans.all_plans(desk.tx) if plan.state == "on"]
    return page(visit, "pause.html", held=held, plans=followed, names={plan.id: plan.heading for plan in followed})


def begin(visit: Visit) -> Response:
    until, reason = day_of(visit, "until"), visit.form.get("words", "").strip()
    if not reason or len(reason) > LONGEST:
        raise Malformed
    shown = Wording(visit.language, visit.site.office.zone, visit.now).day(until)

    def hold(desk: Desk, by: Officer) -> str:
        pauses.pause(desk, by, until, reason, plan_id=_plan(desk, visit))
        return words(visit.language, "pause.begun", day=shown)

    once_only(visit, hold, *DECIDES)
    return done(visit, "/pause")


def end(visit: Visit) -> Response:
    def resume(desk: Desk, by: Officer) -> str:
        pauses.resume(desk, by, plan_id=_plan(desk, visit))
        return words(visit.language, "pause.ended")

    once_only(visit, resume, *DECIDES)
    return done(visit, "/pause")


def _plan(desk: Desk, visit: Visit) -> int | None:
    """The plan the form names; None where it means everything."""
    asked = visit.form.get("plan", "")
    number = whole_number(asked)
    if asked and (number is None or plans.by_id(desk.tx, number) is None):
        raise Malformed
    return number
