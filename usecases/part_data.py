"""A part as other programs are told of it, the same in the API and in a webhook: names and plain values."""

from typing import Any

from texts.values import PartView

UNTOLD = ("plan", "title", "note", "reason", "received_by", "reported_by")
"""What is left empty of a confidential plan's part where it leaves the house: its number and dates say enough."""


def part_data(part: PartView) -> dict[str, Any]:
    """All of it, for a program that signs in as somebody who may see it."""
    return {
        "uid": part.uid,
        "code": part.code,
        "plan": part.plan_key,
        "item": part.item,
        "title": f"{part.title}({part.stage})" if part.stage else part.title,
        "unit": part.unit,
        "role": part.role,
        "state": part.state,
        "phase": part.phase,
        "due": part.due,
        "original_due": part.original_due or part.due,
        "days_left": part.days_left,
        "counted": format(part.counted, "f"),
        "target": format(part.target, "f"),
        "unit_of_measure": part.unit_of_measure,
        "note": part.note,
        "reason": part.reason,
        "received_at": part.received_at,
        "received_by": part.received_by,
        "reported_at": part.reported_at,
        "reported_by": part.reported_by,
        "units_done": part.siblings_done,
        "units": part.siblings,
    }


def told_outside(part: PartView) -> dict[str, Any]:
    """What may be sent to another machine."""
    data = part_data(part)
    return data | dict.fromkeys(UNTOLD, "") if part.confidential else data
