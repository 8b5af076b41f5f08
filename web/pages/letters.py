"""督办单 and 通报 that are to leave in the coming days: what will be written to whom, and holding one step back."""

from starlette.responses import Response

from usecases.letters import letters as coming
from web.pages.ledger import ROLES
from web.render import page
from web.visit import Visit

DAYS = 5
"""Working days ahead."""
MOST = 60


def letters(visit: Visit) -> Response:
    with visit.look(*ROLES) as (desk, officer):
        found = coming(desk, officer, days=DAYS)
    return page(
        visit, "letters.html", letters=found[:MOST], more=len(found) - MOST, days=DAYS, decides=officer.role == "bureau"
    )
