"""Following completions: in a review cycle the next occurrence arises when the last one is completed as a whole.

An occurrence is completed once every unit's part has ended: reported, or verified where the bureau verifies, or waived
by a person; what lapsed was not done. Its day is that of the last ending. Undone, returned or reopened, it is no longer
completed, and the next one goes unless somebody has touched it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from schedules.chain import Link, belongs, is_linked
from schedules.civil import Zone, civil_date
from schedules.occurrences import Done
from schedules.timing import AfterDone
from schedules.timing_data import timing_from_dict
from storage import parts
from storage.rows import DutyRow, OccurrenceRow, PartRow, PlanRow
from usecases.office import Desk
from usecases.unfold_decide import LONG_AGO, Facts, taken_back


def chains(desk: Desk, plan: PlanRow, duties: Iterable[DutyRow]) -> Mapping[int, Done]:
    """How far the chains of these duties are, by duty id; duties without one are not in it."""
    cycles = {duty.id: found for duty in duties if (found := cycles_of(duty))}
    if not cycles:
        return {}
    since = LONG_AGO if plan.tracked_from == LONG_AGO else desk.today
    mine: dict[int, list[PartRow]] = {}
    for part in parts.of_plan(desk.tx, plan.id, list(cycles)):
        mine.setdefault(part.occurrence_id, []).append(part)
    links: dict[int, list[tuple[OccurrenceRow, Link]]] = {}
    for one in parts.occurrences(desk.tx, plan.id):
        if one.duty_id in cycles:
            links.setdefault(one.duty_id, []).append((one, _link(one, mine.get(one.id, ()), desk.office.zone)))
    return {
        duty_id: Done({timing.first: _of_chain(timing, links.get(duty_id, ())) for timing in timings}, since)
        for duty_id, timings in cycles.items()
    }


def cycles_of(duty: DutyRow) -> list[AfterDone]:
    """The timings of the duty that count from a completion."""
    made = (timing_from_dict(data) for data in duty.timings if data["type"] == "after_done")
    return [timing for timing in made if isinstance(timing, AfterDone)]


def completed_on(rows: Sequence[PartRow], zone: Zone) -> date | None:
    """The day on which an occurrence was completed as a whole. What Ruqi itself took back was not asked for."""
    ended = [row.settled_at for row in rows if not taken_back(row)]
    if not ended or any(row.state == "lapsed" for row in rows):
        return None
    moments = [moment for moment in ended if moment is not None]
    return civil_date(max(moments), zone) if len(moments) == len(ended) else None


def keep_places(desk: Desk, facts: Facts) -> Facts:
    """Linked occurrences take over the day that their rule gives now, and so stay the same ones."""
    wanted = {
        (duty_id, due.event_key): due.rule_day
        for duty_id, dues in facts.dues.items()
        for due in dues
        if is_linked(due.event_key)
    }
    return replace(facts, occurrences=[_moved(desk, one, wanted) for one in facts.occurrences]) if wanted else facts


def _moved(desk: Desk, one: OccurrenceRow, wanted: Mapping[tuple[int, str], date]) -> OccurrenceRow:
    day = wanted.get((one.duty_id, one.event_key), one.rule_day)
    if day == one.rule_day:
        return one
    parts.change_occurrence(desk.tx, one.id, rule_day=day)
    return replace(one, rule_day=day)


def _link(one: OccurrenceRow, mine: Sequence[PartRow], zone: Zone) -> Link:
    done = one.rule_day if one.state == "past" else completed_on(mine, zone)
    return Link(one.rule_day, done, touched=any(_touched(row) for row in mine), since=one.period_start)


def _touched(row: PartRow) -> bool:
    """Whether a person has done anything with it: received, answered, been given more time, handed it on."""
    if taken_back(row):
        return False
    return row.state != "open" or bool(row.counted) or row.due != row.occurrence_due or row.delegate_id is not None


def _of_chain(timing: AfterDone, held: Iterable[tuple[OccurrenceRow, Link]]) -> dict[str, Link]:
    """The links of one chain: the first is known by its day, the others by their key."""
    return {one.event_key: link for one, link in held if belongs(one.event_key, timing) or _is_first(one, timing)}


def _is_first(one: OccurrenceRow, timing: AfterDone) -> bool:
    return (one.rule_day, one.stage, one.event_key) == (timing.first, "", "")
