"""What a part was before an act, kept in the timeline: undo puts back exactly this."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from storage.rows import PartRow

PLAIN = ("state", "note", "reason", "received_by", "reported_by", "delegate_id", "came_from", "rerouted_to")
INSTANTS = ("received_at", "reported_at", "settled_at")


def snapshot(part: PartRow) -> dict[str, Any]:
    """The columns an act may change, as JSON."""
    kept: dict[str, Any] = {name: getattr(part, name) for name in PLAIN}
    instants = {name: getattr(part, name) for name in INSTANTS}
    kept |= {name: None if moment is None else moment.isoformat() for name, moment in instants.items()}
    return kept | {"counted": str(part.counted), "due": part.due.isoformat()}


def columns(before: Mapping[str, Any]) -> dict[str, Any]:
    """The same as columns again, without the state and the end, which follow from it.

    A row of the timeline that an earlier version wrote may lack some: they stay as they are.
    """
    kept = {name: before[name] for name in PLAIN if name in before and name != "state"}
    instants = {name: before[name] for name in INSTANTS if name != "settled_at"}
    kept |= {name: None if text is None else datetime.fromisoformat(text) for name, text in instants.items()}
    kept["counted"] = Decimal(before["counted"])
    if "due" in before:
        kept["due"] = date.fromisoformat(before["due"])
    return kept
