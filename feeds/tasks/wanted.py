"""What an app sent back, read: how far the task is, and whether its words or dates are others than ours."""

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar, Todo

from usecases.task_list import NotForApps, Progress, Wanted

WHOLE = 100
OURS = ("SUMMARY", "DESCRIPTION", "DUE", "DTSTART", "DURATION", "RRULE", "RDATE", "EXDATE", "LOCATION", "ATTENDEE")
"""What people edit. Revisions, alarms, sorting and the app's own marks are not looked at: apps write them unasked."""
PROGRESS: dict[str, Progress] = {"NEEDS-ACTION": "waiting", "IN-PROCESS": "begun", "COMPLETED": "done"}


def wanted(sent: str, ours: str) -> Wanted:
    """What `sent` asks for, against our own text of the same task. Raises NotForApps, ValueError."""
    theirs, own = _todo(sent), _todo(ours)
    rewritten = any(_text(theirs, name) != _text(own, name) for name in OURS)
    return Wanted(_progress(theirs), at=_moment(theirs.get("COMPLETED")), rewritten=rewritten)


def _todo(text: str) -> Todo:
    """The only task in it; one with exceptions of a series (RECURRENCE-ID) is none of ours."""
    try:
        parts = Calendar.from_ical(text).walk("VTODO")
    except (AttributeError, TypeError, LookupError) as error:  # icalendar stumbles over a VALUE of two
        raise NotForApps from error
    found = [part for part in parts if isinstance(part, Todo)]
    if len(found) != 1:
        raise NotForApps
    return found[0]


def _progress(todo: Todo) -> Progress:
    """By STATUS; where an app leaves it out, by COMPLETED and PERCENT-COMPLETE. CANCELLED is the bureau's to say."""
    status = str(todo.get("STATUS", "")).upper()
    if status in PROGRESS:
        return PROGRESS[status]
    if status:
        raise NotForApps
    percent = todo.get("PERCENT-COMPLETE", 0)
    if not isinstance(percent, int):  # given twice it is a list
        raise NotForApps
    if "COMPLETED" in todo or percent >= WHOLE:
        return "done"
    return "begun" if percent > 0 else "waiting"


def _text(todo: Todo, name: str) -> str:
    """A value as it is written, without line ends and outer blanks, which apps change unasked; empty for none."""
    value: Any = todo.get(name)
    if value is None:
        return ""
    if isinstance(moment := getattr(value, "dt", None), date):
        return moment.isoformat()
    said = value.to_ical() if hasattr(value, "to_ical") else str(value)
    written = said.decode() if isinstance(said, bytes) else said  # icalendar gives either
    return " ".join(written.replace("\\n", " ").split())


def _moment(value: Any) -> datetime | None:  # noqa: ANN401 - a property of any type
    at = getattr(value, "dt", None)
    if not isinstance(at, datetime):
        return None
    return at.astimezone(UTC) if at.tzinfo else None
