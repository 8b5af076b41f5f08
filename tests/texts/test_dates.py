"""Dates with their weekday, times of the wall clock, and how many working days are left."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.texts.parts import CALENDAR, EN, FRIDAY, ZH, part
from texts import dates
from texts.reader import Reader

DAYS = [
    (date(2026, 12, 31), "12月31日(周四)", "Thu 31 Dec", "this year's"),
    (date(2026, 11, 1), "11月1日(周日)", "Sun 1 Nov", "a Sunday, past"),
    (date(2027, 1, 4), "2027年1月4日(周一)", "Mon 4 Jan 2027", "next year's, so with the year"),
    (date(2024, 2, 29), "2024年2月29日(周四)", "Thu 29 Feb 2024", "a leap day"),
]


@pytest.mark.parametrize(("on", "zh", "en", "why"), DAYS, ids=[why for *_, why in DAYS])
def test_a_day_has_its_weekday(on: date, zh: str, en: str, why: str) -> None:
    assert (dates.day(ZH, on), dates.day(EN, on)) == (zh, en), why


@settings(max_examples=100)
@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_the_weekday_is_the_calendars(on: date) -> None:
    assert f"(周{'一二三四五六日'[on.weekday()]})" in dates.day(ZH, on)
    assert dates.day(EN, on).startswith(on.strftime("%a"))


LEFT = [
    (FRIDAY, date(2026, 12, 31), "还有 29 个工作日", "29 working days left"),
    (FRIDAY, date(2026, 11, 23), "还有 1 个工作日", "1 working day left"),
    (FRIDAY, FRIDAY, "今天到期", "due today"),
    (FRIDAY, date(2026, 11, 19), "已过期 1 个工作日", "1 working day overdue"),
    (FRIDAY, date(2026, 11, 13), "已过期 5 个工作日", "5 working days overdue"),
    (FRIDAY, date(2026, 11, 22), "今天是期限前最后一个工作日", "today is the last working day before it"),
    (date(2026, 11, 21), date(2026, 11, 22), "期限前已没有工作日", "no working day left before it"),
    (date(2026, 11, 22), date(2026, 11, 21), "已过期 1 天", "1 day overdue"),
    (FRIDAY, date(2027, 2, 26), "还有 67 个工作日(暂估)", "67 working days left (estimate)"),
    (date(2026, 9, 19), date(2026, 9, 20), "还有 1 个工作日", "1 working day left"),
]


@pytest.mark.parametrize(("today", "due", "zh", "en"), LEFT)
def test_how_far_it_is(today: date, due: date, zh: str, en: str) -> None:
    """The last row is a Sunday that is worked, in exchange for the National Day holidays."""
    given_part = part(due, today=today)
    assert dates.left(Reader("zh", today), given_part) == zh
    assert dates.left(Reader("en", today), given_part) == en


@settings(max_examples=200)
@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(-40, 60))
def test_no_distance_is_nonsense(today: date, step: int) -> None:
    said = dates.left(Reader("zh", today), part(today + timedelta(days=step), today=today))
    assert " 0 " not in said
    assert "-" not in said
    assert ("过期" in said) == (step < 0)


def test_a_due_date_on_a_day_off_says_by_when_to_act() -> None:
    assert dates.due(ZH, part(date(2027, 1, 31))) == "2027年1月31日(周日)，请于 1月29日(周五) 前办理"
    assert dates.due(ZH, part(date(2026, 12, 31))) == "12月31日(周四)"
    assert dates.due(ZH, part(date(2026, 11, 13))) == "原定 11月13日(周五)"


def test_it_does_not_ask_for_a_day_that_has_passed() -> None:
    saturday = date(2026, 11, 21)
    assert dates.due(Reader("zh", saturday), part(date(2026, 11, 22), today=saturday)) == "11月22日(周日)"


def test_moments_are_the_readers_wall_clock() -> None:
    at = datetime(2026, 11, 20, 1, 14, tzinfo=UTC)
    assert dates.moment(ZH, at) == "09:14"
    assert dates.moment(ZH, at - timedelta(days=2)) == "11月18日(周三) 09:14"
    assert dates.moment(Reader("zh", FRIDAY, ZoneInfo("Asia/Urumqi")), at) == "07:14"
    assert dates.moment(EN, datetime(2026, 11, 19, 23, 0, tzinfo=UTC)) == "07:00", "already today in Shanghai"


def test_the_calendar_may_be_an_estimate() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert "暂估" not in dates.left(ZH, replace(part(), provisional=False))
