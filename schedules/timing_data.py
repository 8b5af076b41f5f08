"""A timing as plain data and back: the words of the plan file's `due`, for JSON columns and files alike.

    {"type": "by", "date": "2024-02-29", "month_end": true}  ⇄  By(date(2024, 2, 29), month_end=True)

The round trip is exact. What is as it is by default is left out; a whole amount is a number, any other a string.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from schedules.errors import RuqiError
from schedules.timing import AfterDone, By, Event, Every, EveryNYears, Period, Quantity, Timing

Read: TypeAlias = Callable[[object], Any]


class BadTimingData(RuqiError, ValueError):
    """These data are no timing. `key` names the entry to correct."""

    def __init__(self, message: str, *, key: str) -> None:
        super().__init__(message)
        self.key = key


def timing_to_dict(timing: Timing) -> dict[str, Any]:
    """The timing as JSON-ready data; `timing_from_dict` gives an equal timing back."""
    word = timing.period.value if isinstance(timing, Every) else _WORD[type(timing)]
    return {"type": word} | {
        entry.key: _plain(value)
        for entry in _SPECS[word].entries.values()
        if (value := getattr(timing, entry.attribute)) != entry.default
    }


def timing_from_dict(data: Mapping[str, Any]) -> Timing:
    """The timing these data say. Raises BadTimingData naming the entry, or BadTiming when the values contradict."""
    word = data.get("type")
    spec = _SPECS.get(word) if isinstance(word, str) else None
    if spec is None:
        raise BadTimingData(f"A timing's type is one of {', '.join(_SPECS)}, not {word!r}.", key="type")
    for key in data:
        if key not in spec.entries and key != "type":
            raise BadTimingData(f"A {word} timing knows no {key!r}, only {', '.join(spec.entries)}.", key=key)
    for key, entry in spec.entries.items():
        if entry.default is MISSING and key not in data:
            raise BadTimingData(f"A {word} timing needs {key!r}.", key=key)
    values = {entry.attribute: _read(entry, data[key]) for key, entry in spec.entries.items() if key in data}
    return spec.make(**spec.fixed, **values)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the data: its key, the attribute of the timing it stands for, and how its value is read."""

    key: str
    attribute: str
    default: object
    read: Read


def _read(entry: _Entry, value: object) -> object:
    try:
        return entry.read(value)
    except ValueError as error:
        raise BadTimingData(f"The entry {entry.key!r} must be {error}, not {value!r}.", key=entry.key) from None


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("a date that exists, written YYYY-MM-DD")


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("a whole number")


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("text")


def _amount(value: object) -> int | Decimal:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,30}(\.[0-9]{1,30})?", value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("a whole number, or a decimal number as a string")


@dataclass(frozen=True, slots=True)
class _Spec:
    """How one word of `type` is spelt out: the timing it makes, what the word itself fixes, and the entries."""

    make: Callable[..., Timing]
    fixed: Mapping[str, Any]
    entries: Mapping[str, _Entry]


def _spec(make: type[Timing], *, fixed: Mapping[str, Any] | None = None, **reads: Read) -> _Spec:
    """A spec whose entries are the attributes in `reads`; only a By's day has another name outside: `date`."""
    default = {field.name: field.default for field in fields(make)}
    entries = [
        _Entry("date" if make is By and name == "day" else name, name, default[name], read)
        for name, read in reads.items()
    ]
    return _Spec(make, fixed or {}, {entry.key: entry for entry in entries})


def _every(period: Period) -> _Spec:
    month: dict[str, Read] = {"month": _whole} if period is Period.YEAR else {}
    return _spec(Every, fixed={"period": period}, **month, day=_whole, month_end=_switch, min_count=_whole)


_WORD: Mapping[type[Timing], str] = MappingProxyType(
    {By: "by", EveryNYears: "every_n_years", Event: "event", Quantity: "quantity", AfterDone: "after_done"}
)

_SPECS: Mapping[str, _Spec] = MappingProxyType(
    {
        "by": _spec(By, day=_day, month_end=_switch, stage=_text),
        **{period.value: _every(period) for period in Period},
        "every_n_years": _spec(EveryNYears, n=_whole, anchor=_whole, month=_whole, day=_whole, month_end=_switch),
        "event": _spec(Event, event=_text, days=_whole, day_kind=_text),
        "quantity": _spec(Quantity, amount=_amount, unit=_text, per=_text),
        "after_done": _spec(AfterDone, first=_day, months=_whole, days=_whole, day_kind=_text),
    }
)
