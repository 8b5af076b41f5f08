"""A notice of the bureau to many: written, shown with the number of people, and sent at a second confirmation."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from schedules.civil import civil_date
from storage import announcements, people, plans
from storage.rows import Officer
from texts.reader import Reader
from usecases import announce
from usecases.announce import LONGEST
from usecases.errors import Refused
from usecases.office import Desk
from usecases.remit import has_all
from web.effects import BUREAU
from web.forms import whole_number
from web.going import done, see
from web.intake import first_time, once_only
from web.render import page, words
from web.visit import Malformed, Missing, Visit

RECENT = timedelta(days=90)
Choice = tuple[str, str, str]
"""The value of a form's choice, the key of its words, and the name in them."""


def write(visit: Visit) -> Response:
    with visit.look(*BUREAU) as (desk, officer):
        choices = _choices(desk)
        mine = None if has_all(desk, officer) else {one.id for one in people.officers_of(desk.tx, officer.unit_id)}
        every = announcements.sent_since(desk.tx, desk.now - RECENT)
        sent = [one for one in every if mine is None or one.created_by in mine]
    names = {value: (key, name) for value, key, name in choices}
    told = [(one, names.get(_value(one.audience), ("gone", ""))) for one in reversed(sent)]
    return page(visit, "announce.html", choices=choices, sent=told, most=LONGEST)


def draft(visit: Visit) -> Response:
    """Kept and counted; nothing is sent yet."""
    to, _, name = visit.form.get("to", "").partition(":")
    audience = {"to": to} | ({"name": name} if name else {})
    with visit.act(*BUREAU) as (desk, officer):
        if not first_time(visit, desk, officer):
            return see("/announce")
        made = announce.draft(desk, officer, visit.form.get("text", ""), audience)
    return see(f"/announce/{made.id}")


def show(visit: Visit) -> Response:
    """The very message, and how many people would get it."""
    with visit.look(*BUREAU) as (desk, officer):
        held = announcements.by_id(desk.tx, _number(visit))
        if held is None or held.created_by != officer.id:
            raise Missing
        reader = Reader(visit.language, civil_date(desk.now, desk.office.zone), desk.office.zone)
        message = announce.preview(desk, reader, held)
        told = announce.recipients(desk, held.audience, officer)
        without = _without_chat(desk, told)
        leaves_at = desk.office.opening.push_moment(desk.now)
    return page(
        visit, "announce_draft.html", held=held, message=message, told=told, without=without, leaves_at=leaves_at
    )


def send(visit: Visit) -> Response:
    def leave(desk: Desk, officer: Officer) -> str:
        sent = announce.send(desk, officer, _number(visit))
        return words(visit.language, "announce.done", n=sent.recipients)

    once_only(visit, leave, *BUREAU)
    return done(visit, "/announce")


def drop(visit: Visit) -> Response:
    def throw(desk: Desk, officer: Officer) -> str:
        held = announcements.by_id(desk.tx, _number(visit))
        if held is None or held.created_by != officer.id:
            raise Refused
        announce.drop(desk, officer, held.id)
        return words(visit.language, "announce.dropped")

    once_only(visit, throw, *BUREAU)
    return done(visit, "/announce")


def _choices(desk: Desk) -> list[Choice]:
    categories = dict.fromkeys(name for unit in people.units(desk.tx) for name in unit.categories)
    followed = [plan for plan in plans.all_plans(desk.tx) if plan.state == "on"]
    return [
        ("all", "all", ""),
        ("overdue", "overdue", ""),
        *((f"category:{name}", "category", name) for name in categories),
        *((f"plan:{plan.key}", "plan", plan.heading) for plan in followed),
    ]


def _value(audience: dict[str, str]) -> str:
    return audience["to"] + (f":{audience['name']}" if "name" in audience else "")


def _without_chat(desk: Desk, told: Sequence[Officer]) -> list[Officer]:
    reached = {contact.officer_id for contact in people.contacts(desk.tx, [officer.id for officer in told])}
    return [officer for officer in told if officer.id not in reached]


def _number(visit: Visit) -> int:
    number = whole_number(visit.params["number"])
    if number is None:
        raise Malformed
    return number
