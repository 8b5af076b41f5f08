"""Putting a reminder off (稍后): planned rungs before the chosen moment give way to one reminder at it."""

from datetime import datetime, time, timedelta
from typing import Literal

from schedules.civil import instant, local
from storage import reminders
from storage.rows import Officer, PartRow
from usecases.errors import TooLateToSnooze
from usecases.office import Desk

Until = Literal["afternoon", "next_workday", "three_before"]
AFTERNOON = time(14, 30)
THREE = 3


def put_off(desk: Desk, part: PartRow, officer: Officer, until: Until) -> datetime:
    """Plan one reminder at the chosen moment and supersede this person's earlier ones; raises TooLateToSnooze."""
    moment = moment_of(desk, part, until)
    last = instant(part.due, desk.office.hours.closes, desk.office.zone)
    if moment <= desk.now or (part.due >= desk.today and moment > last):
        raise TooLateToSnooze(f"Part {part.code} cannot be put off to {moment.isoformat()}.", code=part.code)
    rows = [row for row in reminders.of_parts(desk.tx, [part.id]) if row.officer_id == officer.id]
    early = [row.id for row in rows if row.push_at < moment and row.rung != "d0" and not row.rung.startswith("w")]
    reminders.change(desk.tx, early, state="superseded", reason="snoozed")
    rung = f"snooze{sum(row.rung.startswith('snooze') for row in rows) + 1}"
    row = {"part_id": part.id, "officer_id": officer.id, "rung": rung, "due": part.due, "audience": "officer"}
    reminders.add(desk.tx, [row | {"lies_at": moment, "push_at": moment}])
    return moment


def moment_of(desk: Desk, part: PartRow, until: Until) -> datetime:
    """This afternoon, the next working day's sending time, or three working days before the due date."""
    office = desk.office
    match until:
        case "afternoon":
            return office.opening.push_moment(instant(desk.today, AFTERNOON, office.zone))
        case "next_workday":
            tomorrow = local(desk.now, office.zone).date() + timedelta(days=1)
            return instant(office.calendar.next_workday(tomorrow), office.hours.sends, office.zone)
        case "three_before":
            return instant(office.calendar.add_workdays(part.due, -THREE), office.hours.sends, office.zone)
