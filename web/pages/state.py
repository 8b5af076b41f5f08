"""运行状态: the program as its administrator sees it: last beat, queue, failures, estimated years, backups."""

from starlette.responses import Response

from usecases.page_health import health_page
from usecases.remit import KEEPERS
from web.render import page
from web.visit import EVERY_UNIT, Visit


def state(visit: Visit) -> Response:
    with visit.look(*KEEPERS, EVERY_UNIT) as (desk, officer):
        shown = health_page(desk, officer)
    beat = visit.site.pulse()
    since = None if beat is None else int((visit.now - beat).total_seconds())
    return page(
        visit, "state.html", shown=shown, since=since, troubles=visit.site.troubles(), audit=visit.site.audit.report
    )
