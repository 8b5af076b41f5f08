"""Messages with every outcome, for the pages that show what became of them."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from storage import deliveries, parts
from tests.web.world import World

BLOCKED = "Forbidden: bot was blocked by the user"
OUTCOMES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "sent": {"state": "sent", "attempt": 1, "message_ref": "4711"},
        "unconfirmed": {"state": "sent", "channel": "notify"},
        "repeat": {"state": "sent", "attempt": 2, "ambiguous": 1, "message_ref": "4712"},
        "due": {"channel": "mail"},
        "again": {"attempt": 1, "reason": "Too Many Requests: retry after 35"},
        "unknown": {"attempt": 1, "ambiguous": 1, "reason": "ReadTimeout"},
        "dead": {"state": "dead", "attempt": 1, "reason": BLOCKED},
        "superseded": {"state": "superseded", "reason": "settled"},
    }
)


def send_some(world: World, *units: str) -> None:
    """A digest to each of these units for each outcome, about one thing more each time; and one answer that failed."""
    now = world.clock.now()
    row: dict[str, Any] = {"channel": "telegram", "kind": "digest", "body": {}, "created_at": now}
    people = [world.officer(unit) for unit in units]
    with world.store.write() as tx:
        every = parts.all_parts(tx)
        for minute, values in enumerate(OUTCOMES.values(), 1):
            sent = {"sent_at": now - timedelta(minutes=minute)} if values.get("state") == "sent" else {}
            for who in people:
                about = [(part.id, None) for part in every if part.unit_id == who.unit_id][:minute]
                told = {"officer_id": who.id, "address": f"7{who.id}", "at": now - timedelta(minutes=minute)}
                deliveries.add(tx, about, **{**row, **told, **sent, **values})
        say = {**row, "kind": "say", "body": {"message": "x"}, "address": "77", "state": "dead", "reason": BLOCKED}
        deliveries.add(tx, officer_id=world.officer("水务局").id, at=now, **say)
