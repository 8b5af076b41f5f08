"""Signing in by a one-time link. Looking at the link shows whose it is; only the button spends it."""

from starlette.responses import Response

from storage import people
from usecases import sign_in
from usecases.errors import BadLink
from web.cookies import GUEST, LANGUAGE, SESSION, clear_cookie, set_cookie
from web.errors import error_page
from web.going import see
from web.guests import guest_page
from web.limits import Misses
from web.visit import Missing, Visit


class SignIn:
    """The two pages share how often an address has missed."""

    def __init__(self, misses: Misses | None = None) -> None:
        self._misses = misses or Misses()

    def show(self, visit: Visit) -> Response:
        if self._misses.too_many(visit.client):
            return error_page(visit, 429)
        with visit.site.office.read(visit.now) as desk:
            officer = sign_in.peek_link(desk, visit.params["secret"])
            unit = people.unit_by_id(desk.tx, officer.unit_id) if officer else None
        if officer is None or unit is None:
            self._misses.count(visit.client)
            raise Missing
        return _ask(visit, {"unit": unit.name, "name": officer.name, "role": officer.role})

    def spend(self, visit: Visit) -> Response:
        if self._misses.too_many(visit.client):
            return error_page(visit, 429)
        try:
            with visit.site.office.write(visit.now) as desk:
                officer, session = sign_in.open_session(desk, visit.params["secret"])
        except BadLink:
            self._misses.count(visit.client)
            raise
        response = see("/")
        https = visit.site.https
        set_cookie(response, SESSION, session, https=https, life=visit.site.office.session_life)
        set_cookie(response, LANGUAGE, officer.language, https=https)
        clear_cookie(response, GUEST, https=https)
        return response


def _ask(visit: Visit, who: dict[str, str]) -> Response:
    """The page with the button, good in this browser only: nobody is signed in from afar."""
    life = visit.site.office.link_life
    return guest_page(visit, "sign_in.html", life=life, who=who, minutes=int(life.total_seconds() // 60))
