"""The hour at which a person wants the day's reminders, inside office hours; what is planned moves with it."""

from schedules.civil import clock_time
from storage import parts, people
from storage.rows import Officer
from usecases.errors import BadDigestTime
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders


def set_digest_time(desk: Desk, officer: Officer, at: str) -> None:
    """`at` is HH:MM on the office's clock, or empty for the office's own time; raises BadDigestTime."""
    people.change_officer(desk.tx, officer.id, digest_at=_checked(desk, at) if at else "")
    theirs = None if officer.role == "bureau" else officer.unit_id
    plan_reminders(desk, parts.asked_for(desk.tx, theirs))


def _checked(desk: Desk, text: str) -> str:
    hours = desk.office.hours
    try:
        at = clock_time(text.strip())
    except ValueError:
        raise BadDigestTime(f"{text!r} is no time of day; write it as 08:40.") from None
    if not hours.opens <= at < hours.closes:
        raise BadDigestTime(f"{text} is outside office hours, {hours.opens:%H:%M} to {hours.closes:%H:%M}.")
    return f"{at:%H:%M}"
