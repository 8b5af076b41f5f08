"""A reading as JSON lines (the format of ../shared/plans/README.md) and as a table for people."""

import json
from collections.abc import Mapping
from typing import Any

from plans.reading.labels import ROLE_KINDS
from plans.reading.values import Found, Reading
from schedules.timing import By, Event, Every, EveryNYears, Quantity, Timing
from schedules.timing_data import timing_to_dict

_ROLE_NAMES = {"lead": "牵头", "support": "配合", "responsible": "责任"}
_PERIODS = {"yearly": "每年", "half_yearly": "每半年", "quarterly": "每季度", "monthly": "每月"}


def to_jsonl(reading: Reading) -> str:
    """One JSON object a line for every duty."""
    return "".join(json.dumps(as_dict(duty), ensure_ascii=False) + "\n" for duty in reading.duties)


def as_dict(duty: Found) -> dict[str, Any]:
    """A duty as JSON-ready data."""
    return {
        "item": duty.item,
        "section": duty.section,
        "text": duty.text,
        "roles": {kind: list(duty.roles.get(kind, ())) for kind in ROLE_KINDS},
        "due": [due_dict(timing) for timing in duty.due],
        "ongoing": duty.ongoing,
        "body": [{"quote": one.quote, "actor": one.actor, "due": due_dict(one.timing)} for one in duty.body],
        "source": dict(duty.source),
    }


def due_dict(timing: Timing) -> dict[str, Any]:
    """A timing as the reader prints it: as in a plan file, with the defaults that its reader expects written out."""
    data = timing_to_dict(timing)
    if isinstance(timing, By):
        return {"type": "by", "date": data["date"], "stage": timing.stage} | (
            {"month_end": True} if timing.month_end else {}
        )
    if isinstance(timing, Every) and timing.month is None:
        data["min_count"] = timing.min_count
    if isinstance(timing, Event):
        data["day_kind"] = timing.day_kind
    return data


def to_table(reading: Reading) -> str:
    """The duties, what was not understood and how the document was read, as lines for people."""
    lines = [f"{reading.head.title or '（没有标题）'}  共 {len(reading.duties)} 项"]
    lines += [_line(duty) for duty in reading.duties]
    if reading.unclear:
        lines += ["", f"没有读懂的 {len(reading.unclear)} 处："] + [f"  {one.says}" for one in reading.unclear]
    return "\n".join([*lines, *reading.notes]) + "\n"


def _line(duty: Found) -> str:
    who = "；".join(
        f"{_ROLE_NAMES[k]} {'、'.join(duty.roles[k])}" for k in ("lead", "responsible", "support") if duty.roles.get(k)
    )
    when = "；".join([*(say(timing) for timing in duty.due), *(["长期坚持"] if duty.ongoing else [])])
    return "  ".join((duty.item.rjust(4), duty.title, who or "未写单位", when or "未写时限"))


def say(timing: Timing) -> str:
    """A timing in a few words."""
    if isinstance(timing, By):
        return timing.day.isoformat() + (f" {timing.stage}" if timing.stage else "")
    if isinstance(timing, Every):
        day = f"{timing.month}月" if timing.month else ""
        day += f"{timing.day}日前" if timing.day else ""
        return _PERIODS[timing.period.value] + (day or f"至少 {timing.min_count} 次")
    if isinstance(timing, EveryNYears):
        return f"每 {timing.n} 年一次"
    if isinstance(timing, Event):
        return f"{timing.event}前" if timing.days == 0 else _after(timing)
    return _quantity(timing) if isinstance(timing, Quantity) else timing.first.isoformat()


def _after(timing: Event) -> str:
    return f"{timing.event}后 {timing.days} {'个工作日' if timing.day_kind == 'working' else '天'}内"


def _quantity(timing: Quantity) -> str:
    per: Mapping[str, str] = {
        "person-year": "每人每年",
        "year": "每年",
        "half-year": "每半年",
        "quarter": "每季度",
        "month": "每月",
    }
    return f"{per[timing.per]} {timing.amount} {timing.unit}"
