"""方案: the plans there are and how they stand, a document to read, a shipped plan to take, switching off and on."""

import logging
from http import HTTPStatus

from starlette.responses import Response

from usecases import drafts
from usecases.plan_list import plan_list as listed
from usecases.switch_plan import plan_of
from usecases.switch_plan import switch as switch_plan
from web.going import see
from web.intake import first_time
from web.render import page
from web.sent_file import Upload
from web.site import CannotTake, Documents, ReadPlan
from web.upload import MOST_FILE
from web.visit import EVERY_UNIT, Malformed, Missing, Visit

ROLES = ("bureau", "administrator", EVERY_UNIT)

log = logging.getLogger(__name__)


def plan_list(visit: Visit) -> Response:
    return _page(visit)


def take_file(visit: Visit) -> Response:
    """Read an uploaded document into a draft. What cannot be read is said on the same page, with what to do."""
    try:
        read = _read(_documents(visit), visit.upload)
    except CannotTake as error:
        with visit.look(*ROLES) as (_, officer):
            log.warning("a file sent by officer %s was not read: %s", officer.id, error.kind)
        return _page(visit, cannot=error.kind)
    return _start(visit, read, visit.upload.name if visit.upload else "")


def take_shipped(visit: Visit) -> Response:
    plan = next((one for one in _documents(visit).shipped() if one.key == visit.form.get("plan")), None)
    if plan is None:
        raise Malformed
    return _start(visit, ReadPlan(plan), "")


def switch(visit: Visit) -> Response:
    """Off or on again."""
    state = visit.form.get("state", "")
    if state not in {"on", "off"}:
        raise Malformed
    with visit.act(*ROLES) as (desk, officer):
        switch_plan(desk, plan_of(desk, visit.form.get("plan", "")), officer, on=state == "on")
    return see("/plans#plans")


def _read(documents: Documents, upload: Upload | None) -> ReadPlan:
    if upload is None:
        raise CannotTake("nofile")
    if upload.too_large:
        raise CannotTake("toolarge")
    with upload.on_disk() as path:
        return documents.read(path, upload.stem)


def _start(visit: Visit, read: ReadPlan, file: str) -> Response:
    with visit.act(*ROLES) as (desk, officer):
        if not first_time(visit, desk, officer):
            return see("/plans#drafts")
        number = drafts.start(desk, officer, read.plan, file=file, doubts=read.doubts)
    return see(f"/plans/drafts/{number}")


def _page(visit: Visit, cannot: str = "") -> Response:
    with visit.look(*ROLES) as (desk, _):
        shown = listed(desk)
    documents = visit.site.documents
    shipped = [plan for plan in documents.shipped() if plan.key not in shown.keys] if documents else []
    return page(
        visit,
        "plans.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if cannot else HTTPStatus.OK,
        shown=shown,
        shipped=shipped,
        cannot=cannot,
        reads=documents is not None,
        megabytes=MOST_FILE >> 20,
    )


def _documents(visit: Visit) -> Documents:
    if visit.site.documents is None:
        raise Missing
    return visit.site.documents
