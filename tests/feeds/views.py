"""Feeds to draw: one part in one calendar, with whatever a test wants to be otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from texts.values import PartView
from usecases.feed_view import FeedEntry, FeedView

UID = "0b1f6a6e-5b3c-5a1e-9d55-0f0e0d0c0b0a"
MADE = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
CHANGED = datetime(2026, 11, 20, 8, 30, 15, 987654, tzinfo=UTC)
DUE = date(2026, 12, 31)
LINK = f"https://ruqi.example/parts/{UID}"

PART = PartView(
    id=1,
    uid=UID,
    code=12,
    title="年度心理健康教育活动",
    item="17",
    text="每年至少组织一次心理健康教育活动，留存签到表。",
    section="加强队伍建设",
    plan_key="hongsibu-2023",
    plan="红寺堡区三年行动任务分工",
    unit="某局",
    unit_id=1,
    role="responsible",
    state="open",
    phase="upcoming",
    due=DUE,
    rule_day=DUE,
    stage="",
    days_left=28,
    calendar_days_left=40,
    provisional=False,
    last_workday=DUE,
    counted=Decimal(0),
    target=Decimal(1),
    unit_of_measure="",
    measure="",
    note="签到表在二楼",
    received_by="",
    received_at=None,
    reported_by="",
    reported_at=None,
    verification="none",
    confidential=False,
)


def part(**other: Any) -> PartView:  # noqa: ANN401 - fields of any type
    return replace(PART, **other)


def entry(sequence: int = 0, *, cancelled: bool = False, **other: Any) -> FeedEntry:  # noqa: ANN401 - fields of any type
    return FeedEntry(part(**other), sequence, MADE, CHANGED, cancelled, LINK)


def view(*entries: FeedEntry, **other: Any) -> FeedView:  # noqa: ANN401 - fields of any type
    return replace(FeedView("如期 · 某局", "zh", entries or (entry(),), CHANGED), **other)
