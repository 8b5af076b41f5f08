"""Days as people type them in a chat: 12月20日, 下周五, 月底, 5个工作日后. Exact or refused, never guessed.

A phrase is looked up at the start of a text, so that "12月20日 材料未齐" leaves the reason as it was typed. Month comes
before day (5/6 is 6 May), weeks begin on Monday, 前 and 内 include the day they name: all as is usual in China.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias

from schedules.recurrence import month_day
from schedules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Past:
    """An exact day, but one before today."""

    day: date


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The words fit several days, ascending; ask once which is meant. Some may lie before today."""

    choices: tuple[date, ...]


Read: TypeAlias = date | Past | Ambiguous | None
"""A day from today on; one that has passed; several; or None: no day that could be told exactly."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """From where the words are said."""

    today: date
    calendar: WorkCalendar | None


def parse_day(text: str, today: date, calendar: WorkCalendar | None = None) -> Read:
    """The day that the whole text names; without a `calendar` working days cannot be counted and are refused."""
    read, rest = take_day(text, today, calendar)
    return None if rest.strip(" \t\r\n,.;，。；") else read


def take_day(text: str, today: date, calendar: WorkCalendar | None = None) -> tuple[Read, str]:
    """The day named at the start of `text`, by the longest phrase that fits, and what follows it as typed."""
    plain = text.translate(_PLAIN)
    found = [(match, read) for pattern, read in _PHRASES if (match := pattern.match(plain))]
    if not found:
        return None, text
    match, read = max(found, key=lambda pair: pair[0].end())
    try:
        answer = _on_weekday(read(match.groupdict(), _Scene(today, calendar)), match["weekday"])
    except (ValueError, KeyError, OverflowError):  # 2月30日, 十十日, or a day beyond the year 9999
        answer = None
    if answer is None:
        return None, text
    if isinstance(answer, date) and answer < today:
        answer = Past(answer)
    return answer, text[match.end() :]


def _on_weekday(answer: Read, weekday: str | None) -> Read:
    """12月20日(周四): refused where the 20th is a Sunday, since one of the two was mistyped; it may also decide."""
    if weekday is None or answer is None or isinstance(answer, Past):
        return answer
    choices = answer.choices if isinstance(answer, Ambiguous) else (answer,)
    fitting = [day for day in choices if day.weekday() == _WEEKDAYS[weekday]]
    return fitting[0] if len(fitting) == 1 else None


def _dated(said: Mapping[str, str | None], scene: _Scene) -> Read:
    """A month and a day, with or without a year; `end` stands for the last day of the month."""
    month, day = _number(said["month"] or "12"), None if said.get("end") else _number(said["day"] or "")
    year = _year(said.get("year"), scene.today)
    return _upcoming(month, day, scene.today) if year is None else _exact(year, month, day)


def _year(said: str | None, today: date) -> int | None:
    if not said:
        return None
    return int(said) if said.isdigit() else today.year + _YEARS[said]


def _exact(year: int, month: int, day: int | None) -> date:
    return month_day(year, month, None) if day is None else date(year, month, day)


def _upcoming(month: int, day: int | None, today: date) -> Read:
    """A date typed without its year: this year's if still ahead, next year's if near, and otherwise a question."""
    this = _exact(today.year, month, day)
    if this >= today:
        return this
    coming = _exact(today.year + 1, month, day)
    return coming if coming - today <= _HALF_A_YEAR else Ambiguous((this, coming))


def _year_end(said: Mapping[str, str | None], scene: _Scene) -> Read:
    year = _year(said["year"], scene.today)
    return date(scene.today.year if year is None else year, 12, 31)


def _in_month(said: Mapping[str, str | None], scene: _Scene) -> Read:
    """A day of this month or the next: 20号, 本月20日, 下月5日, 月底, 下月底."""
    step = _MONTHS[said["which"]] if said["which"] else 0
    day = None if said.get("end") else _number(said["day"] or "")
    if day is not None and not said["which"] and day < scene.today.day:
        step = 1
    index = scene.today.year * 12 + scene.today.month - 1 + step
    return _exact(index // 12, index % 12 + 1, day)


def _named(said: Mapping[str, str | None], scene: _Scene) -> Read:
    return scene.today + timedelta(days=_DAYS[said["name"] or ""])


def _of_week(said: Mapping[str, str | None], scene: _Scene) -> Read:
    """A weekday: of the week named, or else the next one to come. Said on that very weekday, it may be either."""
    monday = scene.today - timedelta(days=scene.today.weekday())
    step = _WEEKDAYS[said["day"] or ""]
    if said["which"]:
        return monday + timedelta(weeks=_WEEKS[said["which"]], days=step)
    ahead = timedelta(days=(step - scene.today.weekday()) % 7)
    return scene.today + ahead if ahead else Ambiguous((scene.today, scene.today + timedelta(weeks=1)))


def _counted(said: Mapping[str, str | None], scene: _Scene) -> Read:
    """So many days, working days, weeks or months from today."""
    count, unit = _number(said["count"] or ""), (said["unit"] or "").removeprefix("个")
    if unit == "工作日":
        return scene.calendar.add_workdays(scene.today, count) if scene.calendar else None
    if unit == "月":
        index = scene.today.year * 12 + scene.today.month - 1 + count
        return month_day(index // 12, index % 12 + 1, scene.today.day)
    return scene.today + timedelta(days=count if unit in {"天", "日"} else count * 7)


def _number(text: str) -> int:
    """12, 十二, 二十, 两: Arabic or Chinese, below a hundred when Chinese; raises ValueError on anything else."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


