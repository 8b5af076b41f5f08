"""Following an event to another day: its occurrences stay the same ones, so that parts keep their answers and codes.

An occurrence is known by the day its rule gave. When the event moves, the rule gives another day, and the occurrence
takes it over before the plan is unfolded again; otherwise it would look like one that went and one that came.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from storage import parts, plans
from storage.rows import DutyRow, EventRow, OccurrenceRow
from usecases.office import Desk
from usecases.unfold import due_dates_of
from usecases.unfold_decide import Identity, identity_of

FAR = timedelta(days=36500)
"""An event may move beyond the horizon; its occurrences then come back when the horizon reaches them."""


def follow_event(desk: Desk, event: EventRow, day: date) -> int:
    """Move the event and the identity of its occurrences to `day`; gives how many occurrences follow."""
    gives: dict[tuple[int, Identity], date] = {}
    for duty in plans.duties(desk.tx, event.plan_id):
        gives |= dict(_moves(desk, duty, event, day))
    follow = [o for o in parts.occurrences(desk.tx, event.plan_id) if (o.duty_id, identity_of(o)) in gives]
    plans.move_event(desk.tx, event.id, day)
    for occurrence in sorted(follow, key=_rule_day, reverse=day > event.day):
        new = gives[occurrence.duty_id, identity_of(occurrence)]
        parts.change_occurrence(desk.tx, occurrence.id, rule_day=new)
    return len(follow)


def _rule_day(occurrence: OccurrenceRow) -> date:
    """In the direction of the move the foremost goes first, so that no two ever stand on the same day."""
    return occurrence.rule_day


def _moves(desk: Desk, duty: DutyRow, event: EventRow, day: date) -> Iterator[tuple[tuple[int, Identity], date]]:
    """What each timing gave for the event, and the day that it gives now."""
    for data in duty.timings:
        if data["type"] == "event" and data["event"] == event.name:
            one = replace(duty, timings=[data])
            old = due_dates_of(desk, one, [event], FAR)
            new = due_dates_of(desk, one, [replace(event, day=day)], FAR)
            for before, after in zip(old, new, strict=True):
                yield (duty.id, before.identity), after.rule_day
