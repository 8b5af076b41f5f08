"""Days as people type them: understood exactly, or not at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.phrases import Ambiguous, Past, Read, parse_day, take_day
from schedules.workdays import WorkCalendar

CALENDAR = WorkCalendar.published()
TODAY = date(2026, 11, 21)  # a Saturday
MONDAY = date(2026, 11, 23)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("2026年12月20日", day("2026-12-20"), "in full"),
        ("2026 年 12 月 20 日", day("2026-12-20"), "with the blanks some keyboards put in"),
        ("12月20日", day("2026-12-20"), "the year that is meant is this one"),
        ("12月20号", day("2026-12-20"), "spoken"),
        ("12月20", day("2026-12-20"), "in a hurry"),
        ("十二月二十日", day("2026-12-20"), "in characters"),
        ("十一月三十日", day("2026-11-30"), "tens and ones"),
        ("１２月２０日", day("2026-12-20"), "full-width digits"),
        ("12-20", day("2026-12-20"), "with a dash"),
        ("12/20", day("2026-12-20"), "with a stroke"),
        ("12.20", day("2026-12-20"), "with a dot"),
        ("2026-12-20", day("2026-12-20"), "ISO 8601"),
        ("2026/12/20", day("2026-12-20"), "strokes"),
        ("20261220", day("2026-12-20"), "eight digits"),
        ("5/6", day("2027-05-06"), "month before day; next year's, half a year ahead"),
        ("1月5日", day("2027-01-05"), "next year's, since this year's is long past"),
        ("明年1月5日", day("2027-01-05"), "next year, said so"),
        ("今年12月20日前", day("2026-12-20"), "前 includes the day"),
        ("12月20日之前", day("2026-12-20"), "之前 as well"),
        ("到12月20日", day("2026-12-20"), "until"),
        ("12月20日(周日)", day("2026-12-20"), "as Ruqi itself writes it"),
        ("12月20日（星期日）前", day("2026-12-20"), "full-width brackets"),
        ("12月20日周日", day("2026-12-20"), "no brackets"),
        ("11月21日", TODAY, "today is not past"),
        ("今天", TODAY, "today"),
        ("今日下班前", TODAY, "before the office closes"),
        ("明天", day("2026-11-22"), "tomorrow, a Sunday all the same"),
        ("后天", day("2026-11-23"), "the day after tomorrow"),
        ("後天", day("2026-11-23"), "in traditional characters"),
        ("大后天", day("2026-11-24"), "three days ahead"),
        ("周一", MONDAY, "the next Monday to come"),
        ("周五下午", day("2026-11-27"), "the time of day does not matter"),
        ("本周日", day("2026-11-22"), "weeks end on Sunday"),
        ("这周日", day("2026-11-22"), "another word"),
        ("下周一", MONDAY, "next week begins the day after tomorrow"),
        ("下周五", day("2026-11-27"), "of next week"),
        ("下个星期五", day("2026-11-27"), "another word"),
        ("下個禮拜天", day("2026-11-29"), "and another"),
        ("下下周三", day("2026-12-02"), "the week after next"),
        ("月底", day("2026-11-30"), "this month's end"),
        ("本月底前", day("2026-11-30"), "said so"),
        ("下月底", day("2026-12-31"), "next month's"),
        ("下个月底", day("2026-12-31"), "another word"),
        ("12月底", day("2026-12-31"), "of a month"),
        ("2028年2月底", day("2028-02-29"), "leap year"),
        ("2月底", day("2027-02-28"), "next year's February"),
        ("年底", day("2026-12-31"), "this year's end"),
        ("明年底", day("2027-12-31"), "next year's"),
        ("25号", day("2026-11-25"), "this month's, still ahead"),
        ("21号", TODAY, "today's number"),
        ("20号", day("2026-12-20"), "this month's is past, so next month's"),
        ("下月5日", day("2026-12-05"), "of next month"),
        ("3天后", day("2026-11-24"), "from today"),
        ("三天之后", day("2026-11-24"), "in characters"),
        ("两天内", day("2026-11-23"), "内 includes the day"),
        ("5日内", day("2026-11-26"), "five days, not the fifth"),
        ("十五天后", day("2026-12-06"), "tens and ones"),
        ("5个工作日后", day("2026-11-27"), "Monday is the first"),
        ("五工作日内", day("2026-11-27"), "shorter"),
        ("一周后", day("2026-11-28"), "seven days"),
        ("2个星期后", day("2026-12-05"), "fourteen"),
        ("3个月后", day("2027-02-21"), "months"),
    ],
)
def test_said_on_saturday_21_november_2026(text: str, expected: date, reason: str) -> None:
    assert parse_day(text, TODAY, CALENDAR) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("2026年11月20日", Past(day("2026-11-20")), "exact, but over"),
        ("昨天", Past(day("2026-11-20")), "by its name"),
        ("本周五", Past(day("2026-11-20")), "this week's Friday was yesterday"),
        ("上周五", Past(day("2026-11-13")), "last week's"),
        ("本月5日", Past(day("2026-11-05")), "this month's, said so"),
        ("11月20日", Ambiguous((day("2026-11-20"), day("2027-11-20"))), "yesterday, or in a year"),
        ("10月底", Ambiguous((day("2026-10-31"), day("2027-10-31"))), "three weeks ago, or in a year"),
        ("11月20日(周五)", Past(day("2026-11-20")), "the weekday decides which year"),
        ("11月20日(周六)", day("2027-11-20"), "the weekday decides which year"),
        ("周六", Ambiguous((TODAY, day("2026-11-28"))), "said on a Saturday"),
    ],
)
def test_past_days_and_several_days_are_told_apart(text: str, expected: Read, reason: str) -> None:
    assert parse_day(text, TODAY, CALENDAR) == expected, reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing"),
        ("尽快", "no day"),
        ("近期", "no day"),
        ("月初", "no exact day"),
        ("春节前", "which of them"),
        ("12月", "no day in it"),
        ("2月30日", "no such day"),
        ("2月29日", "none in 2027, and this year had none"),
        ("13/5", "month before day, and no month 13"),
        ("0月5日", "no such month"),
        ("12月20日(周四)", "the 20th is a Sunday: one of the two is a slip"),
        ("周六(周日)", "contradicts itself"),
        ("12月20日后", "after it is no day"),
        ("12月20日或21日", "two days"),
        ("12月20日、21日", "two days"),
        ("12月20日-25日", "a range"),
        ("12月20日至25日", "a range"),
        ("周五到周日", "a range"),
        ("3-5天后", "a range"),
        ("3.5万元", "an amount"),
        ("2026-12-201", "one digit too many"),
        ("26年12月20日", "two digits of a year"),
        ("半个月后", "14 days or 15"),
        ("十十日", "no number"),
        ("一百天后", "larger numbers are typed in digits"),
        ("周一次", "once a week"),
        ("12月20日报送", "more than a day"),
        ("9999年底后天", "two days"),
        ("999个月后x", "more than a day"),
    ],
)
def test_what_is_not_exact_is_refused(text: str, reason: str) -> None:
    assert parse_day(text, TODAY, CALENDAR) is None, reason


def test_working_days_need_a_calendar() -> None:
    assert parse_day("5个工作日后", TODAY) is None
    assert parse_day("5天后", TODAY) == day("2026-11-26")


def test_working_days_pass_over_the_festival() -> None:
    assert parse_day("3个工作日内", day("2026-02-12"), CALENDAR) == day("2026-02-24")


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("12月20日 材料未齐，等３天", day("2026-12-20"), " 材料未齐，等３天"),
        ("下周五等批复", day("2026-11-27"), "等批复"),
        ("到 12-20 因出差", day("2026-12-20"), " 因出差"),
        ("１２月２０日（周日）前，缺公章", day("2026-12-20"), "，缺公章"),
        ("三天后 3天后", day("2026-11-24"), " 3天后"),
        ("昨天 已办", Past(day("2026-11-20")), " 已办"),
        ("材料未齐 12月20日", None, "材料未齐 12月20日"),
        ("12月20日后补", None, "12月20日后补"),
        ("2月30日 笔误", None, "2月30日 笔误"),
    ],
)
def test_the_reason_after_a_day_stays_as_typed(text: str, expected: Read, rest: str) -> None:
    assert take_day(text, TODAY, CALENDAR) == (expected, rest)


def test_the_end_of_time_is_refused_and_not_stumbled_over() -> None:
    assert parse_day("999个月后", date(9990, 1, 1), CALENDAR) is None
    assert parse_day("明天", date.max, CALENDAR) is None


FUTURE = st.dates(date(2004, 1, 1), date(2036, 12, 31))


@given(today=FUTURE, ahead=st.integers(0, 365 * 5))
def test_what_is_written_in_full_is_read_back(today: date, ahead: int) -> None:
    due = today + timedelta(days=ahead)
    weekday = "一二三四五六日"[due.weekday()]
    for text in (
        f"{due.year}年{due.month}月{due.day}日",
        f"{due.year}年{due.month}月{due.day}日(周{weekday})前",
        f"{due:%Y-%m-%d}",
        f"{due:%Y%m%d}",
        f"{ahead % 1000}天后" if ahead < 1000 else f"{due:%Y.%m.%d}",
    ):
        assert parse_day(text, today, CALENDAR) == due


@given(today=FUTURE, ahead=st.integers(0, 183))
def test_the_coming_half_year_needs_no_year(today: date, ahead: int) -> None:
    due = today + timedelta(days=ahead)
    if (due.month, due.day) != (2, 29):
        assert parse_day(f"{due.month}月{due.day}日", today, CALENDAR) == due


@given(today=FUTURE, which=st.sampled_from(["", "本", "下", "下下"]), weekday=st.integers(0, 6))
def test_weekdays_are_found_by_walking(today: date, which: str, weekday: int) -> None:
    read = parse_day(f"{which}周{'一二三四五六日'[weekday]}", today, CALENDAR)
    monday = today
    while monday.weekday() != 0:
        monday -= timedelta(days=1)
    if which:
        expected = monday + timedelta(days=7 * {"本": 0, "下": 1, "下下": 2}[which] + weekday)
        assert read == (Past(expected) if expected < today else expected)
    elif weekday == today.weekday():
        assert read == Ambiguous((today, today + timedelta(days=7)))
    else:
        assert isinstance(read, date)
        assert today < read < today + timedelta(days=7)
        assert read.weekday() == weekday


@given(
    text=st.text(alphabet="0123456789十二两年月日号底天后内周下本个工作-/.()（）前 到，星期x", max_size=14),
    today=FUTURE,
)
def test_no_text_breaks_the_reader_and_the_rest_is_never_lost(text: str, today: date) -> None:
    read, rest = take_day(text, today, CALENDAR)
    assert text.endswith(rest)
    if read is None:
        assert rest == text
    elif isinstance(read, date):
        assert read >= today
    elif isinstance(read, Past):
        assert read.day < today
    else:
        assert sorted(set(read.choices)) == list(read.choices)
        assert len(read.choices) > 1
