"""Playing a period at full speed: the real engine on a store in memory, a movable clock, a chat that only records.

It is the preview of a plan, the trial of a whole year, and what stories are told with.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from schedules.civil import instant, local
from schedules.plan import Plan
from schedules.roster import Roster
from storage import parts, plans
from usecases.enroll import roster_of
from usecases.office import Desk, Office
from usecases.play_ground import Span, moments, scratch_office, set_up
from usecases.play_store import Answers, through_store
from usecases.play_values import Mind
from usecases.played import Play, Played, PlayedMessage

__all__ = ["Play", "Played", "PlayedMessage", "by_values", "play", "preview", "turns"]


def play(  # noqa: PLR0913 what a period needs
    office: Office,
    plan_list: Sequence[Plan],
    roster: Roster,
    first: date,
    last: date,
    *,
    answers: Answers = "none",
    words: bool = True,
) -> Play:
    """Play `first`..`last` (both included): the plans are imported as that first day begins.

    Where nobody answers it is played by values, else through the store; the decisions are the same. Without `words`
    no message is written, only counted: a year of a province fits in memory.
    """
    start = instant(first, time(0), office.zone)
    done = Play(words=words)
    with scratch_office(office) as scratch:
        if answers == "none":
            by_values(scratch, plan_list, roster, Span(start, last, office.zone), done)
        else:
            through_store(scratch, plan_list, roster, Span(start, last, office.zone), done, answers=answers)
        with scratch.read(start) as desk:
            done.due = sorted(_dues(desk, first, last), key=lambda d: (d[1], _number(d[0]), d[2]))
    return done


def preview(office: Office, plan: Plan, now: datetime, last: date | None = None, *, chase: bool = False) -> Play:
    """The exact reminders a plan would bring from now on, with today's roster, before anything is switched on."""
    with office.read(now) as desk:
        roster, until = roster_of(desk), last or desk.today + office.horizon
    done = Play()
    with scratch_office(office) as scratch:
        by_values(scratch, [plan], roster, Span(now, until, office.zone), done, chase=chase)
        with scratch.read(now) as desk:
            done.due = sorted(_dues(desk, desk.today, until), key=lambda d: (d[1], _number(d[0]), d[2]))
    return done


def by_values(  # noqa: PLR0913 what a period needs
    scratch: Office, plan_list: Sequence[Plan], roster: Roster, span: Span, done: Play, *, chase: bool = False
) -> None:
    """Play with everything but definitions and parts held as values: nobody answers."""
    mind = Mind()
    done.imports = set_up(scratch, plan_list, roster, span.start, chase=chase, planner=mind.plan)
    for _ in turns(scratch, mind, span, done):
        pass


def turns(scratch: Office, mind: Mind, span: Span, done: Play) -> Iterator[None]:
    """Moment by moment, what falls due is noted in `done`."""
    for now in moments(scratch, span.start, span.end, lambda now: mind.next_moment(scratch, now)):
        with scratch.write(now) as desk:
            if local(now, scratch.zone).time() == time(0):
                mind.roll(desk)
            for officer, told in mind.hand_over(desk):
                if done.words:
                    done.note(mind.view(desk, officer, told))
                else:
                    done.count(mind.in_short(desk, officer, told))
        yield


def _dues(desk: Desk, first: date, last: date) -> set[tuple[str, date, str]]:
    found = set()
    for plan in plans.all_plans(desk.tx):
        items = {duty.id: duty.item for duty in plans.duties(desk.tx, plan.id)}
        for occurrence in parts.occurrences(desk.tx, plan.id):
            if first <= occurrence.due <= last and occurrence.state == "tracked" and occurrence.duty_id in items:
                found.add((items[occurrence.duty_id], occurrence.due, occurrence.stage))
    return found


def _number(item: str) -> tuple[int, str]:
    digits = "".join(c for c in item if c.isdigit())
    return (int(digits) if digits else 0, item)
