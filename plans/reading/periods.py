"""What a period governs: 每年 with 10月底前, 每季度 with 末月20日前, 每半年 with 至少一次, 每人每年 with 60学时."""

import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from plans.reading.dates import month_and_day
from plans.reading.grammar import Phrase, tables
from plans.reading.numerals import number
from schedules.timing import Every, EveryNYears, Period, Quantity, Timing

Placed: TypeAlias = tuple[Timing, int, int]

_CLAUSE_END = re.compile(r"[,。;!?\n]")
_PER = {Period.YEAR: "year", Period.HALF: "half-year", Period.QUARTER: "quarter", Period.MONTH: "month"}
_LAST_DAY = 31
_LISTED = re.compile(r"[、和及与]\d")
_LEAP = 2024
_MOST_YEARS = 30
_TIMES = frozenset("次场期回轮遍批届")
_PERSON = re.compile(r"每人|人均|每名|每位|每个人|/人|·人|个人")
_NOT_PERSON_REACH = 30


def every(text: str, group: list[Phrase]) -> Iterator[Placed]:
    """The timings of one period phrase and the phrases it governs."""
    head, rest = group[0], group[1:]
    if head.entry["gives"] == "years":
        n = number(head.said["N"])
        if n > _MOST_YEARS:
            return
        if n > 1:
            yield EveryNYears(n), head.start, head.end
            return
    period = Period.YEAR if head.entry["gives"] == "years" else Period(head.entry["gives"])
    dated = list(_dated(text, period, head, rest))
    near = [phrase for phrase in rest if not _CLAUSE_END.search(text, head.end, phrase.start)]
    if dated:
        yield from dated
    elif (amount := next((p for p in near if p.kind == "amounts"), None)) is not None:
        yield _amount(text, period, head, amount), head.start, amount.end
    else:
        yield from _counted(text, period, head, near)


def _dated(text: str, period: Period, head: Phrase, rest: list[Phrase]) -> Iterator[Placed]:
    for phrase in rest:
        if phrase.kind == "dates":
            month, day = month_and_day(phrase)
            whole = day is None
            if period is Period.YEAR:
                day = monthrange(_LEAP, month)[1] if day is None else day
                yield Every(period, month=month, day=day, month_end=whole), head.start, phrase.end
            elif not whole:
                yield Every(period, day=day), head.start, phrase.end
                return
        elif phrase.kind == "days":
            yield _on_day(period, phrase), head.start, phrase.end
            if period is not Period.MONTH or not _LISTED.match(text, phrase.end):
                return


def _on_day(period: Period, phrase: Phrase) -> Timing:
    day = number(phrase.said["D"]) if "D" in phrase.said else None
    if day is not None and day < _LAST_DAY:
        return Every(period, month=12 if period is Period.YEAR else None, day=day)
    return Every(period, month=12, day=_LAST_DAY, month_end=True) if period is Period.YEAR else Every(period)


def _amount(text: str, period: Period, head: Phrase, amount: Phrase) -> Timing:
    said = Decimal(amount.said["N"]) if amount.said["N"][0].isdigit() else Decimal(number(amount.said["N"]))
    whole = int(said) if said == int(said) else said
    unit = text[amount.start : amount.end].removeprefix(amount.said["N"]).removeprefix("个")
    before = re.split(r"[。;]", text[max(0, head.start - _NOT_PERSON_REACH) : head.start])[-1]
    person = period is Period.YEAR and _PERSON.search(before + text[head.start : amount.end + 6]) is not None
    if whole <= 0:
        return Every(period)
    return Quantity(whole, unit, "person-year" if person else _PER[period])


def _counted(text: str, period: Period, head: Phrase, near: list[Phrase]) -> Iterator[Placed]:
    counts = [phrase for phrase in near if phrase.kind == "counts"]
    chosen = next((p for p in counts if _at_least(text, p)), None) or next(
        (p for p in counts if _is_times(text, p)), None
    )
    chosen = chosen or next(iter(counts), None)
    count = max(1, int(float(number_or(chosen.said["N"])))) if chosen else 1
    yield Every(period, min_count=count), head.start, chosen.end if chosen else head.end
    if chosen:
        for other in counts:
            if other.start > chosen.start and text[other.start - 1] in "、和及" and _is_times(text, other):
                yield Every(period, min_count=max(1, int(float(number_or(other.said["N"]))))), head.start, other.end


def number_or(said: str) -> str:
    """The number as digits; Chinese ones are read."""
    return said if said[0].isdigit() else str(number(said))


def _at_least(text: str, phrase: Phrase) -> bool:
    before = text[max(0, phrase.start - 8) : phrase.start]
    return any(word in before for word in tables()["at_least"])


def _is_times(text: str, phrase: Phrase) -> bool:
    return text[phrase.start : phrase.end].removeprefix(phrase.said["N"])[:1] in _TIMES
