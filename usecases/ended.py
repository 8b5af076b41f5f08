"""What a row says once its message ended: what was sent, when it is tried again, or why it is given up."""

from datetime import datetime
from typing import Any, Protocol, assert_never

from schedules.retry import Dead, Decision, Done, RetryAt
from storage.rows import DeliveryRow
from texts.values import Message
from usecases.secrecy import without_secrets

LIVE = "live"
"""In a message's body: the word by which it is found again; see `usecases.live_question`."""


class Left(Protocol):
    """What left: its words, and the message it was to change."""

    @property
    def message(self) -> Message: ...

    @property
    def edit_ref(self) -> str: ...


def ended(delivery: DeliveryRow, left: Left, decision: Decision, *, now: datetime) -> dict[str, Any]:
    """The columns to write. What was said in a chat is kept without what opens something."""
    said = delivery.kind == "say"
    match decision:
        case Done(message_id):
            ref = message_id if said else left.edit_ref or message_id
            text = without_secrets(left.message.text)
            body = {"body": {name: delivery.body[name] for name in (LIVE,) if delivery.body.get(name)}} if said else {}
            return {"state": "sent", "message_ref": ref, "text": text, "sent_at": now, "reason": "", **body}
        case RetryAt(at, possible_repeat, reason):
            ambiguous = delivery.ambiguous + int(possible_repeat)
            return {"state": "due", "next_try_at": at, "ambiguous": ambiguous, "reason": reason}
        case Dead(reason):
            return {"state": "dead", "reason": reason, **({"body": _kept(delivery.body)} if said else {})}
        case _:
            assert_never(decision)


def _kept(body: dict[str, Any]) -> dict[str, Any]:
    """What stays of a message that never left: an address in it would still open something."""
    said = body.get("message", {})
    return body | {"message": said | {"lines": [without_secrets(line) for line in said.get("lines", ())]}}
