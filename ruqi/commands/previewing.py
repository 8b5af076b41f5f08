"""The preview of a plan: with the office's own roster, or with another one to see what it would be like."""

from dataclasses import replace
from datetime import datetime, timedelta

from ruqi.files import roster_named
from schedules.civil import civil_date
from schedules.errors import RuqiError
from schedules.plan import Plan
from storage import people
from storage.engine import open_store
from usecases import enroll
from usecases.office import Office
from usecases.play import Play, preview


class NobodyYet(RuqiError):
    """The roster is empty, so nobody would be reminded; import one, or preview with --roster sample-roster."""

    key = "nobody_yet"


def preview_of(office: Office, plan: Plan, now: datetime, roster: str | None) -> Play:
    """Until the end of what the plan fixes by date, a year ahead at least."""
    last = civil_date(now, office.zone) + timedelta(days=366)
    if roster is None:
        with office.read(now) as desk:
            if not people.units(desk.tx):
                raise NobodyYet
        return preview(office, plan, now, last)
    store = open_store("sqlite://")
    store.create()
    try:
        elsewhere = replace(office, store=store)
        with elsewhere.write(now) as desk:
            enroll.load_roster(desk, roster_named(roster))
        return preview(elsewhere, plan, now, last)
    finally:
        store.close()
