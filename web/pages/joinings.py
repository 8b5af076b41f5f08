"""Requests to join on the roster's page: admitted into a unit that is chosen, or declined with a reason."""

from starlette.responses import Response

from storage.rows import Officer
from usecases import admit as deciding
from usecases.answer import Act
from usecases.office import Desk
from web.effects import BUREAU
from web.forms import whole_number
from web.going import done
from web.intake import LONGEST, once_only
from web.render import words
from web.visit import Malformed, Missing, Visit


def admit(visit: Visit) -> Response:
    unit = whole_number(visit.form.get("unit", ""))
    if unit is None:
        raise Malformed

    goes_on = [""]

    def let_in(desk: Desk, by: Officer) -> str:
        made = deciding.admit(desk, Act(by, "web"), _number(desk, by, visit), unit)
        if made.repeated:
            return words(visit.language, "joinings.before")
        if not made.by_hand:
            return words(visit.language, "joinings.admitted", name=made.asked.name, unit=made.unit)
        goes_on[0] = f"/roster/people/{made.officer_id}"
        told = {"name": made.asked.name, "unit": made.unit, "reach": made.asked.address}
        return words(visit.language, "joinings.admitted_page", **told)

    once_only(visit, let_in, *BUREAU)
    return done(visit, "/roster", goes_on[0])


def decline(visit: Visit) -> Response:
    reason = visit.form.get("words", "").strip()
    if not reason or len(reason) > LONGEST:
        raise Malformed

    def turn_away(desk: Desk, by: Officer) -> str:
        made = deciding.turn_away(desk, Act(by, "web", words=reason), _number(desk, by, visit))
        if made.by_hand and not made.repeated:
            return words(visit.language, "joinings.declined_page", reach=made.asked.address)
        return words(visit.language, "joinings.before" if made.repeated else "joinings.declined")

    once_only(visit, turn_away, *BUREAU)
    return done(visit, "/roster")


def _number(desk: Desk, by: Officer, visit: Visit) -> int:
    """The request that is meant; one that is not there, or not theirs, looks like any page that is not there."""
    number = whole_number(visit.params["number"]) or 0
    try:
        deciding.check(desk, Act(by, "web"), number)
    except deciding.NoSuchJoining as error:
        raise Missing from error
    return number
