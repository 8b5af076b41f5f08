"""Announcing: one text of the bureau to many. Drafted, counted and shown, then sent at a second confirmation."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from schedules.civil import instant
from storage import announcements, parts, people, plans, standing, timeline
from storage.rows import Announcement, Officer
from texts import announcing
from texts.reader import Reader
from texts.values import Message
from usecases.errors import BadAnnouncement, NobodyToTell, NoSuchDraft, NoSuchPlan, NotAllowed, TooManyAnnouncements
from usecases.office import Desk
from usecases.plan_reminders import staff_of
from usecases.remit import remit
from usecases.tell import tell_people

TOLD = "told"
"""Beside the audience of a sent announcement: the ids of the people it was sent to."""
LIES = timedelta(days=30)
"""How long an announcement lies in the web inbox."""
LONGEST = 1000
"""Characters of an announcement."""
Audience = Mapping[str, str]
"""{"to": "all"} | {"to": "category", "name": …} | {"to": "overdue"} | {"to": "plan", "name": the plan's key}."""


def draft(desk: Desk, by: Officer, text: str, audience: Audience) -> Announcement:
    """Write it down and count the people it would reach; nothing is sent yet.

    Raises NotAllowed, BadAnnouncement, NoSuchPlan, NobodyToTell.
    """
    _only_bureau(by)
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise BadAnnouncement(f"An announcement has 1 to {LONGEST} characters.", most=LONGEST)
    told = recipients(desk, audience, by)
    if not told:
        raise NobodyToTell(f"Nobody is in the audience {dict(audience)}; choose another.")
    announcement_id = announcements.add(
        desk.tx,
        text=words,
        audience=dict(audience),
        recipients=len(told),
        created_by=by.id,
        created_at=desk.now,
    )
    made = announcements.by_id(desk.tx, announcement_id)
    assert made is not None  # noqa: S101 it was just written
    return made


def preview(desk: Desk, reader: Reader, announcement: Announcement) -> Message:
    """The very message people would get, in that reader's language."""
    return announcing.announcement(reader, _signature(desk, announcement.created_by), announcement.text)


def send(desk: Desk, by: Officer, announcement_id: int) -> Announcement:
    """Send one's own draft, within the time it waits; leaves in office hours, one message a chat.

    Raises NotAllowed, NoSuchDraft, TooManyAnnouncements.
    """
    _only_bureau(by)
    held = announcements.by_id(desk.tx, announcement_id)
    if held is None or held.created_by != by.id or desk.now - held.created_at > desk.office.confirm_life:
        raise NoSuchDraft(f"There is no draft {announcement_id} of yours to send; write it again.")
    midnight = instant(desk.today, time(0), desk.office.zone)
    if len(announcements.sent_since(desk.tx, midnight)) >= desk.office.announcements_a_day:
        most = desk.office.announcements_a_day
        raise TooManyAnnouncements(f"{most} announcements have gone out today; send it tomorrow.", most=most)
    told = recipients(desk, held.audience, by)
    audience = {**held.audience, TOLD: [officer.id for officer in told]}
    if not announcements.settle(desk.tx, held.id, "sent", sent_at=desk.now, recipients=len(told), audience=audience):
        raise NoSuchDraft(f"The draft {announcement_id} was sent already.")
    tell_people(desk, told, lambda reader: preview(desk, reader, held), key=f"announce:{held.id}")
    detail = {"announcement": held.id, "audience": dict(held.audience), "people": len(told)}
    timeline.add(desk.tx, at=desk.now, verb="announce", officer_id=by.id, door="", words=held.text, detail=detail)
    return announcements.by_id(desk.tx, held.id) or held


def lying(desk: Desk, officer: Officer) -> tuple[Announcement, ...]:
    """What lies in a person's web inbox: they were told, by chat or, without one, here; the newest first."""
    sent = announcements.sent_since(desk.tx, desk.now - LIES)
    return tuple(one for one in reversed(sent) if officer.id in one.audience.get(TOLD, ()))


def decided(desk: Desk, by: Officer, announcement_id: int) -> Announcement | None:
    """One's own announcement that was sent or dropped before; None for a draft and for another's."""
    held = announcements.by_id(desk.tx, announcement_id)
    return held if held is not None and held.created_by == by.id and held.state != "draft" else None


def drop(desk: Desk, by: Officer, announcement_id: int) -> None:
    """Throw a draft away."""
    _only_bureau(by)
    announcements.settle(desk.tx, announcement_id, "dropped")


def recipients(desk: Desk, audience: Mapping[str, Any], by: Officer) -> list[Officer]:
    """The people who answer for the units in that audience that the author's role reaches, each once."""
    staff, within = staff_of(desk), remit(desk, by)
    units = [unit_id for unit_id in _units(desk, audience) if within is None or unit_id in within]
    found = {o.id: o for unit_id in units for o in staff.recipients(unit_id, "officer")}
    return [officer for officer in found.values() if officer.role != "bureau"]


def _units(desk: Desk, audience: Mapping[str, Any]) -> list[int]:
    match audience.get("to"):
        case "all":
            return [unit.id for unit in people.units(desk.tx)]
        case "category":
            return [unit.id for unit in people.units(desk.tx) if audience.get("name") in unit.categories]
        case "overdue":
            return standing.late_units(desk.tx, desk.today)
        case "plan":
            found = next((plan for plan in plans.all_plans(desk.tx) if plan.key == audience.get("name")), None)
            if found is None:
                raise NoSuchPlan(f"There is no plan {audience.get('name')!r}.", key=audience.get("name"))
            return list(
                dict.fromkeys(row.unit_id for row in parts.of_plan(desk.tx, found.id) if row.settled_at is None)
            )
        case _:
            return []


def _signature(desk: Desk, officer_id: int) -> str:
    officer = people.officer_by_id(desk.tx, officer_id)
    unit = people.unit_by_id(desk.tx, officer.unit_id) if officer else None
    return unit.name if unit else ""


def _only_bureau(by: Officer) -> None:
    if by.role != "bureau":
        raise NotAllowed("Only the bureau announces; nothing was sent.", role=by.role, verb="announce")
