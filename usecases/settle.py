"""Changing a part: its row, its reminders, its live cards and its timeline row move together, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from schedules.lifecycle import State, is_settled
from storage import deliveries, parts, reminders, timeline
from storage.rows import DeliveryRow, PartRow
from usecases.hook_events import tell_hooks
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders

SETTLED = "settled"
"""Why planned reminders of a part that reached an end are superseded; undo and reopen plan them again."""
OVER: Mapping[State, tuple[str, ...]] = MappingProxyType(
    {State.OPEN: (SETTLED, "reported", "refused", "received"), State.RECEIVED: (SETTLED, "reported", "refused")}
)
"""Reasons for not reminding that no longer hold once a part is back in a state."""


def change_state(desk: Desk, part: PartRow, state: State, *, ended_at: datetime | None = None, **values: Any) -> bool:
    """Move a part to `state` unless somebody else moved it first; says whether it was moved.

    `ended_at`: when it had reached the end that it is put back to.
    """
    ends = is_settled(state, part.verification)
    settled_at = (ended_at or part.settled_at or desk.now) if ends else None
    changed = parts.change_part(
        desk.tx, part.id, only_in=part.state, state=state.value, settled_at=settled_at, changed_at=desk.now, **values
    )
    if changed and ends:
        reminders.supersede_part(desk.tx, part.id, SETTLED)
    if changed and not ends:
        reminders.restore_part(desk.tx, part.id, OVER.get(state, (SETTLED,)))
    if changed and State.RECEIVED in (state, part.state):
        plan_reminders(desk, [row for row in parts.by_ids(desk.tx, [part.id]).values() if row.settled_at is None])
    if changed:
        touch_cards(desk, part.id)
        tell_hooks(desk, part, state)
    return changed


def close_part(desk: Desk, part: PartRow, *, state: str, reason: str) -> None:
    """Ruqi itself ends a part: the plan no longer asks for it, or its period is over."""
    if change_state(desk, part, State(state), reason=reason):
        verb = "waive" if state == "waived" else "lapse"
        timeline.add(desk.tx, at=desk.now, verb=verb, part_id=part.id, door="ruqi", words=reason)


def reopen_part(desk: Desk, part: PartRow) -> None:
    """Ruqi itself asks for a part again that it had waived: the plan or the roster names it once more."""
    if change_state(desk, part, State.OPEN, reason=""):
        timeline.add(desk.tx, at=desk.now, verb="reopen", part_id=part.id, door="ruqi", words=part.reason)


def touch_cards(desk: Desk, part_id: int) -> None:
    """Queue one edit for each message that shows this part; an edit still waiting covers later changes too."""
    cards = deliveries.cards_of(desk.tx, part_id, desk.now - desk.office.card_life)
    waiting = {edit.body["of"] for edit in deliveries.pending_edits(desk.tx, {card.address for card in cards})}
    for card in cards:
        if card.id not in waiting:
            deliveries.add(
                desk.tx,
                officer_id=card.officer_id,
                channel=card.channel,
                address=card.address,
                kind="edit",
                body={"of": card.id, **_group(card)},
                at=desk.now,
                created_at=desk.now,
            )


def _group(card: DeliveryRow) -> dict[str, object]:
    """A card in a group tells which unit the group heard it for."""
    return {"group": card.body["group"]} if "group" in card.body else {}
