"""The word about an outage goes inside the digest that goes out at the same time: one message, not two."""

from storage import deliveries
from storage.rows import DeliveryRow
from usecases.office import Desk

KEY = "outage"


def key_of(channel: str, address: str, moment: str = "") -> str:
    """The key of the word to one chat; without a moment, what all of them begin with."""
    return f"{KEY}:{channel}:{address}:{moment}"


def absorb(desk: Desk, digest: DeliveryRow) -> tuple[str, ...]:
    """The lines that wait for this chat, taken out of the queue and kept with the digest, should it be tried again."""
    if "note" in digest.body:
        return tuple(digest.body["note"])
    waiting = deliveries.due_under(desk.tx, key_of(digest.channel, digest.address))
    lines = [line for row in waiting for line in row.body["message"]["lines"]]
    for row in waiting:
        deliveries.change(desk.tx, row.id, state="superseded", reason="in the digest")
    if lines:
        deliveries.change(desk.tx, digest.id, body=digest.body | {"note": lines})
    return tuple(lines)
