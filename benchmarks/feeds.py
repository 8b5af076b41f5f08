"""A feed that nobody changed, fetched again, against drawing it anew."""

from dataclasses import replace
from datetime import date, timedelta

from benchmarks.measure import Row, paired
from benchmarks.plays import sample_office
from feeds.calendar import render
from feeds.routes import FORMS, written
from plans.library import load, load_roster
from schedules.civil import instant
from usecases.enroll import find_officer
from usecases.enroll import load_roster as enrol
from usecases.feed import FeedView, create_feed, open_feed
from usecases.import_plan import import_plan

COPIES = 4


def run() -> list[Row]:
    view = _bureau_view()
    calendar = FORMS[0]
    a, b = paired(lambda: written(calendar, view), lambda: render(view))
    name = f"a feed of {len(view.entries)} events, unchanged, against drawing it"
    return [Row(name, a * 1e3, b * 1e3, "ms", "≤ 0.05")]


def _bureau_view() -> FeedView:
    """The bureau's calendar of the Hongsibu plan in 2024, taken several times over."""
    plan, roster = load("hongsibu").plan, load_roster().roster
    assert plan is not None  # noqa: S101 the plan is shipped
    assert roster is not None  # noqa: S101 the roster is shipped
    office = sample_office()
    office.store.create()
    now = instant(date(2024, 1, 2), office.hours.sends, office.zone)
    with office.write(now) as desk:
        enrol(desk, roster)
        import_plan(desk, plan)
        bureau = next(o.name for unit in roster.units for o in unit.officers if o.role == "bureau")
        secret = create_feed(desk, find_officer(desk, bureau), "bureau")
    with office.read(now + timedelta(hours=1)) as desk:
        view = open_feed(desk, secret)
    assert view is not None  # noqa: S101 it was made above
    return replace(view, entries=view.entries * COPIES)
