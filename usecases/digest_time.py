"""The hour at which a person wants the day's reminders; it has to lie in office hours."""

from datetime import time

from storage import people
from storage.rows import Officer
from usecases.errors import BadDigestTime
from usecases.office import Desk


def set_digest_time(desk: Desk, officer: Officer, at: str) -> None:
    """`at` is HH:MM on the office's clock, or empty for the office's own time; raises BadDigestTime."""
    hours = desk.office.hours
    if at and not hours.opens <= time.fromisoformat(at) <= hours.closes:
        raise BadDigestTime(f"{at} is outside office hours, {hours.opens:%H:%M} to {hours.closes:%H:%M}.")
    people.change_officer(desk.tx, officer.id, digest_at=at)
