"""Days and reasons as they are typed, seen from Monday, 2 November 2026."""

from datetime import date

import pytest

from bot.days import Span, is_reason, read_span, read_wish
from schedules.phrases import Ambiguous, Past
from schedules.workdays import WorkCalendar

TODAY = date(2026, 11, 2)
CALENDAR = WorkCalendar.published()

WISHES = [
    ("12月20日 材料未齐", date(2026, 12, 20), "材料未齐", "day, reason"),
    ("到12月20日，因材料未齐", date(2026, 12, 20), "材料未齐", "到 and 因"),
    ("至下周五 因为专家没到", date(2026, 11, 13), "专家没到", "a weekday"),
    ("20号 材料未齐", date(2026, 11, 20), "材料未齐", "only the day"),
    ("12.20 原因：等批复", date(2026, 12, 20), "等批复", "a dot"),
    ("月底 材料", date(2026, 11, 30), "材料", "the end of the month"),
    ("5个工作日后 领导不在", date(2026, 11, 9), "领导不在", "working days from today"),
    ("１２月２０日　材料未齐", date(2026, 12, 20), "材料未齐", "full-width"),
    ("12月20日前完成，因专家出差", date(2026, 12, 20), "专家出差", "to be done by then"),
    ("从12月10日延到12月20日，材料没到", date(2026, 12, 20), "材料没到", "from the old date to the new one"),
    ("材料未齐，12月20日", date(2026, 12, 20), "材料未齐", "the reason first"),
    ("因为材料未到 延到12月20日", date(2026, 12, 20), "材料未到", "the reason first, with a verb"),
    ("1月3日 跨年", date(2027, 1, 3), "跨年", "next year's, near"),
    ("12月20日(周日) 材料", date(2026, 12, 20), "材料", "a weekday that fits"),
    ("12月20日", date(2026, 12, 20), "", "no reason"),
    ("10月30日 材料", Ambiguous((date(2026, 10, 30), date(2027, 10, 30))), "材料", "over, or next year's"),
    ("昨天 材料", Past(date(2026, 11, 1)), "材料", "over"),
    ("周一 材料", Ambiguous((date(2026, 11, 2), date(2026, 11, 9))), "材料", "today, or in a week"),
    ("材料没到", None, "材料没到", "no day"),
    ("到下周 材料没到", None, "到下周 材料没到", "a week is no day"),
    ("2月30日 材料没到", None, "材料没到", "no such day"),
    ("12月20日(周一) 材料没到", None, "材料没到", "a weekday that does not fit"),
    ("12月20日或12月25日 材料没到", None, "材料没到", "one of two"),
]


@pytest.mark.parametrize(("words", "day", "reason", "why"), WISHES, ids=[why for *_, why in WISHES])
def test_day_and_reason(words: str, day: object, reason: str, why: str) -> None:
    read = read_wish(words, TODAY, CALENDAR)
    assert (read.day, read.reason, read.length) == (day, reason, ""), why


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("3天 等批复", "3天后"),
        ("5个工作日，等批复", "5个工作日后"),
        ("一周 等批复", "一周后"),
        ("半个月 等批复", "15天后"),
    ],
)
def test_a_length_is_no_day(words: str, length: str) -> None:
    read = read_wish(words, TODAY, CALENDAR)
    assert (read.day, read.length, read.reason) == (None, length, "等批复")


SPANS = [
    ("12月1日到12月5日", (12, 1), (12, 5)),
    ("12月1日至5日", (12, 1), (12, 5)),
    ("12月1-5日", (12, 1), (12, 5)),
    ("12.1-12.5", (12, 1), (12, 5)),
    ("2026-12-01到2026-12-05", (12, 1), (12, 5)),
    ("明天", (11, 3), (11, 3)),
    ("明天到后天", (11, 3), (11, 4)),
    ("今天到周五", (11, 2), (11, 6)),
    ("下周一到周三", (11, 9), (11, 11)),
    ("下周一至下周五", (11, 9), (11, 13)),
    ("从12月1日到12月5日", (12, 1), (12, 5)),
]


@pytest.mark.parametrize(("words", "first", "last"), SPANS)
def test_the_days_of_a_leave(words: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert read_span(words, TODAY, CALENDAR) == Span(date(2026, *first), date(2026, *last))


@pytest.mark.parametrize("words", ["", "3天", "12月5日到12月1日", "上周一到上周三", "2月30日", "几天", "x", "周一"])
def test_days_that_are_not_exact_are_none(words: str) -> None:
    assert read_span(words, TODAY, CALENDAR) is None


@pytest.mark.parametrize(
    ("words", "enough"), [("材料未齐", True), ("无", False), ("。", False), ("12", False), ("ok", True)]
)
def test_what_can_be_a_reason(words: str, enough: bool) -> None:
    assert is_reason(words) is enough
