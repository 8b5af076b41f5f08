"""The conversation as the page shows it: what a person said or pressed, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import inbox
from storage.rows import InboxRow, Officer
from texts.values import Button, Message
from usecases.office import Desk

CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing said and its answer; `handled` is false while it still waits."""

    at: datetime
    mine: str
    theirs: tuple[Message, ...]
    handled: bool


def account(officer: Officer) -> str:
    return f"{CHANNEL}:{officer.id}"


def told(desk: Desk, officer: Officer, once: str) -> Exchange | None:
    """What this person's own form with that id led to."""
    if not once:
        return None
    found = (inbox.by_source(desk.tx, CHANNEL, one, once) for one in (account(officer), f"form:{officer.id}"))
    return next((exchanges([row])[0] for row in found if row and row.reply), None)


def exchanges(rows: Sequence[InboxRow]) -> list[Exchange]:
    """The rows of the inbox table of one person, oldest first."""
    return [
        Exchange(row.received_at, _mine(row.payload), messages(row.reply), handled=row.handled_at is not None)
        for row in rows
    ]


def _mine(payload: dict[str, Any]) -> str:
    """What was typed, or what stood on the button, with what was typed beside it."""
    said = (payload.get("text", ""), payload.get("label", ""), payload.get("amount", ""), payload.get("words", ""))
    return " ".join(str(word) for word in said if word)


def messages(stored: object) -> tuple[Message, ...]:
    """Messages as `as_data` wrote them; none for what is not such a list."""
    if not isinstance(stored, list):
        return ()
    return tuple(
        Message(tuple(said["lines"]), tuple(tuple(Button(**button) for button in row) for row in said["buttons"]))
        for said in stored
    )


def as_data(message: Message) -> dict[str, Any]:
    """A message as plain data for the inbox row."""
    buttons = [[{"label": b.label, "data": b.data, "url": b.url} for b in row] for row in message.buttons]
    return {"lines": list(message.lines), "buttons": buttons}
