"""The addresses of the statistics, the workbook and the bulletin."""

from starlette.routing import Route

from web.entry import get, post
from web.pages import ledger_back, reports
from web.site import Site
from web.upload import upload

HELD = "/reports/ledgers/{once}"


def report_routes(site: Site) -> list[Route]:
    return [
        get(site, "/reports", reports.reports),
        get(site, "/reports/ledger.xlsx", reports.workbook),
        get(site, "/reports/{month}.docx", reports.draft),
        upload(site, "/reports/ledgers", ledger_back.take_file, *ledger_back.ROLES),
        get(site, HELD, ledger_back.show),
        post(site, HELD, ledger_back.confirm),
        post(site, f"{HELD}/drop", ledger_back.drop),
    ]
