"""The web application: every address with its page, the headers, the limits and the error pages."""

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from usecases.office import Office
from web.api.serving import Api
from web.effects import UNIT
from web.entry import get, post, visit_of
from web.errors import error_page
from web.headers import SecurityHeaders, put_headers
from web.live import Live
from web.pages import (
    acts,
    announce,
    bulk,
    decisions,
    deliveries,
    evidence,
    health,
    home,
    inbox,
    ledger,
    letters,
    me,
    part,
    pausing,
    state,
    subscribe,
)
from web.pages.join import Join
from web.pages.plan_routes import plan_routes
from web.pages.report_routes import report_routes
from web.pages.roster_routes import roster_routes
from web.pages.sign_in import SignIn
from web.pages.travel import TimeMachine
from web.patience import Patience
from web.render import MOST_FILES
from web.site import Audit, Clock, Converse, Documents, Movable, Rosters, Sheets, Site, Unaudited, Wake
from web.static import StaticPages
from web.upload import upload

STATIC = Mount("/static", StaticPages())


def create_app(  # noqa: PLR0913 - what the pages are wired to
    office: Office,
    clock: Clock,
    *,
    converse: Converse,
    wake: Wake,
    extra_routes: Sequence[BaseRoute] = (),
    movable: Movable | None = None,
    documents: Documents | None = None,
    rosters: Rosters | None = None,
    sheets: Sheets | None = None,
    troubles: Callable[[], Sequence[str]] = tuple,
    pulse: Callable[[], datetime | None] = lambda: None,
    audit: Audit | None = None,
) -> Starlette:
    """The pages of `office`. `extra_routes` are other rooms' addresses (feeds); `movable` opens the time machine.

    `app.state.live` has to be ended before the server waits for its connections.
    """
    site = Site(
        office, clock, converse, wake, movable, documents, rosters, sheets, troubles, pulse, audit or Unaudited()
    )
    live = Live(site)
    office.store.on_write.append(live.stir)

    async def on_http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        return error_page(visit_of(site, request), status)

    async def on_failure(request: Request, _: Exception) -> Response:
        response = error_page(visit_of(site, request), HTTPStatus.INTERNAL_SERVER_ERROR)
        put_headers(response.headers)
        return response

    app = Starlette(
        routes=[
            live.route("/inbox/live"),
            *Api(site).routes(),
            *_pages(site),
            *extra_routes,
            Mount("/static", StaticPages()),
        ],
        middleware=[Middleware(Patience), Middleware(SecurityHeaders)],
        exception_handlers={HTTPException: on_http, Exception: on_failure},
    )
    app.router.redirect_slashes = False
    app.state.live = live
    return app


def _pages(site: Site) -> list[BaseRoute]:
    return [*_routes(site), *plan_routes(site), *roster_routes(site), *report_routes(site), *_travel(site)]


def _routes(site: Site) -> list[BaseRoute]:
    door, asked = SignIn(), Join()
    return [
        get(site, "/", home.home),
        get(site, "/in/{secret}", door.show),
        post(site, "/in/{secret}", door.spend),
        get(site, "/join", asked.show),
        post(site, "/join", asked.ask),
        post(site, "/out", home.sign_out),
        post(site, "/language", home.choose_language),
        get(site, "/inbox", inbox.inbox),
        get(site, "/inbox/cards", inbox.cards),
        post(site, "/inbox/say", inbox.say),
        post(site, "/inbox/press", inbox.press),
        upload(site, "/inbox/report", acts.report, *UNIT, files=MOST_FILES, plain=True),
        post(site, "/acts", acts.act),
        get(site, "/parts/{uid}", part.part),
        get(site, "/evidence/{uid}", evidence.evidence),
        get(site, "/ledger", ledger.ledger),
        post(site, "/ledger/check", bulk.check, wide=True),
        post(site, "/ledger/bulk", bulk.act),
        get(site, "/decisions", decisions.decisions),
        get(site, "/letters", letters.letters),
        post(site, "/letters/copies", letters.add_copy),
        post(site, "/letters/copies/{number:int}/remove", letters.remove_copy),
        *_own(site),
        get(site, "/subscribe", subscribe.subscribe),
        post(site, "/subscribe", subscribe.create),
        post(site, "/subscribe/tasks", subscribe.give_tasks),
        post(site, "/subscribe/tasks/revoke", subscribe.take_tasks),
        post(site, "/subscribe/{number:int}/rotate", subscribe.rotate),
        post(site, "/subscribe/{number:int}/revoke", subscribe.revoke),
        get(site, "/status", state.state),
        get(site, "/deliveries", deliveries.deliveries),
        get(site, "/deliveries/deliveries.csv", deliveries.sheet),
        get(site, "/deliveries/timeline.csv", deliveries.timeline_csv),
        get(site, "/deliveries/timeline.jsonl", deliveries.timeline_jsonl),
        get(site, "/healthz", health.alive),
        get(site, "/readyz", health.ready),
        get(site, "/metrics", health.metrics),
    ]


def _own(site: Site) -> list[BaseRoute]:
    """One's own page, and what the bureau says to many."""
    number = "/announce/{number:int}"
    return [
        get(site, "/me", me.me),
        post(site, "/me/leave", me.leave),
        post(site, "/me/back", me.end),
        post(site, "/me/digest", me.digest),
        post(site, "/me/ways", me.ways),
        post(site, "/me/chat", me.chat),
        get(site, "/announce", announce.write),
        post(site, "/announce", announce.draft),
        get(site, number, announce.show),
        post(site, f"{number}/send", announce.send),
        post(site, f"{number}/drop", announce.drop),
        get(site, "/pause", pausing.pause),
        post(site, "/pause", pausing.begin),
        post(site, "/pause/end", pausing.end),
    ]


def _travel(site: Site) -> list[BaseRoute]:
    if site.movable is None:
        return []
    machine = TimeMachine(site.movable)
    return [
        post(site, "/clock/next-day", machine.next_day),
        post(site, "/clock/hour", machine.hour),
        post(site, "/clock/next-reminder", machine.next_reminder),
    ]
