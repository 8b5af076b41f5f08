"""The terms reminders are planned on: zone, hours, ladders and working days, remembered to notice when they change."""

import hashlib
from datetime import date, timedelta
from functools import lru_cache

from schedules.workdays import WorkCalendar
from storage import meta
from usecases.office import Desk

KEY = "terms"
YEARS_BACK, YEARS_AHEAD = 1, 2


def terms_changed(desk: Desk) -> bool:
    """Whether the terms differ from the remembered ones; they are remembered from now on."""
    terms, known = _fingerprint(desk), meta.get(desk.tx, KEY)
    if terms == known:
        return False
    meta.put(desk.tx, KEY, terms)
    return known is not None


def _fingerprint(desk: Desk) -> str:
    office = desk.office
    ladders = sorted(office.ladders.items())
    worked = _worked(office.calendar, desk.today.year)
    return hashlib.sha256(repr((office.zone.key, office.hours, ladders, worked)).encode()).hexdigest()


@lru_cache(maxsize=8)
def _worked(calendar: WorkCalendar, year: int) -> str:
    """Every day that a reminder planned in `year` may depend on; a new year looks further and so counts as a change."""
    first, last = date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return "".join("1" if calendar.is_workday(day) else "0" for day in days)
