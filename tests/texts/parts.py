"""Parts and reminders to write sentences from, with the day counts worked out by the real calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from schedules.workdays import WorkCalendar
from texts.reader import Reader
from texts.values import DigestView, PartView, ReminderView

CALENDAR = WorkCalendar.published()
FRIDAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
ZH, EN = Reader("zh", FRIDAY), Reader("en", FRIDAY)


PART = PartView(
    id=12,
    uid="u-12",
    code=12,
    title="年度心理健康教育活动",
    item="17",
    text="",
    section="",
    plan_key="plan",
    plan="三年行动任务分工",
    unit="示例区教育局",
    unit_id=1,
    role="responsible",
    state="open",
    phase="upcoming",
    due=date(2026, 12, 31),
    rule_day=date(2026, 12, 31),
    stage="",
    days_left=0,
    calendar_days_left=0,
    provisional=False,
    last_workday=date(2026, 12, 31),
    counted=Decimal(0),
    target=Decimal(1),
    unit_of_measure="",
    measure="",
    note="",
    received_by="",
    received_at=None,
    reported_by="",
    reported_at=None,
    verification="none",
    confidential=False,
)


def part(due: date = PART.due, *, today: date = FRIDAY, **changed: Any) -> PartView:  # noqa: ANN401 any field
    """A part of one unit, as the look-up would show it on `today`."""
    dates: dict[str, Any] = {
        "due": due,
        "rule_day": due,
        "days_left": CALENDAR.workdays_between(today, due),
        "calendar_days_left": (due - today).days,
        "provisional": CALENDAR.is_provisional(due),
        "last_workday": CALENDAR.previous_workday(due),
    }
    return replace(PART, **{**dates, "id": changed.get("code", PART.id), **changed})


def reported(given: PartView, **changed: Any) -> PartView:  # noqa: ANN401 any field
    facts: dict[str, Any] = {"state": "reported", "reported_by": "张敏", "reported_at": NINE + timedelta(minutes=14)}
    return replace(given, **facts | changed)


def received(given: PartView) -> PartView:
    return replace(given, state="received", received_by="张敏", received_at=NINE - timedelta(days=3))


def reminder(given: PartView, rung: str = "d30", **changed: Any) -> ReminderView:  # noqa: ANN401 any field
    return replace(ReminderView(given, rung, NINE), **changed)


def view(*reminders: ReminderView, audience: str = "officer", language: str = "zh", **changed: Any) -> DigestView:  # noqa: ANN401 any field
    made = DigestView("张敏", "示例区教育局", language, audience, NINE, FRIDAY, tuple(reminders))
    return replace(made, **changed)
