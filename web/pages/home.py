"""The front door: to one's own first page, or how to sign in. The language of what one reads, and signing out."""

from starlette.responses import Response

from usecases import sign_in
from usecases.enroll import set_language
from web.cookies import LANGUAGE, SESSION, clear_cookie, set_cookie
from web.going import back, see
from web.render import OWN, TABS, page
from web.visit import LANGUAGES, Malformed, SignedOut, Visit


def home(visit: Visit) -> Response:
    try:
        with visit.look() as (_, officer):
            return see(TABS.get(officer.role, OWN)[0][1])
    except SignedOut:
        return page(visit, "home.html")


def choose_language(visit: Visit) -> Response:
    language = visit.form.get("language", "")
    if language not in LANGUAGES:
        raise Malformed
    with visit.act() as (desk, officer):
        set_language(desk, officer, language)
    response = see(back(visit, "/"))
    set_cookie(response, LANGUAGE, language, https=visit.site.https)
    return response


def sign_out(visit: Visit) -> Response:
    with visit.act() as (desk, _):
        sign_in.close_session(desk, visit.session)
    response = see("/")
    clear_cookie(response, SESSION, https=visit.site.https)
    return response
