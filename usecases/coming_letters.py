"""How many 督办单 and lines of a 通报 are to leave soon: what makes the bureau look before they do."""

from collections.abc import Mapping
from datetime import time, timedelta

from schedules.civil import instant
from storage import parts, reminders
from storage.rows import Officer
from usecases.look import is_asked
from usecases.office import Desk
from usecases.owing import COPY, HELD
from usecases.remit import covers, remit

LETTERS = ("head", "bureau", f"{COPY}head", f"{COPY}bureau")


def count_coming(desk: Desk, officer: Officer, *, days: int = 1) -> Mapping[str, int]:
    """How many 督办单 (head) and lines of a 通报 (bureau) are to leave until then; held ones are not counted.

    Of the units that the person's role reaches.
    """
    within = remit(desk, officer)
    until = instant(desk.calendar.add_workdays(desk.today, days) + timedelta(days=1), time(0), desk.office.zone)
    rows = [row for row in reminders.to_come(desk.tx, LETTERS[:2], until, until, HELD) if row.state == "planned"]
    held = parts.by_ids(desk.tx, {row.part_id for row in rows})
    steps = {
        (row.part_id, row.audience) for row in rows if is_asked(part := held[row.part_id]) and covers(within, part)
    }
    return {audience: sum(kind == audience for _, kind in steps) for audience in LETTERS[:2]}
