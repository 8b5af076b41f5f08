"""Events for other programs: queued in the transaction that changed a part, written when they leave.

A hook that is gone, or does not ask for the event any more, hears nothing of what was queued before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from schedules.lifecycle import State
from storage import deliveries, hooks, parts
from storage.rows import DeliveryRow, Hook, PartRow
from usecases import look
from usecases.office import Desk
from usecases.part_data import told_outside

CHANNEL, KIND = "webhook", "hook"
EVENTS: Mapping[State, str] = MappingProxyType(
    {
        State.OPEN: "part.opened",
        State.RECEIVED: "part.received",
        State.REPORTED: "part.reported",
        State.VERIFIED: "part.verified",
        State.REFUSED: "part.refused",
        State.WAIVED: "part.waived",
        State.LAPSED: "part.lapsed",
    }
)
"""An event is named by the state a part came to; sent back by the bureau, it is received again, from reported."""
TEST = "hook.test"
GONE = "hook gone"


@dataclass(frozen=True, slots=True)
class Call:
    """What another program is to be told: `id` stays the same over all tries. Nothing secret shows in a repr."""

    id: str
    url: str = field(repr=False)
    secret: str = field(repr=False)
    body: bytes = field(repr=False)
    event: str = ""


def tell_hooks(desk: Desk, part: PartRow, state: State) -> None:
    """Queue the event for each hook that asks for it; nothing while webhooks are off."""
    if not desk.office.webhooks or state.value == part.state:
        return
    for hook in hooks.known(desk.tx):
        if hook.state == "live" and EVENTS[state] in hook.events:
            queue(desk, hook, EVENTS[state], {"part": part.id, "from": part.state})


def queue(desk: Desk, hook: Hook, event: str, about: Mapping[str, Any]) -> None:
    said = {"id": f"msg_{uuid4().hex}", "event": event, "at": _moment(desk.now), **about}
    deliveries.add(
        desk.tx,
        officer_id=None,
        channel=CHANNEL,
        address=str(hook.id),
        kind=KIND,
        body=said,
        at=desk.now,
        created_at=desk.now,
    )


def write(desk: Desk, delivery: DeliveryRow) -> Call | None:
    """The event as it is told now, the part as it stands now; None when the hook is gone."""
    hook, said = hooks.by_id(desk.tx, int(delivery.address)), delivery.body
    if hook is None or hook.state != "live":
        return None
    data: dict[str, Any] = {}
    if "part" in said:
        part = parts.by_id(desk.tx, said["part"])
        if part is None:
            return None
        data = {"from": said["from"], "part": told_outside(look.view(desk, part))}
    body = {"id": said["id"], "type": said["event"], "timestamp": said["at"], "data": data}
    return Call(said["id"], hook.url, hook.secret, _encoded(body), said["event"])


def died(desk: Desk, delivery: DeliveryRow, reason: str) -> None:
    """The other program says that nobody is there any more: nothing more goes there until it is added anew."""
    hooks.change(desk.tx, int(delivery.address), state="dead", reason=reason)


def _encoded(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _moment(at: datetime) -> str:
    """As the API writes it: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
