"""申请加入: the page on which somebody unknown asks to be let in. Closed, it is a page that is not there.

The answer is the same whatever was typed, as long as nothing is missing; how often one address may send is limited.
"""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from storage import people
from texts import answers, dates
from texts.reader import Reader
from usecases import ask_on_page as asking
from usecases.ask_to_join import LONGEST_NAME, LONGEST_UNIT
from usecases.errors import Refused
from web.errors import error_page
from web.going import see
from web.guests import guest_page
from web.limits import Misses
from web.visit import Missing, Visit

HOUR = 3600
MOST = 20
"""Requests of one network address in an hour."""
FIELDS: Mapping[str, int] = {
    "unit": LONGEST_UNIT,
    "name": LONGEST_NAME,
    "reach": asking.LONGEST_REACH,
    "note": asking.LONGEST_NOTE,
}


class Join:
    """The form and its answer share how often an address has asked."""

    def __init__(self, sent: Misses | None = None) -> None:
        self._sent = sent or Misses(MOST, HOUR)

    def show(self, visit: Visit) -> Response:
        """With ``?sent=1`` what happens now; the same to everybody, whether they have sent anything or not."""
        _open(visit)
        return _form(visit, dict.fromkeys(FIELDS, "")) if visit.query.get("sent") != "1" else _told(visit)

    def ask(self, visit: Visit) -> Response:
        _open(visit)
        if self._sent.too_many(visit.client):
            return error_page(visit, HTTPStatus.TOO_MANY_REQUESTS)
        self._sent.count(visit.client)
        typed = {name: visit.form.get(name, "") for name in FIELDS}
        try:
            with visit.site.office.write(visit.now) as desk:
                said = {"name": typed["name"], "reach": typed["reach"], "note": typed["note"]}
                asking.ask_on_page(desk, unit_said=typed["unit"], **said)
        except (asking.JoiningGaps, asking.JoiningFull) as error:
            return _form(visit, typed, error)
        return see(f"/join?sent=1&lang={visit.language}")


def _open(visit: Visit) -> None:
    if not visit.site.office.join_requests:
        raise Missing


def _form(visit: Visit, typed: Mapping[str, str], error: Refused | None = None) -> Response:
    with visit.site.office.read(visit.now) as desk:
        units = [unit.name for unit in people.units(desk.tx)] if desk.office.join_units else []
        reader = Reader(visit.language, desk.today, desk.office.zone)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    cannot = answers.refusal(reader, error) if error else ""
    return guest_page(visit, "join.html", status=status, typed=typed, most=FIELDS, units=units, cannot=cannot)


def _told(visit: Visit) -> Response:
    with visit.site.office.read(visit.now) as desk:
        reader = Reader(visit.language, desk.today, desk.office.zone)
        last = desk.calendar.add_workdays(desk.today, desk.office.join_life)
    return guest_page(visit, "joined.html", day=dates.day(reader, last))
