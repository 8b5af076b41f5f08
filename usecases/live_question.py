"""Questions that were decided by words, elsewhere or in another chat: what came of them takes their place."""

from storage import deliveries
from storage.rows import Officer
from texts.values import Message
from usecases.deliver import say
from usecases.ended import LIVE
from usecases.office import Desk


def close(desk: Desk, officer: Officer, word: str, outcome: Message, *, but: str = "") -> int:
    """Change each message that asked this person about `word`, but for the one that is changed anyway; gives how many.

    A question that has not left yet is not asked any more.
    """
    asked = [row for row in deliveries.to_officer(desk.tx, officer.id) if row.body.get(LIVE) == word]
    for row in asked:
        if row.state == "due":
            deliveries.change(desk.tx, row.id, state="superseded", reason="decided")
    shown = [row for row in asked if row.state == "sent" and row.message_ref and row.message_ref != but]
    for row in shown:
        say(
            desk,
            outcome,
            officer_id=officer.id,
            channel=row.channel,
            address=row.address,
            edit_ref=row.message_ref,
            key=f"closed:{row.id}",
        )
    return len(shown)
