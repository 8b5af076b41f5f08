"""The ledger 台账: who is late, what needs a decision, what falls due this week; then every duty over its units."""

from urllib.parse import urlencode

from starlette.responses import Response

from usecases import page_ledger
from web.render import page
from web.visit import Visit

ROLES = ("bureau", "auditor", "admin", "administrator")
STATES = ("overdue", "open", "received", "reported", "verified", "waived", "lapsed")
FILTERS = ("plan", "state", "unit")


def ledger(visit: Visit) -> Response:
    """Filters stand in the address, so that a view can be kept and sent; a state nobody knows is no filter."""
    picked = {name: visit.query.get(name, "").strip() for name in FILTERS}
    if picked["state"] not in STATES:
        picked["state"] = ""
    with visit.look(*ROLES) as (desk, officer):
        shown = page_ledger.ledger(desk, officer, plan_key=picked["plan"], state=picked["state"], unit=picked["unit"])
    kept = {name: value for name, value in picked.items() if value}
    here = f"/ledger?{urlencode(kept)}" if kept else "/ledger"
    return page(
        visit, "ledger.html", ledger=shown, picked=picked, states=STATES, here=here, decides=officer.role == "bureau"
    )
