"""From a phrase to the day it names. 底前 is the month's last day, 前 includes the day; impossible days are refused."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date

from plans.reading.grammar import Phrase
from plans.reading.numerals import number

_TEN_DAYS = {"上": 10, "中": 20, "上中": 20}
_AHEAD = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "来": 1, "翌": 1}


def year_of(phrase: Phrase, base: int | None) -> int | None:
    """The year a date phrase names itself, or by 今年 and 明年 from the document's year; None when it names none."""
    said = phrase.said.get("Y2") or phrase.said.get("Y")
    if said:
        return number(said)
    ahead = phrase.said.get("R")
    return None if ahead is None or base is None else base + _AHEAD[ahead]


def month_and_day(phrase: Phrase) -> tuple[int, int | None]:
    """The month and the day of a date phrase; no day means the month's last."""
    return _READ[phrase.entry["gives"]](phrase.said)


def day_in(year: int, phrase: Phrase) -> date:
    """The date the phrase names in that year. Raises ValueError for 2月30日."""
    month, day = month_and_day(phrase)
    return date(year, month, monthrange(year, month)[1] if day is None else day)


def is_month_end(phrase: Phrase) -> bool:
    """Whether the phrase speaks of the end of a month and not of a day."""
    return month_and_day(phrase)[1] is None


def _ten_days(said: Mapping[str, str]) -> tuple[int, int | None]:
    return number(said["M"]), _TEN_DAYS.get(said["X"])


_READ: Mapping[str, Callable[[Mapping[str, str]], tuple[int, int | None]]] = {
    "day": lambda said: (number(said["M"]), number(said["D"])),
    "month": lambda said: (number(said["M"]), None),
    "ten_days": _ten_days,
    "quarter": lambda said: (number(said["Q"]) * 3, None),
    "half": lambda said: (6 if said["H"] == "上" else 12, None),
    "middle": lambda _: (6, None),
    "year": lambda _: (12, None),
}
