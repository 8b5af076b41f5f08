"""What stands in a calendar, property by property; and that nothing else does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from feeds.calendar import render
from tests.feeds.strict import Component, read
from tests.feeds.views import CHANGED, LINK, UID, entry, view
from texts.values import SHANGHAI
from usecases.feed_view import FeedEntry

CALENDAR = {"VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "DESCRIPTION", "COLOR", "LAST-MODIFIED"}
CALENDAR |= {"REFRESH-INTERVAL", "X-PUBLISHED-TTL"}
COMMON = {"UID", "SEQUENCE", "CREATED", "DTSTAMP", "LAST-MODIFIED", "CLASS", "URL", "STATUS"}
COMMON |= {"SUMMARY", "DESCRIPTION", "CATEGORIES", "COLOR"}
EVENT = {*COMMON, "DTSTART", "DTEND", "TRANSP"}
TODO = {*COMMON, "DUE", "PERCENT-COMPLETE"}
Facts = dict[str, Any]
REPORTED: Facts = {"state": "reported", "phase": "settled", "reported_at": datetime(2026, 11, 20, 16, 30, tzinfo=UTC)}


def only(the_entry: FeedEntry | None = None, **other: Any) -> Component:  # noqa: ANN401 - fields of any type
    """The one component of a feed."""
    (component,) = read(render(view(the_entry or entry(), **other))).inner
    return component


def test_calendar_has_exactly_these_properties() -> None:
    calendar = read(render(view()))
    assert calendar.names == sorted(CALENDAR)  # above all no UID and no METHOD
    assert calendar["VERSION"] == "2.0"
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "如期 · 某局"
    assert (calendar["REFRESH-INTERVAL"], calendar.parameters("REFRESH-INTERVAL")) == ("PT1H", ";VALUE=DURATION")
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert calendar["LAST-MODIFIED"] == "20261120T083015Z"


def test_event_has_exactly_these_properties() -> None:
    event = only()
    assert (event.name, event.names, event.inner) == ("VEVENT", sorted(EVENT), [])
    assert event["UID"] == UID
    assert (event["DTSTART"], event.parameters("DTSTART")) == ("20261231", ";VALUE=DATE")
    assert (event["DTEND"], event.parameters("DTEND")) == ("20270101", ";VALUE=DATE")
    assert (event["TRANSP"], event["CLASS"], event["STATUS"]) == ("TRANSPARENT", "PRIVATE", "CONFIRMED")
    assert event.text("SUMMARY") == "办12 年度心理健康教育活动"
    assert event["URL"] == LINK


def test_every_time_comes_from_the_data() -> None:
    event = only(entry(7))
    assert event["SEQUENCE"] == "7"
    assert event["CREATED"] == "20260105T010000Z"
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20261120T083015Z"


def test_times_of_another_zone_are_told_in_utc() -> None:
    shanghai = CHANGED.astimezone(SHANGHAI)
    assert only(replace(entry(), changed_at=shanghai))["DTSTAMP"] == "20261120T083015Z"


@pytest.mark.parametrize(
    ("other", "summary", "category"),
    [
        ({}, "办12 年度心理健康教育活动", "未签收"),
        ({"state": "received"}, "办12 年度心理健康教育活动", "已签收"),
        (REPORTED, "✅ 办12 年度心理健康教育活动", "已报结"),
        (REPORTED | {"phase": "late"}, "✅ 办12 年度心理健康教育活动", "已报结"),
        (REPORTED | {"state": "verified"}, "✅ 办12 年度心理健康教育活动", "已销号"),
        ({"phase": "overdue", "days_left": -3}, "❗ 办12 年度心理健康教育活动", "未签收,逾期"),
        ({"phase": "overdue", "state": "received"}, "❗ 办12 年度心理健康教育活动", "已签收,逾期"),
        ({"state": "received", "reason": "缺签到表"}, "办12 年度心理健康教育活动", "退回"),
        ({"stage": "阶段性成果"}, "办12 年度心理健康教育活动(阶段性成果)", "未签收"),
    ],
)
def test_state_shows_in_the_title_and_as_a_category(other: Facts, summary: str, category: str) -> None:
    event = only(entry(**other))
    assert (event.text("SUMMARY"), event["CATEGORIES"]) == (summary, category)


def test_description_says_what_where_and_how_to_answer() -> None:
    assert only().text("DESCRIPTION").split("\n") == [
        "红寺堡区三年行动任务分工 第 17 项 · 责任单位",
        "任务：每年至少组织一次心理健康教育活动，留存签到表。",
        "状态：未签收",
        "签收请在聊天中回复“收12”，办结请回复“办12 文号或说明”，也可打开链接办理。",
    ]


def test_description_of_a_counted_duty_on_a_day_off() -> None:
    said = only(
        entry(
            due=date(2027, 1, 31),
            last_workday=date(2027, 1, 29),
            provisional=True,
            counted=Decimal("1.50"),
            target=Decimal(60),
            unit_of_measure="学时",
            measure="每人每年不少于60学时",
        )
    ).text("DESCRIPTION")
    assert "要求：每人每年不少于60学时\n状态：未签收 · 已报 1.5/60 学时\n" in said
    assert "到期日休息，请于 1月29日(周五) 前办理。\n2027年节假日安排未公布，工作日暂估。\n" in said
    assert said.endswith("报数请在聊天中回复“办12 数量学时”，也可打开链接办理。")


def test_no_name_and_no_note_leave_the_house() -> None:
    people: Facts = {"received_by": "张敏", "reported_by": "李雷", "note": "宁红司发〔2026〕9号", "reason": "缺签到表"}
    for todo in (False, True):
        content = render(view(entry(**people), entry(**people | REPORTED), todo=todo)).decode().replace("\r\n ", "")
        assert not [word for word in people.values() if word in content]


def test_confidential_part_is_a_number_and_a_date() -> None:
    secret: Facts = {"confidential": True, "measure": "要求", "section": "部分", "stage": "阶段", "note": "说明"}
    event = only(entry(**secret))
    assert event.names == sorted(EVENT - {"CATEGORIES", "COLOR"})
    assert (event.text("SUMMARY"), event["DTSTART"], event["CLASS"]) == ("办12", "20261231", "CONFIDENTIAL")
    assert event.text("DESCRIPTION") == "方案内容请到收件箱查看"
    assert only(entry(**secret | REPORTED)).text("SUMMARY") == "✅ 办12"


def test_cancelled_says_so_in_words_too_and_rings_no_bell() -> None:
    event = only(entry(1, cancelled=True, phase="overdue"), alarms=(0,))
    assert (event["STATUS"], event.inner) == ("CANCELLED", [])
    assert event.text("SUMMARY") == "(已取消) 办12 年度心理健康教育活动"
    assert "回复" not in event.text("DESCRIPTION")


def test_entries_name_their_unit_where_there_are_several() -> None:
    other = entry(uid="b", unit_id=2, unit="另一局", code=3)
    first, second = read(render(view(entry(), other))).inner
    assert first.text("SUMMARY") == "某局 办12 年度心理健康教育活动"
    assert second.text("SUMMARY") == "另一局 办3 年度心理健康教育活动"
    assert "回复" not in first.text("DESCRIPTION"), "the reader is not the one to answer"


@pytest.mark.parametrize(
    ("minutes", "trigger", "reason"),
    [
        (0, "PT9H", "nine in the morning of the day itself"),
        (30, "PT8H30M", "half an hour earlier"),
        (540, "P0D", "midnight"),
        (1440, "-PT15H", "nine in the morning of the day before"),
        (10080, "-P6DT15H", "a week before"),
    ],
)
def test_alarm_counts_back_from_nine(minutes: int, trigger: str, reason: str) -> None:
    (alarm,) = only(alarms=(minutes,)).inner
    assert (alarm.name, alarm.names) == ("VALARM", ["ACTION", "DESCRIPTION", "TRIGGER"])
    assert (alarm["ACTION"], alarm["TRIGGER"]) == ("DISPLAY", trigger)
    assert alarm.text("DESCRIPTION") == "办12 年度心理健康教育活动"
    (alarm,) = only(alarms=(minutes,), todo=True).inner
    assert (alarm["TRIGGER"], alarm.parameters("TRIGGER")) == (trigger, ";RELATED=END")


def test_done_rings_no_bell() -> None:
    assert only(entry(**REPORTED), alarms=(0, 1440)).inner == []


@pytest.mark.parametrize(
    ("other", "status", "percent"),
    [
        ({}, "NEEDS-ACTION", "0"),
        ({"state": "received"}, "IN-PROCESS", "0"),
        ({"state": "received", "counted": Decimal(1), "target": Decimal(2)}, "IN-PROCESS", "50"),
        ({"state": "received", "counted": Decimal(5), "target": Decimal(2)}, "IN-PROCESS", "99"),
        ({"state": "refused"}, "NEEDS-ACTION", "0"),
        (REPORTED, "COMPLETED", "100"),
        (REPORTED | {"state": "verified"}, "COMPLETED", "100"),
    ],
)
def test_task_tells_how_far_it_is(other: Facts, status: str, percent: str) -> None:
    todo = only(entry(**other), todo=True)
    done = {"COMPLETED"} if status == "COMPLETED" else set()
    assert (todo.name, todo.names) == ("VTODO", sorted(TODO | done))
    assert (todo["DUE"], todo.parameters("DUE")) == ("20261231", ";VALUE=DATE")
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"]) == (status, percent)
    if done:
        assert todo["COMPLETED"] == "20261120T163000Z"


def test_cancelled_task() -> None:
    todo = only(entry(cancelled=True, **REPORTED), todo=True)
    assert (todo["STATUS"], "COMPLETED" in todo.names) == ("CANCELLED", False)


def test_empty_calendar_still_keeps_the_grammar() -> None:
    calendar = read(render(replace(view(), entries=())))
    assert [inner.name for inner in calendar.inner] == ["VTIMEZONE"]


def test_english() -> None:
    event = only(entry(phase="overdue"), language="en")
    assert (event.text("SUMMARY"), event.text("CATEGORIES")) == ("❗ #12 年度心理健康教育活动", "not received,overdue")
    assert "in the chat" in event.text("DESCRIPTION")


def test_same_view_same_bytes_whenever_it_is_drawn() -> None:
    feed = view(entry(), entry(uid="b", **REPORTED), alarms=(0,))
    assert render(feed) == render(replace(feed))


def test_entries_stand_in_the_order_given() -> None:
    entries = [entry(uid=f"part-{n}", due=date(2026, 12, 31) - timedelta(days=n)) for n in range(5)]
    assert [event["UID"] for event in read(render(view(*entries))).inner] == [e.part.uid for e in entries]
