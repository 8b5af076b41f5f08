"""Timings as the fields of a form, and back. Field names carry the timing's number: ``t0_type``, ``t0_date``.

A kind has only some of the fields; the rest of what a form sends is not looked at.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from schedules.errors import RuqiError
from schedules.timing import Timing
from schedules.timing_data import timing_from_dict, timing_to_dict

NONE = ""
KINDS = (
    "by",
    "yearly",
    "half_yearly",
    "quarterly",
    "monthly",
    "every_n_years",
    "after",
    "before",
    "quantity",
    "after_done",
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "by": ("date", "stage"),
    "yearly": ("month", "day", "min_count"),
    "half_yearly": ("day", "min_count"),
    "quarterly": ("day", "min_count"),
    "monthly": ("day", "min_count"),
    "every_n_years": ("n", "anchor", "month", "day"),
    "after": ("event", "days", "day_kind"),
    "before": ("event",),
    "quantity": ("amount", "unit", "per"),
    "after_done": ("first", "months", "days", "day_kind"),
}
WHOLE = frozenset({"month", "day", "min_count", "n", "anchor", "days", "months"})
DATED: Mapping[str, str] = {"by": "date", "after_done": "first"}
"""The date without which a kind is nothing."""
MOST_TIMINGS = 20
LONGEST_NUMBER = 9


class BadTimingForm(Exception):
    """What was typed makes no timing; `key` names the sentence ``web.plans.wrong.<key>``."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def fields_of(due: Sequence[Timing]) -> dict[str, str]:
    """What the form shows for these timings."""
    values = {"timings": str(len(due))}
    for number, timing in enumerate(due):
        data = timing_to_dict(timing)
        values |= {f"t{number}_{name}": str(value) for name, value in data.items() if name != "month_end"}
        if data["type"] == "event":
            values[f"t{number}_type"] = "after" if data["days"] else "before"
    return values


def timings_in(form: Mapping[str, str], before: Sequence[Timing]) -> tuple[Timing, ...]:
    """The timings that a form says; one that is as it was `before` is that very one. Raises BadTimingForm."""
    known = {_plain(timing): timing for timing in before}
    count = form.get("timings", "")
    numbers = range(min(int(count), MOST_TIMINGS) + 1) if count.isascii() and count.isdigit() else range(0)
    kinds = {number: form.get(f"t{number}_type", NONE) for number in numbers}
    made = [_timing(form, number, kind) for number, kind in kinds.items() if kind in KINDS]
    return tuple(dict.fromkeys(known.get(_plain(timing), timing) for timing in made))


def _plain(timing: Timing) -> str:
    """The timing without the memory that the document said 底前, which no form asks for."""
    return repr({name: str(value) for name, value in timing_to_dict(timing).items() if name != "month_end"})


def _timing(form: Mapping[str, str], number: int, kind: str) -> Timing:
    said = {name: form.get(f"t{number}_{name}", "").strip() for name in FIELDS[kind]}
    data: dict[str, Any] = {name: _value(name, text) for name, text in said.items() if text}
    if kind in DATED and DATED[kind] not in data:
        raise BadTimingForm("date")
    if kind in {"after", "before"} and "event" not in data:
        raise BadTimingForm("event")
    try:
        return timing_from_dict({"type": "event" if kind in {"after", "before"} else kind, **_default(kind), **data})
    except RuqiError:
        raise BadTimingForm("timing") from None


def _default(kind: str) -> dict[str, object]:
    match kind:
        case "before":
            return {"days": 0}
        case "every_n_years":
            return {"n": 2}
        case _:
            return {}


def _value(name: str, text: str) -> object:
    if name in WHOLE:
        return _whole(text)
    if name == "amount":
        return _amount(text)
    if name in {"date", "first"}:
        return day_in(text).isoformat()
    return text


def _whole(text: str) -> int:
    if not text.isdigit() or len(text) > LONGEST_NUMBER:
        raise BadTimingForm("number")
    return int(text)


def _amount(text: str) -> int | str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadTimingForm("number") from None
    if not number.is_finite() or not 0 < number < 10**12:
        raise BadTimingForm("number")
    return int(number) if number == number.to_integral_value() else format(number, "f")


def day_in(text: str) -> date:
    """A date as a browser's field sends it or as people write it: 2026-12-31, 2026/12/31, 2026年12月31日, 20261231."""
    figures = text.strip().replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").rstrip("日 ")
    try:
        parts = [int(part) for part in figures.split("-")]
        return date(*parts) if len(parts) > 1 else date.fromisoformat(figures)
    except (ValueError, TypeError):
        raise BadTimingForm("date") from None
