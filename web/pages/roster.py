"""名册: the units and their people, codes and links to let somebody in, and the roster as a workbook."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from starlette.responses import Response

from storage import joinings, people, timeline
from storage.rows import Officer
from usecases import enroll, sign_in
from usecases.ask_to_join import PAGE
from usecases.dead_groups import dead_groups, forget_group
from usecases.errors import NotAllowed
from usecases.joining import waiting_for
from usecases.office import Desk
from usecases.page_me import away_of, my_page
from usecases.page_roster import UnitLine, roster_page
from usecases.remit import reaches, remit
from usecases.roster_lists import Remark
from usecases.take_roster import roster_of
from usecases.unreachable import unreachable
from web.address import Address
from web.forms import whole_number
from web.going import done
from web.intake import once_only
from web.render import page, words
from web.site import Rosters
from web.visit import EVERY_UNIT, Malformed, Missing, Visit

ROLES = ("bureau", "administrator")
KEEPERS = (*ROLES, EVERY_UNIT)
"""Who takes lists in: a list names any unit and any role."""
SHOWS = ("all", "unreached")
MOST_LIST = 5 * 1024 * 1024
A_PAGE = 100
"""Units."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def roster(visit: Visit) -> Response:
    """With ``?find=`` only units that hold these words, with ``?show=unreached`` only people without a chat.

    A page has `A_PAGE` units; what needs somebody's eye stands above them on the first page of all.
    """
    return show(visit)


def show(visit: Visit, *, cannot: str = "", remarks: Sequence[Remark] = ()) -> Response:
    """The page; with `cannot` or the `remarks` that say it, why the list that was sent was not taken."""
    with visit.look(*ROLES) as (desk, by):
        within = remit(desk, by)
        lines, lost = roster_page(desk, within), unreachable(desk, within)
        groups, requests, decides = dead_groups(desk, within), waiting_for(desk, by), by.role == "bureau"
        away = away_of(desk, [person.officer for line in lines for person in line.people])
    asked, sought = visit.query.get("show", ""), " ".join(visit.query.get("find", "").split())
    showing = asked if asked in SHOWS else SHOWS[0]
    staff = [person for line in lines for person in line.people]
    shown = _page_of(_chosen(lines, showing, sought), whole_number(visit.query.get("page", "")) or 1)
    return page(
        visit,
        "roster.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if cannot or remarks else HTTPStatus.OK,
        units=len(lines),
        staff=len(staff),
        unreached=sum(person.chat != "bound" for person in staff),
        **shown,
        at=Address("/roster", {"show": "" if showing == SHOWS[0] else showing, "find": sought}),
        first=showing == SHOWS[0] and not sought and shown["page"] == 1,
        lost=lost,
        groups=groups,
        requests=requests,
        choices=[line.unit for line in lines],
        decides=decides,
        away=away,
        showing=showing,
        shows=SHOWS,
        sought=sought,
        cannot=cannot,
        remarks=remarks,
        files=visit.site.rosters is not None and visit.has_all,
        megabytes=MOST_LIST >> 20,
    )


def person(visit: Visit) -> Response:
    """One person: leave, ways to be reached, a code or a link."""
    number = whole_number(visit.params["number"])
    with visit.look(*ROLES) as (desk, by):
        found = people.officer_by_id(desk.tx, number) if number is not None else None
        if found is None or not found.active or not _may_open(desk, by, found):
            raise Missing
        shown, asked = my_page(desk, found), joinings.of_officer(desk.tx, found.id, PAGE)
    return page(visit, "person.html", me=shown, person=found, asked=asked, bureau=by.role == "bureau")


def _may_open(desk: Desk, by: Officer, person: Officer) -> bool:
    if person.role == "administrator" and by.role != "administrator":
        return False
    return reaches(desk, by, person.unit_id)


def let_in(visit: Visit) -> Response:
    """A code or a link for one person, shown once: sent again, the form makes another and a first code is void."""
    want, number = visit.form.get("want", ""), whole_number(visit.params["number"])
    if want not in {"invite", "link"}:
        raise Malformed
    with visit.act(*ROLES) as (desk, by):
        person = people.officer_by_id(desk.tx, number) if number is not None else None
        if person is None or not person.active or not reaches(desk, by, person.unit_id):
            raise Missing
        if person.role == "administrator" and by.role != "administrator":
            raise NotAllowed("Only an administrator lets administrators in.", role=by.role)
        unit = people.unit_by_id(desk.tx, person.unit_id)
        secret, until = _secret(desk, person, want)
        detail = {"for": person.id}
        timeline.add(desk.tx, at=desk.now, verb=want, officer_id=by.id, door="web", detail=detail)
    home = unit.name if unit else ""
    return page(visit, "roster_secret.html", person=person, unit=home, want=want, secret=secret, until=until)


def forget(visit: Visit) -> Response:
    """Take a dead group off the list: the unit wants none any more."""

    def let_go(desk: Desk, by: Officer) -> str:
        number = whole_number(visit.params["number"])
        if number not in {one.number for one in dead_groups(desk, remit(desk, by))}:
            raise Missing
        return words(visit.language, "dead_groups.forgotten", unit=forget_group(desk, by, number or 0).unit)

    once_only(visit, let_go, "bureau")
    return done(visit, "/roster")


def template(visit: Visit) -> Response:
    with visit.look(*KEEPERS):
        data = workbooks(visit).template(visit.language)
    return _file(data, "roster-template.xlsx")


def download(visit: Visit) -> Response:
    """The present roster; taken in again without a change, it changes nothing."""
    with visit.look(*KEEPERS) as (desk, _):
        held, today = roster_of(desk), desk.today
    return _file(workbooks(visit).as_xlsx(held, visit.language), f"roster-{today:%Y%m%d}.xlsx")


def workbooks(visit: Visit) -> Rosters:
    if visit.site.rosters is None:
        raise Missing
    return visit.site.rosters


def _secret(desk: Desk, person: Officer, want: str) -> tuple[str, datetime]:
    if want == "invite":
        return f"/start {enroll.invite(desk, person)}", desk.now + desk.office.invite_life
    link = f"{desk.office.base_url}/in/{sign_in.issue_link(desk, person)}"
    return link, desk.now + desk.office.link_life


def _chosen(lines: Sequence[UnitLine], showing: str, sought: str) -> list[UnitLine]:
    found = [line for line in lines if any(sought in name for name in line.names())] if sought else list(lines)
    if showing != "unreached":
        return found
    fewer = (replace(line, people=tuple(one for one in line.people if one.chat != "bound")) for line in found)
    return [line for line in fewer if line.people]


def _page_of(lines: Sequence[UnitLine], asked: int) -> dict[str, object]:
    """The lines of the page that was asked for, or of the nearest there is."""
    pages = max(1, -(-len(lines) // A_PAGE))
    number = min(max(1, asked), pages)
    return {"lines": lines[(number - 1) * A_PAGE : number * A_PAGE], "page": number, "pages": pages}


def _file(data: bytes, name: str) -> Response:
    return Response(data, media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})
