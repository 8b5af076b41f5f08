"""A ledger workbook that comes back: what it would record, then the button, then what was recorded."""

import logging

from starlette.responses import Response

from storage.rows import Officer
from usecases import held_ledgers
from usecases.held_ledgers import OPEN, HeldLedger
from usecases.office import Desk
from web.forms import is_once
from web.going import see
from web.pages import reports
from web.render import page
from web.site import CannotTake
from web.visit import Malformed, Missing, Visit

ROLES = ("bureau",)
MOST = 5 * 1024 * 1024
KNOWN = frozenset({"no_columns"})

log = logging.getLogger(__name__)


def take_file(visit: Visit) -> Response:
    """Read a workbook and keep it for the next page. What cannot be read is said on the statistics page."""
    reads, upload, once = reports.sheets(visit), visit.upload, visit.form.get("once", "")
    if not is_once(once):
        raise Malformed
    if upload is None:
        return reports.show(visit, cannot="nofile")
    if upload.too_large or upload.size() > MOST:
        return reports.show(visit, cannot="toolarge")
    try:
        with upload.on_disk() as path:
            lines = reads.read(path)
    except CannotTake as refusal:
        log.warning("a ledger was not read: %s", refusal.kind)
        return reports.show(visit, cannot="no_columns" if refusal.kind in KNOWN else "not_read", why=refusal.kind)
    with visit.act(*ROLES) as (desk, by):
        held_ledgers.keep(desk, by, once, file=upload.name, lines=lines)
    return see(f"/reports/ledgers/{once}")


def show(visit: Visit) -> Response:
    with visit.look(*ROLES) as (desk, by):
        held = _held(visit, desk, by)
    changed = visit.query.get("changed") == "yes"
    return page(visit, "ledger_back.html", held=held, waiting=held.state == OPEN, changed=changed)


def confirm(visit: Visit) -> Response:
    """Recorded is what was shown; when the ledger changed meanwhile, the newer look is shown first."""
    with visit.act(*ROLES) as (desk, by):
        held = _held(visit, desk, by, hold=True)
        same = held.state != OPEN or held_ledgers.confirm(desk, held, by)
    return see(_where(visit) if same else f"{_where(visit)}?changed=yes")


def drop(visit: Visit) -> Response:
    with visit.act(*ROLES) as (desk, by):
        held = _held(visit, desk, by, hold=True)
        if held.state == OPEN:
            held_ledgers.drop(desk, held)
    return see("/reports")


def _held(visit: Visit, desk: Desk, by: Officer, *, hold: bool = False) -> HeldLedger:
    once = visit.params["once"]
    held = held_ledgers.find(desk, by, once, hold=hold) if is_once(once) else None
    if held is None:
        raise Missing
    return held


def _where(visit: Visit) -> str:
    return f"/reports/ledgers/{visit.params['once']}"
