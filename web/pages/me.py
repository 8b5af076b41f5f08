"""One's own page: leave with a deputy, when and through what one is reminded, the language of what one reads."""

from datetime import date

from starlette.responses import Response

from storage import people, timeline
from storage.rows import Officer
from usecases import confirm_way, contacts, enroll
from usecases.digest_time import set_digest_time
from usecases.leave import end_leave, take_leave
from usecases.office import Desk
from usecases.page_me import my_page
from web.effects import UNIT
from web.forms import whole_number
from web.going import done
from web.intake import once_only
from web.render import page, words
from web.timing_form import BadTimingForm, day_in
from web.visit import Malformed, Visit
from web.wording import Wording

LONGEST_LEAVE = 366
NEW = frozenset({"ask", "confirm", "drop"})
CHANGES_WAYS = (*UNIT, "administrator")


def me(visit: Visit) -> Response:
    with visit.look() as (desk, officer):
        shown = my_page(desk, officer)
    return page(visit, "me.html", me=shown, answers=officer.role in UNIT, told=officer.role in CHANGES_WAYS)


def leave(visit: Visit) -> Response:
    """Somebody's own leave; the bureau may also note it for others, by `officer`."""
    first, last = day_of(visit, "first"), day_of(visit, "last")
    deputy = whole_number(visit.form.get("deputy", ""))
    if not first <= last or (last - first).days > LONGEST_LEAVE:
        raise Malformed

    def take(desk: Desk, by: Officer) -> str:
        officer = whose(desk, by, visit)
        taken = take_leave(desk, officer, first, last, deputy_id=deputy, by=by)
        said = {"name": officer.name, "first": _w(visit).day(first), "last": _w(visit).day(last)}
        stands_in = people.officer_by_id(desk.tx, taken.deputy_id) if taken.deputy_id else None
        if stands_in is None:
            return words(visit.language, "me.leave.taken_alone", **said)
        return words(visit.language, "me.leave.taken", deputy=stands_in.name, **said)

    once_only(visit, take, *UNIT)
    return done(visit, "/me")


def end(visit: Visit) -> Response:
    def back(desk: Desk, by: Officer) -> str:
        officer = whose(desk, by, visit)
        end_leave(desk, officer, by)
        return words(visit.language, "me.leave.ended", name=officer.name)

    once_only(visit, back, *UNIT)
    return done(visit, "/me")


def digest(visit: Visit) -> Response:
    """When the day's reminders come; empty: when the office sends them."""
    at = visit.form.get("at", "")

    def choose(desk: Desk, officer: Officer) -> str:
        if at not in ("", *my_page(desk, officer).hours):
            raise Malformed
        set_digest_time(desk, officer, at)
        return words(visit.language, "me.digest.set", at=at or f"{desk.office.hours.sends:%H:%M}")

    once_only(visit, choose, *UNIT)
    return done(visit, "/me")


def ways(visit: Visit) -> Response:
    """A way put first, tried, or forgotten: one's own, or by the bureau somebody else's."""
    number, verb = whole_number(visit.form.get("way", "")), visit.form.get("do", "")
    if verb in NEW:
        return _new_way(visit, verb)
    if number is None or verb not in ("first", "test", "remove"):
        raise Malformed

    def change(desk: Desk, by: Officer) -> str:
        officer = whose(desk, by, visit)
        if verb == "first":
            contacts.order_ways(desk, by, officer, [number])
        elif verb == "test":
            contacts.send_test(desk, by, officer, number)
        else:
            contacts.remove_way(desk, by, officer, number)
        return words(visit.language, f"me.ways.done.{verb}")

    once_only(visit, change, *CHANGES_WAYS)
    return done(visit, "/me")


def _new_way(visit: Visit, verb: str) -> Response:
    """A way of one's own: the address gets a code, and counts once the code is typed here."""
    channel, address, code = (visit.form.get(name, "") for name in ("channel", "address", "code"))

    def change(desk: Desk, officer: Officer) -> str:
        if verb == "ask":
            address_kept = confirm_way.ask_way(desk, officer, channel, address)
            return words(visit.language, "me.ways.done.ask", address=contacts.shown(channel, address_kept))
        if verb == "confirm":
            confirm_way.confirm_way(desk, officer, code)
        else:
            confirm_way.drop_asked(desk, officer)
        return words(visit.language, f"me.ways.done.{verb}")

    once_only(visit, change, *CHANGES_WAYS)
    return done(visit, "/me")


def chat(visit: Visit) -> Response:
    """A code that binds a chat to oneself, shown once: sent again, the form makes another and the first one is void."""
    with visit.act(*CHANGES_WAYS) as (desk, officer):
        code, until = enroll.invite(desk, officer), desk.now + desk.office.invite_life
        timeline.add(desk.tx, at=desk.now, verb="invite", officer_id=officer.id, door="web", detail={"for": officer.id})
    return page(visit, "me_chat.html", secret=f"/start {code}", until=until)


def whose(desk: Desk, by: Officer, visit: Visit) -> Officer:
    """Oneself, or whom the bureau names; the use case asks whether that may be."""
    number = whole_number(visit.form.get("officer", ""))
    officer = by if number is None else people.officer_by_id(desk.tx, number)
    if officer is None:
        raise Malformed
    return officer


def day_of(visit: Visit, name: str) -> date:
    try:
        return day_in(visit.form.get(name, ""))
    except BadTimingForm as error:
        raise Malformed from error


def _w(visit: Visit) -> Wording:
    return Wording(visit.language, visit.site.office.zone, visit.now)
