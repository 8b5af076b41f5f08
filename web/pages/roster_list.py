"""A list that was sent: what it would change, then the button, then what it did. Nothing is written before that."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from storage.rows import Officer
from usecases import roster_lists
from usecases.office import Desk
from usecases.roster_lists import OPEN, AdministratorsOnly, Changed, HeldList, ReadList
from web.forms import is_once
from web.going import see
from web.pages import roster
from web.pages.roster import KEEPERS, MOST_LIST, workbooks
from web.render import page
from web.sent_file import Upload
from web.visit import Malformed, Missing, Visit

SECTIONS = ("unit_added", "unit_changed", "officer_added", "officer_changed", "officer_left")
TOLD = 20
"""So many reasons why a file cannot be taken stand on the page."""

log = logging.getLogger(__name__)


class CannotRead(Exception):
    """No list came; `key` names the sentences ``web.people.cannot.<key>``."""


def take_file(visit: Visit) -> Response:
    """Read and rehearse a list, keep it for the next page. What cannot be read is said on the same page."""
    try:
        read = _read(visit, visit.upload)
    except CannotRead as error:
        return roster.show(visit, cannot=str(error))
    if read.roster is None:
        log.warning("a list was not read: %s problems", len(read.remarks))
        return roster.show(visit, remarks=[one for one in read.remarks if one.level == "error"][:TOLD])
    return _keep(visit, read)


def show(visit: Visit) -> Response:
    """The rehearsal, or the report once the list is taken in."""
    with visit.look(*KEEPERS) as (desk, by):
        held = _held(visit, desk, by)
    report = held.report
    return page(
        visit,
        "roster_list.html",
        held=held,
        report=report,
        waiting=held.state == OPEN,
        sections=_sections(report["changes"]),
        changed=visit.query.get("changed") == "yes",
    )


def confirm(visit: Visit) -> Response:
    """Taken in is what was shown: when the roster changed meanwhile, the list is rehearsed and shown again."""
    with visit.look(*KEEPERS) as (desk, by):
        held = _held(visit, desk, by)
    try:
        _take(visit)
    except Changed:
        roster_lists.rehearse_again(visit.site.office, visit.now, by, held)
        return see(f"{_where(visit)}?changed=yes")
    return see(_where(visit))


def drop(visit: Visit) -> Response:
    with visit.act(*KEEPERS) as (desk, by):
        held = _held(visit, desk, by, hold=True)
        if held.state == OPEN:
            roster_lists.drop(desk, held.row)
    return see("/roster")


def _take(visit: Visit) -> None:
    with visit.act(*KEEPERS) as (desk, by):
        held = _held(visit, desk, by, hold=True)
        if held.state == OPEN:
            roster_lists.take(desk, held, by)


def _read(visit: Visit, upload: Upload | None) -> ReadList:
    reader = workbooks(visit)
    if upload is None:
        raise CannotRead("nofile")
    if upload.too_large or upload.size() > MOST_LIST:
        raise CannotRead("toolarge")
    with upload.on_disk() as path:
        return replace(reader.read(path), file=upload.name)


def _keep(visit: Visit, read: ReadList) -> Response:
    once = visit.form.get("once", "")
    if not is_once(once):
        raise Malformed
    with visit.look(*KEEPERS) as (_, by):
        pass
    try:
        report = roster_lists.rehearse(visit.site.office, visit.now, by, read)
    except AdministratorsOnly:
        return roster.show(visit, cannot="administrators")
    with visit.act(*KEEPERS) as (desk, by):
        roster_lists.keep(desk, by, once, read=read, report=report)
    return see(f"/roster/lists/{once}")


def _held(visit: Visit, desk: Desk, by: Officer, *, hold: bool = False) -> HeldList:
    once = visit.params["once"]
    held = roster_lists.find(desk, by, once, hold=hold) if is_once(once) else None
    if held is None:
        raise Missing
    return held


def _sections(changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    kinds = ((kind, [one for one in changes if one["what"] == kind]) for kind in SECTIONS)
    return [(kind, found) for kind, found in kinds if found]


def _where(visit: Visit) -> str:
    return f"/roster/lists/{visit.params['once']}"
