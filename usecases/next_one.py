"""The next one of a review cycle, in the transaction of the act that completed the last one or took that back."""

from storage import parts, plans
from storage.rows import PartRow
from usecases.office import Desk
from usecases.unfold import unfold


def bring_next(desk: Desk, part: PartRow) -> None:
    """After an act on a part: bring the occurrences counted from its completion in line; other duties cost a look."""
    if any(timing["type"] == "after_done" for timing in plans.timings(desk.tx, [part.duty_id])[part.duty_id]):
        parts.hold_later(desk.tx, part.duty_id, part.occurrence_id)
        unfold(desk, part.plan_id, announce=True, only=[part.duty_id])
