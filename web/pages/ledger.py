"""The ledger 台账: who is late, what needs a decision, what falls due this week; then every duty over its units.

Three views of the same parts: a list, a grid of units and duties, and a month of days.
"""

from datetime import date, timedelta

from starlette.responses import Response

from storage.rows import Officer
from usecases import page_grid, page_ledger
from usecases.office import Desk
from usecases.page_ledger import ENDED_STATES, STATES, Asked, month_end
from web.address import Address
from web.forms import whole_number
from web.render import page
from web.visit import Visit

ROLES = ("bureau", "auditor", "administrator")
VIEWS = ("list", "grid", "month")
FILTERS = ("plan", "state", "unit", "month", "find")
PLACES = ("view", "duty", "page")
LONGEST_WORDS = 60
MONTHS_BEFORE, MONTHS_AFTER = 12, 15
KINDS = ("overdue", "open", "received", "returned", "reported", "verified", "refused", "waived", "lapsed")


def ledger(visit: Visit) -> Response:
    """Filters stand in the address, so that a view can be kept and sent; a state nobody knows is no filter."""
    picked = _picked(visit)
    asked = asked_in(picked)
    view = picked["view"] or VIEWS[0]
    with visit.look(*ROLES) as (desk, officer):
        first = not any(value for name, value in picked.items() if (name, value) != ("page", "1"))
        shown = page_ledger.ledger(desk, officer, asked, asks=first, listed=view == "list")
        other = _other(desk, officer, asked, view)
        today = desk.today
    return page(
        visit,
        f"ledger_{view}.html",
        ledger=shown,
        other=other,
        picked=picked,
        at=Address("/ledger", {name: value for name, value in picked.items() if value}),
        first=first,
        filtered=any(picked[name] for name in FILTERS) or bool(picked["duty"]),
        views=VIEWS,
        states=(*STATES, *ENDED_STATES),
        kinds=KINDS,
        months=_months(today),
        decides=officer.role == "bureau",
    )


def _other(desk: Desk, officer: Officer, asked: Asked, view: str) -> page_grid.Grid | page_grid.Month | None:
    if view == "grid":
        return page_grid.grid(desk, officer, asked)
    return page_grid.month(desk, officer, asked) if view == "month" else None


def asked_in(picked: dict[str, str]) -> Asked:
    return Asked(
        plan_key=picked["plan"],
        state=picked["state"],
        unit=picked["unit"],
        words=picked["find"],
        month=month_in(picked["month"]),
        occurrence_id=whole_number(picked["duty"]) if picked["duty"] else None,
        page=whole_number(picked["page"]) or 1,
    )


def _picked(visit: Visit) -> dict[str, str]:
    picked = {name: visit.query.get(name, "").replace("\0", "").strip() for name in (*FILTERS, *PLACES)}
    known = {"state": (*STATES, *ENDED_STATES), "view": VIEWS[1:]}
    picked |= {name: "" for name, words in known.items() if picked[name] not in words}
    picked |= {name: "" for name in ("duty", "page") if whole_number(picked[name]) is None}
    picked["month"] = picked["month"] if month_in(picked["month"]) else ""
    picked["find"] = " ".join(picked["find"].split())[:LONGEST_WORDS]
    return picked


def month_in(text: str) -> date | None:
    """The first day of 2026-12."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _months(today: date) -> list[date]:
    """The months one may pick, the present one among them."""
    first = today.replace(day=1)
    months = [first]
    for _ in range(MONTHS_AFTER):
        months.append(month_end(months[-1]) + timedelta(days=1))
    for _ in range(MONTHS_BEFORE):
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return months