_HALF_A_YEAR = timedelta(days=183)
_DIGITS: Mapping[str, int] = MappingProxyType({c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2})
_WEEKDAYS: Mapping[str, int] = MappingProxyType({c: i for i, c in enumerate("一二三四五六日")} | {"天": 6})
_DAYS: Mapping[str, int] = MappingProxyType(
    {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
)
_WEEKS: Mapping[str, int] = MappingProxyType({"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2})
_MONTHS: Mapping[str, int] = MappingProxyType({"本": 0, "这": 0, "当": 0, "下": 1})
_YEARS: Mapping[str, int] = MappingProxyType({"去": -1, "今": 0, "本": 0, "明": 1, "后": 2})

# One sign for one, so that places in the text stay what they were.
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_PLAIN = _FULL_WIDTH | str.maketrans("　後週號個內禮兩這當", " 后周号个内礼两这当")

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TWO = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<year>\d{4}|[去今本明后])\s*年\s*)"
_WEEK = r"(?:周|星期|礼拜)"
_BEFORE = r"\s*(?:到|至|于)?\s*"
_AFTER = (
    rf"(?:(?:\s*\(\s*)?{_WEEK}(?P<weekday>[一二三四五六日天])\s*\)?)?"
    r"(?:上午|中午|下午|晚上)?(?:下班)?(?:之前|以前|前)?"
    # What follows must not turn the day into another one: a longer number, a range, a choice, "after".
    r"(?![\d年月日号天后起/%]|[.\-~—至到、和与及或]\s*[\d周星下本]|之后|以后|次)"
)
_NUMERIC_END = r"(?=$|[\s日号前之以,;:。、(])[日号]?"

_PHRASES: tuple[tuple[re.Pattern[str], Callable[[Mapping[str, str | None], _Scene], Read]], ...] = tuple(
    (re.compile(_BEFORE + pattern + _AFTER), read)
    for pattern, read in (
        (rf"{_YEAR}?(?P<month>{_TWO})\s*月\s*(?P<day>{_TWO})\s*[日号]?", _dated),
        (rf"{_YEAR}?(?P<month>{_TWO})\s*月(?P<end>底|末)", _dated),
        (rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_NUMERIC_END}", _dated),
        (rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_NUMERIC_END}", _dated),
        (rf"(?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_NUMERIC_END}", _dated),
        (r"(?:(?P<year>\d{4}|[去今本明后])年|年)(?:底|末)", _year_end),
        (rf"(?:(?P<which>[本这当下])个?月\s*)?(?P<day>{_TWO})\s*[日号]", _in_month),
        (r"(?:(?P<which>[本这当下])个?)?月(?P<end>底|末)", _in_month),
        (rf"(?P<name>{'|'.join(sorted(_DAYS, key=len, reverse=True))})", _named),
        (rf"(?:(?P<which>上|本|这|下下|下)个?)?{_WEEK}(?P<day>[一二三四五六日天])", _of_week),
        (
            rf"(?P<count>{_NUMBER})\s*(?P<unit>天|日|个?工作日|周|个?星期|个?礼拜|个月)(?:之|以)?[后内]",
            _counted,
        ),
    )
)
