"""Pages for people who are not signed in: a cookie binds their forms to this browser, so none is sent from afar."""

import secrets
from datetime import timedelta

from starlette.responses import Response

from web.cookies import GUEST, set_cookie
from web.render import page
from web.visit import Visit


def guest_page(
    visit: Visit, template: str, *, life: timedelta | None = None, status: int = 200, **values: object
) -> Response:
    """The page, its forms good in this browser for `life`, or while it is open."""
    guest = visit.cookie(GUEST) or secrets.token_urlsafe(16)
    visit.guest = guest
    response = page(visit, template, status=status, **values)
    set_cookie(response, GUEST, guest, https=visit.site.https, life=life)
    return response
