"""What waits for the bureau this morning, handled one by one with the forms of the part's own page."""

from starlette.responses import Response

from usecases.coming_letters import count_coming
from usecases.decisions import decisions as all_of_them
from usecases.pause import paused
from usecases.remit import remit, within_reach
from web.pages.ledger import ROLES
from web.pages.letters import DAYS
from web.render import page
from web.visit import Visit

MOST = 50
"""So many of a kind are shown; when they are done, the next ones are."""


def decisions(visit: Visit) -> Response:
    with visit.look(*ROLES) as (desk, officer):
        found = all_of_them(desk, officer)
        units = within_reach(desk, remit(desk, officer))
        held, leaving = paused(desk), sum(count_coming(desk, officer, days=DAYS).values())
    return page(
        visit,
        "decisions.html",
        found=found,
        most=MOST,
        units=units,
        paused=held,
        leaving=leaving,
        decides=officer.role == "bureau",
    )
