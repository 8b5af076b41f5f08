"""Strangers read our feeds: the library itself, an expander of calendars, libical, and three readers from npm.

Each judge is also shown something broken first, so that its silence about ours is worth something.
"""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from feeds.calendar import render
from tests.feeds.hostile import KNOWN
from tests.feeds.views import UID, entry, view
from tests.judges import ical_js, ical_libical
from usecases.feed_view import FeedView

REPORTED: dict[str, Any] = {"state": "reported", "phase": "settled", "reported_at": datetime(2026, 11, 20, tzinfo=UTC)}
ENTRIES = (
    entry(),
    entry(uid="done", code=13, due=date(2026, 2, 28), **REPORTED),
    entry(uid="late", code=14, due=date(2026, 10, 1), phase="overdue", days_left=-20),
    entry(3, uid="gone", code=15, cancelled=True),
    entry(uid="secret", code=16, confidential=True, due=date(2028, 2, 29)),
)
EVENTS = view(*ENTRIES, alarms=(0, 1440))
TODOS = view(*ENTRIES, alarms=(0, 1440), todo=True)
HOSTILE = view(*(entry(uid=f"h{n}", title=text, text=text, plan=text) for n, text in enumerate(KNOWN)))
SUMMARIES = {
    UID: "办12 年度心理健康教育活动",
    "done": "✅ 办13 年度心理健康教育活动",
    "late": "❗ 办14 年度心理健康教育活动",
    "gone": "(已取消) 办15 年度心理健康教育活动",
    "secret": "办16",
}
FEEDS = pytest.mark.parametrize("feed", [EVENTS, TODOS, HOSTILE], ids=["events", "todos", "hostile"])


@pytest.fixture(scope="module")
def libical() -> str:
    library = ical_libical.find_library()
    if library is None:
        pytest.skip("libical is not installed; `make test` as root installs it on Debian")
    return library


@pytest.fixture(scope="module")
def npm_readers() -> Path:
    try:
        return ical_js.install()
    except ical_js.NotInstalled as error:
        pytest.skip(str(error))


@FEEDS
def test_icalendar_reads_back_what_it_wrote(feed: FeedView) -> None:
    content = render(feed)
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.to_ical() == content
    assert not [component.errors for component in calendar.walk() if component.errors]


def test_icalendar_reads_the_days() -> None:
    calendar = icalendar.Calendar.from_ical(render(EVENTS))
    days = {str(event["UID"]): event.decoded("DTSTART") for event in calendar.walk("VEVENT")}
    assert days == {e.part.uid: e.part.due for e in ENTRIES}
    calendar.validate()  # type: ignore[no-untyped-call]  # the library types its own checks not yet


def test_expanded_over_three_years_each_part_stands_on_its_day_once() -> None:
    expanded = recurring_ical_events.of(icalendar.Calendar.from_ical(render(EVENTS))).between(
        (2026, 1, 1), (2029, 1, 1)
    )
    assert sorted((event["DTSTART"].dt, str(event["UID"])) for event in expanded) == sorted(
        (e.part.due, e.part.uid) for e in ENTRIES
    )
    leap_day = recurring_ical_events.of(icalendar.Calendar.from_ical(render(EVENTS))).at((2028, 2, 29))
    assert [str(event["UID"]) for event in leap_day] == ["secret"]


def test_libical_complains_where_it_should(libical: str) -> None:
    broken = render(EVENTS).replace(b"TRANSP:TRANSPARENT\r\n", b"RRULE:FREQ=SOMETIMES\r\n", 1)
    assert ical_libical.judge(libical, broken).complaints


@FEEDS
def test_libical_has_no_complaint(libical: str, feed: FeedView) -> None:
    verdict = ical_libical.judge(libical, render(feed))
    assert (verdict.complaints, verdict.restrictions_kept) == ((), True)
    assert len(verdict.entries) == len(feed.entries)


def test_libical_reads_the_same(libical: str) -> None:
    assert dict(ical_libical.judge(libical, render(EVENTS)).entries) == SUMMARIES


def test_npm_readers_complain_where_they_should(npm_readers: Path, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    file.write_bytes(render(EVENTS).replace(b"DTSTAMP", b"X-STAMP"))
    assert not ical_js.judge(npm_readers, file)["tsIcs"]["valid"]
    file.write_bytes(render(EVENTS).replace(b"TRANSP:TRANSPARENT", b"no content line"))
    with pytest.raises(subprocess.CalledProcessError):
        ical_js.judge(npm_readers, file)


@FEEDS
def test_npm_readers_have_no_complaint(npm_readers: Path, tmp_path: Path, feed: FeedView) -> None:
    file = tmp_path / "feed.ics"
    file.write_bytes(render(feed))
    verdict = ical_js.judge(npm_readers, file)
    assert verdict["tsIcs"] == {"valid": True, "complaints": []}
    assert len(verdict["icalJs"]["entries"]) == len(verdict["nodeIcal"]) == len(feed.entries)


def test_npm_readers_read_the_same(npm_readers: Path, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    file.write_bytes(render(EVENTS))
    verdict = ical_js.judge(npm_readers, file)
    read = verdict["icalJs"]
    assert (read["name"], read["refresh"]) == ("如期 · 某局", {"type": "duration", "value": "PT1H"})
    assert {e["uid"]: e["summary"] for e in read["entries"]} == SUMMARIES
    assert {e["uid"]: e["summary"] for e in verdict["nodeIcal"]} == SUMMARIES
    first, done, late, gone, _ = read["entries"]
    assert (first["start"], first["end"], first["wholeDay"]) == ("2026-12-31", "2027-01-01", True)
    assert (first["alarms"], done["alarms"]) == (["PT9H", "-PT15H"], [])
    assert (late["categories"], gone["status"], gone["sequence"]) == (["未签收", "逾期"], "CANCELLED", 3)


def test_lock_of_the_npm_readers_names_no_registry() -> None:
    assert not [file.name for file in ical_js.HERE.iterdir() if file.suffix == ".json" and b"://" in file.read_bytes()]
