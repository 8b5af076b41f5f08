"""统计: how units keep their dates, drawn and as tables; the ledger as a workbook, the bulletin as a draft."""

from datetime import date
from http import HTTPStatus
from urllib.parse import quote, urlencode

from starlette.responses import Response

from usecases import bulletin as bulletins
from usecases.ledger_sheet import ledger_sheet
from usecases.office import Desk
from usecases.page_reports import reports_page, this_year
from usecases.statistics import Tally
from web.render import page
from web.site import Sheets
from web.visit import Malformed, Missing, Visit

ROLES = ("bureau", "auditor", "administrator")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_UNITS = 40
"""So many units are drawn; all of them stand in the table."""
LONGEST_NAME = 20


def reports(visit: Visit) -> Response:
    """``?from=2026-01-01&to=2026-12-31&plan=KEY``; without them this year so far, over every plan."""
    return show(visit)


def show(visit: Visit, *, cannot: str = "", why: str = "") -> Response:
    with visit.look() as (desk, officer):
        first, last = _period(visit, desk)
        shown = reports_page(desk, officer, first, last, visit.query.get("plan", ""))
        month = _month_before(desk.today)
    asked = {"from": first.isoformat(), "to": last.isoformat(), "plan": shown.plan_key}
    return page(
        visit,
        "reports.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if cannot else HTTPStatus.OK,
        shown=shown,
        drawn_units=[_bar(name, held) for name, held in shown.units if held.due][:MOST_UNITS],
        drawn_months=[_bar(f"{month:%Y-%m}", held) for month, held in shown.months if held.due],
        overseer=officer.role in ROLES,
        files=visit.site.sheets is not None,
        may_take=officer.role == "bureau",
        query=urlencode(asked),
        month=month,
        cannot=cannot,
        why=why,
    )


def workbook(visit: Visit) -> Response:
    """The ledger of the period as a workbook; officers get their own unit's."""
    writes = sheets(visit)
    with visit.look() as (desk, officer):
        first, last = _period(visit, desk)
        ledger = ledger_sheet(desk, officer, first, last, plan_key=visit.query.get("plan", ""))
    return _file(writes.book(ledger, visit.language), XLSX, f"工作台账-{first}-{last}.xlsx")


def draft(visit: Visit) -> Response:
    """The bulletin draft of one month: ``/reports/2026-11.docx``."""
    writes = sheets(visit)
    try:
        month = date.fromisoformat(f"{visit.params['month']}-01")
    except ValueError:
        raise Missing from None
    with visit.look(*ROLES) as (desk, officer):
        facts = bulletins.bulletin(desk, officer, month)
    return _file(writes.draft(facts, visit.language), DOCX, f"通报-{month:%Y-%m}.docx")


def _bar(name: str, held: Tally) -> tuple[str, float, str]:
    """What a bar says: whose, how long it is (0 to 1), and out of how many."""
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return short, held.on_time_rate or 0.0, f"({held.on_time}/{held.due})"


def sheets(visit: Visit) -> Sheets:
    if visit.site.sheets is None:
        raise Missing
    return visit.site.sheets


def _period(visit: Visit, desk: Desk) -> tuple[date, date]:
    first, last = this_year(desk.today)
    try:
        first = date.fromisoformat(visit.query["from"]) if visit.query.get("from") else first
        last = date.fromisoformat(visit.query["to"]) if visit.query.get("to") else last
    except ValueError:
        raise Malformed from None
    return min(first, last), max(first, last)


def _month_before(day: date) -> date:
    first = day.replace(day=1)
    return first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)


def _file(data: bytes, media_type: str, name: str) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "private, no-store",
    }
    return Response(data, media_type=media_type, headers=headers)
