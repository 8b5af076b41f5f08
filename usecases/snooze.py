"""Putting a reminder off (稍后): planned rungs before the chosen moment give way to one reminder at it."""

from datetime import datetime, time, timedelta
from typing import Literal

from schedules.civil import instant, local
from schedules.lifecycle import Verb
from storage import reminders
from storage.rows import Officer, PartRow
from usecases.acting import Act, Answer, answer, log, own, repeated, step
from usecases.errors import TooLateToSnooze
from usecases.office import Desk

Until = Literal["afternoon", "next_workday", "three_before"]
AFTERNOON = time(14, 30)
THREE = 3


def snooze(desk: Desk, act: Act, part_id: int, until: Until) -> Answer:
    """Ask again later; the due date is untouched, and what is due that day or overdue is never silenced."""
    part = own(desk, act, part_id)
    if part.settled_at is not None or part.state == "reported":
        return repeated(desk, part, "report")
    step(desk, act, part, Verb.SNOOZE)
    moment = moment_of(desk, part, until)
    reminder, gave_way = put_off(desk, part, act.on_behalf_of or act.officer, moment)
    log(desk, act, part, "snooze", until=moment.isoformat(), reminder=reminder, gave_way=gave_way)
    return answer(desk, act, part.id, "snooze", until=moment)


def put_off(desk: Desk, part: PartRow, officer: Officer, moment: datetime) -> tuple[int, list[int]]:
    """Plan one reminder at that moment and supersede this person's earlier ones; raises TooLateToSnooze.

    Gives the ids of the new reminder and of those that gave way to it.
    """
    last = instant(part.due, desk.office.hours.closes, desk.office.zone)
    if moment <= desk.now or (part.due >= desk.today and moment > last):
        raise TooLateToSnooze(f"Part {part.code} cannot be put off to {moment.isoformat()}.", code=part.code)
    rows = [row for row in reminders.of_parts(desk.tx, [part.id]) if row.officer_id == officer.id]
    early = [row.id for row in rows if row.state == "planned" and row.push_at < moment and not _stays(row.rung)]
    reminders.change(desk.tx, early, state="superseded", reason="snoozed")
    rung = f"snooze{sum(row.rung.startswith('snooze') for row in rows) + 1}"
    row = {"part_id": part.id, "officer_id": officer.id, "rung": rung, "due": part.due, "audience": "officer"}
    reminders.add(desk.tx, [row | {"lies_at": moment, "push_at": moment}])
    mine = (row.id for row in reminders.of_parts(desk.tx, [part.id]) if row.officer_id == officer.id)
    return max(mine), early


def _stays(rung: str) -> bool:
    """What comes on the due date and after it is never put off."""
    return rung == "d0" or rung.startswith("w")


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
