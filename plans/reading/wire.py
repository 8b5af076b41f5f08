"""A reading as JSON and back, for the way from the child process to its parent."""

from dataclasses import asdict
from datetime import date
from typing import Any

from plans.reading.values import Found, Head, Reading, Said, Unclear
from schedules.timing_data import timing_from_dict, timing_to_dict


def pack(reading: Reading) -> dict[str, Any]:
    """The reading as JSON-ready data."""
    head = asdict(reading.head) | {"issued": reading.head.issued.isoformat() if reading.head.issued else None}
    duties = [_pack_duty(duty) for duty in reading.duties]
    unclear = [[one.place, one.says, dict(one.source)] for one in reading.unclear]
    return {
        "head": head,
        "duties": duties,
        "unclear": unclear,
        "notes": list(reading.notes),
        "format": reading.format,
        "encoding": reading.encoding,
    }


def _pack_duty(duty: Found) -> dict[str, Any]:
    due = [timing_to_dict(timing) for timing in duty.due]
    body = [[said.quote, said.actor, timing_to_dict(said.timing)] for said in duty.body]
    return {
        "item": duty.item,
        "section": duty.section,
        "title": duty.title,
        "text": duty.text,
        "ongoing": duty.ongoing,
        "roles": {kind: list(names) for kind, names in duty.roles.items()},
        "due": due,
        "body": body,
        "source": dict(duty.source),
    }


def unpack(data: dict[str, Any]) -> Reading:
    """The reading that these data say."""
    said = data["head"]
    head = Head(**said | {"issued": date.fromisoformat(said["issued"]) if said["issued"] else None})
    duties = tuple(_unpack_duty(duty) for duty in data["duties"])
    unclear = tuple(Unclear(*one) for one in data["unclear"])
    return Reading(head, duties, unclear, tuple(data["notes"]), data["format"], data["encoding"])


def _unpack_duty(data: dict[str, Any]) -> Found:
    return Found(
        **data
        | {
            "roles": {kind: tuple(names) for kind, names in data["roles"].items()},
            "due": tuple(timing_from_dict(one) for one in data["due"]),
            "body": tuple(Said(quote, actor, timing_from_dict(due)) for quote, actor, due in data["body"]),
        }
    )
