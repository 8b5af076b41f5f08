"""A feed as iCalendar (RFC 5545 and 7986), through icalendar's typed values: a pure function of the view.

The same view gives the same bytes: no clock, no random identifier. There is no UID on the calendar itself (vdirsyncer
would drop events) and no METHOD: without one it is a snapshot that schedules nothing (RFC 5545 section 3.7.2), with
PUBLISH each entry would have to name an ORGANIZER (RFC 5546 section 3.2.1).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard, Todo, vDuration, vText

from feeds import wording
from texts.catalogue import say
from texts.values import PartView
from texts.words import clean, counts
from usecases.feed_view import AHEAD, PAST, FeedEntry, FeedView, Sheet

PRODUCT = "-//Ruqi//Ruqi calendar feed//ZH"
COLOUR = "teal"
REFRESH = timedelta(hours=1)
ALARM_BASE = timedelta(hours=9)
"""Alarms count back from 09:00; a relative trigger starts at midnight of the reader's zone (RFC 5545, 3.8.6.3)."""
LONGEST = 10_000
"""Characters in one line of text."""
WHOLE = 100
END = b"END:VCALENDAR\r\n"
_SIGNS = str.maketrans({"\\": "＼", "\ufffe": None, "\uffff": None})
_BORDER = re.compile("(BEGIN|END):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What an entry's bytes depend on besides the entry. `naming_unit`: short codes are unique within one unit only."""

    language: str
    todo: bool
    alarms: tuple[int, ...]
    naming_unit: bool


def render(view: FeedView) -> bytes:
    """The calendar file in UTF-8, lines folded at 75 octets and ended by CRLF."""
    style = Style(view.language, view.todo, view.alarms, wording.several_units(view))
    return bind(view, [piece(style, entry) for entry in view.entries])


def bind(view: FeedView | Sheet, pieces: Sequence[bytes]) -> bytes:
    """The calendar file of entries that are bytes already: a component's lines are the same wherever it stands."""
    calendar = _head(view)
    if not pieces:
        calendar.add_component(_utc())
    head: bytes = calendar.to_ical()
    return b"".join((head.removesuffix(END), *pieces, END))


def piece(style: Style, entry: FeedEntry) -> bytes:
    """One entry's lines."""
    content: bytes = _entry(style, entry).to_ical()
    return content


def line(value: str) -> vText:
    """One line of text, without control, direction or separator signs.

    Two signs become their full-width twins: a backslash, because icalendar 7.3 takes a typed backslash and N for a line
    break when writing, and the colon of a typed BEGIN or END, because ts-ics 2.4 looks for those anywhere in a line.
    Two are left out because XML has no room for them (XML 1.0, 2.2), and CalDAV answers in XML.
    """
    return vText(_BORDER.sub("\\1：", clean(value.translate(_SIGNS), LONGEST)))


def lines(values: Iterable[str]) -> vText:
    """Several of them under each other; the line ends are ours alone."""
    return vText("\n".join(map(line, values)))


def _head(view: FeedView | Sheet) -> Calendar:
    """NAME and COLOR are RFC 7986's; X-WR-CALNAME and X-PUBLISHED-TTL what Apple and Outlook read in their place."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    # icalendar 7.3 knows no type for these names and would write them unescaped, so each value brings its own.
    title = line(view.title)
    calendar.add("NAME", title)
    calendar.add("X-WR-CALNAME", title)
    calendar.add("DESCRIPTION", line(say(view.language, "feed.about", past=PAST.days, ahead=AHEAD.days)))
    calendar.add("COLOR", vText(COLOUR))
    calendar.add("LAST-MODIFIED", _second(view.changed_at))
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    return calendar


def _entry(style: Style, entry: FeedEntry) -> Component:
    part = entry.part
    component = _todo(entry) if style.todo else _event(entry)
    _history(component, entry)
    component.add("CLASS", "CONFIDENTIAL" if part.confidential else "PRIVATE")
    component.add("URL", entry.url)
    summary = line(wording.summary(style.language, entry, naming_unit=style.naming_unit))
    component.add("SUMMARY", summary)
    component.add("DESCRIPTION", lines(wording.description(style.language, entry, naming_unit=style.naming_unit)))
    if kinds := wording.categories(style.language, part):
        component.add("CATEGORIES", [line(kind) for kind in kinds])
        component.add("COLOR", vText(wording.colour(part)))
    if not entry.cancelled and part.state not in wording.DONE:
        for minutes in style.alarms:
            component.add_component(_alarm(summary, minutes, todo=style.todo))
    return component


def _event(entry: FeedEntry) -> Event:
    """A whole day that blocks nobody's time. DTEND is the day after, which is where a date ends (RFC 5545, 3.6.1)."""
    event = Event()
    event.add("DTSTART", entry.part.due)
    event.add("DTEND", entry.part.due + timedelta(days=1))
    event.add("TRANSP", "TRANSPARENT")
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _todo(entry: FeedEntry) -> Todo:
    part = entry.part
    todo = Todo()
    todo.add("DUE", part.due)
    todo.add("STATUS", _todo_status(entry))
    todo.add("PERCENT-COMPLETE", _percent(part))
    if part.state in wording.DONE and part.reported_at is not None and not entry.cancelled:
        todo.add("COMPLETED", _second(part.reported_at))
    return todo


def _todo_status(entry: FeedEntry) -> str:
    if entry.cancelled:
        return "CANCELLED"
    if entry.part.state in wording.DONE:
        return "COMPLETED"
    return "IN-PROCESS" if entry.part.state == "received" else "NEEDS-ACTION"


def _percent(part: PartView) -> int:
    """All of it once reported; before that only what was counted, and never all of it."""
    if part.state in wording.DONE:
        return WHOLE
    if not counts(part) or part.target <= 0:
        return 0
    return min(max(int(WHOLE * part.counted / part.target), 0), WHOLE - 1)


def _history(component: Component, entry: FeedEntry) -> None:
    """Which revision this is. Without METHOD, DTSTAMP is the time of the last revision (RFC 5545, 3.8.7.2).

    The UID is the part's own UUID and nothing else: no host, no person (RFC 7986 section 5.3), so it outlives a move.
    """
    component.add("UID", entry.part.uid)
    component.add("SEQUENCE", entry.sequence)
    component.add("CREATED", _second(entry.created_at))
    component.add("DTSTAMP", _second(entry.changed_at))
    component.add("LAST-MODIFIED", _second(entry.changed_at))


def _alarm(summary: vText, minutes: int, *, todo: bool) -> Alarm:
    """A to-do has no start, so its alarm counts from the due date (RFC 5545 section 3.8.6.3)."""
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", summary)
    trigger = ALARM_BASE - timedelta(minutes=minutes)
    alarm.add("TRIGGER", trigger, parameters={"RELATED": "END"} if todo else {})
    return alarm


def _utc() -> Timezone:
    """What an empty calendar holds, as the grammar asks for at least one component (RFC 5545 section 3.4)."""
    standard = TimezoneStandard()
    standard.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 - an observance starts in local time (3.6.5)
    standard.add("TZOFFSETFROM", timedelta(0))
    standard.add("TZOFFSETTO", timedelta(0))
    zone = Timezone()
    zone.add("TZID", "Etc/UTC")
    zone.add_component(standard)
    return zone


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
