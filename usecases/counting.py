"""From which completion a due date was counted, for those who ask why it is this one."""

from collections.abc import Sequence

from schedules.chain import is_linked, timing_of
from schedules.timing import Timing
from schedules.timing_data import timing_from_dict
from storage import plans
from storage.rows import PartRow
from texts.values import CountedFrom
from usecases.office import Desk


def counted_from(desk: Desk, rows: Sequence[PartRow]) -> dict[int, CountedFrom]:
    """By part id, for the parts of review cycles among these; the others cost nothing."""
    linked = [row for row in rows if is_linked(row.event_key) and row.period_start is not None]
    if not linked:
        return {}
    rules = plans.timings(desk.tx, {row.duty_id for row in linked})
    made = {duty_id: [timing_from_dict(data) for data in said] for duty_id, said in rules.items()}
    return {row.id: found for row in linked if (found := _counted(row, made)) is not None}


def _counted(row: PartRow, rules: dict[int, list[Timing]]) -> CountedFrom | None:
    timing = timing_of(row.event_key, rules[row.duty_id])
    if timing is None or row.period_start is None:
        return None
    if timing.days is None:
        return CountedFrom(row.period_start, timing.months or 0, "months")
    return CountedFrom(row.period_start, timing.days, timing.day_kind)
