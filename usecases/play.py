"""Playing a period at full speed: the real engine on a store in memory, a movable clock, a chat that only records.

It is the preview of a plan, the trial of a whole year, and what stories are told with.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from schedules.civil import civil_date, instant, local
from schedules.plan import Plan
from schedules.retry import Sent
from schedules.roster import Roster
from storage import parts, people, plans
from storage.engine import open_store
from storage.rows import DeliveryRow, Officer
from texts import compose
from texts.reader import Reader
from texts.values import DigestView, Message
from usecases.answer import Act, receive, report
from usecases.deliver import Outgoing, claim, prepare, record
from usecases.enroll import load_roster, roster_of
from usecases.errors import OthersMissing
from usecases.import_plan import ImportReport, import_plan
from usecases.office import Desk, Office
from usecases.remind import hand_over, next_moment, roll

CHANNEL = "record"
Answers = Literal["none", "prompt"]
PROMPT_AFTER = timedelta(hours=1)
PROMPT_RUNGS = ("d7", "d3", "d1", "d0")


@dataclass(frozen=True, slots=True)
class Played:
    """One reminder that was sent: `at` is local with its offset, `text` the line of the message that speaks of it."""

    at: datetime
    item: str
    unit: str
    officer: str
    rung: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class PlayedMessage:
    """One message as it would have been seen."""

    at: datetime
    officer: str
    unit: str
    message: Message


@dataclass(slots=True)
class Play:
    """What a played period came to, in the order in which it happened."""

    due: list[tuple[str, date, str]] = field(default_factory=list)
    reminders: list[Played] = field(default_factory=list)
    messages: list[PlayedMessage] = field(default_factory=list)
    imports: list[ImportReport] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; the same play gives the same bytes."""
        names = ("item", "unit", "officer", "rung", "text")
        told = [{"at": r.at.isoformat(), **{name: getattr(r, name) for name in names}} for r in self.reminders]
        due = [{"item": item, "date": day.isoformat(), "stage": stage} for item, day, stage in self.due]
        people_told = {(r.unit, r.officer) for r in self.reminders}
        counts = {
            "due": len(due),
            "parts": sum(report.parts for report in self.imports),
            "reminders": len(told),
            "messages": len(self.messages),
            "officers": len(people_told),
        }
        return {"due": due, "reminders": told, "counts": counts}


def play(  # noqa: PLR0913 what a period needs
    office: Office, plan_list: Sequence[Plan], roster: Roster, first: date, last: date, *, answers: Answers = "none"
) -> Play:
    """Play `first`..`last` (both included): the plans are imported as that first day begins."""
    start = instant(first, time(0), office.zone)
    end = instant(last + timedelta(days=1), time(0), office.zone)
    with scratch_office(office) as scratch:
        done = Play(imports=set_up(scratch, plan_list, roster, start))
        for now in moments(scratch, start, end):
            beat(scratch, now, done, answers)
        with scratch.read(end) as desk:
            done.due = sorted(_dues(desk, first, last), key=lambda d: (d[1], _number(d[0]), d[2]))
    return done


def preview(office: Office, plan: Plan, now: datetime, last: date | None = None, *, chase: bool = False) -> Play:
    """The exact reminders a plan would bring from now on, with today's roster, before anything is switched on."""
    with office.read(now) as desk:
        roster, until = roster_of(desk), last or desk.today + office.horizon
    with scratch_office(office) as scratch:
        done = Play(imports=set_up(scratch, [plan], roster, now, chase=chase))
        for moment in moments(scratch, now, instant(until + timedelta(days=1), time(0), office.zone)):
            beat(scratch, moment, done)
        with scratch.read(now) as desk:
            done.due = sorted(_dues(desk, desk.today, until), key=lambda d: (d[1], _number(d[0]), d[2]))
    return done


@contextmanager
def scratch_office(office: Office) -> Iterator[Office]:
    """The same office on an empty store in memory, for as long as something is tried out there."""
    store = open_store("sqlite://")
    store.create()
    try:
        yield replace(office, store=store)
    finally:
        store.close()


def set_up(
    scratch: Office, plan_list: Iterable[Plan], roster: Roster, now: datetime, *, chase: bool = False
) -> list[ImportReport]:
    """Everybody in the roster with a chat that records, and the plans imported now."""
    with scratch.write(now) as desk:
        load_roster(desk, roster)
        for officer in people.officers(desk.tx):
            people.bind_contact(desk.tx, officer_id=officer.id, channel=CHANNEL, address=str(officer.id), now=now)
        return [import_plan(desk, plan, chase=chase) for plan in plan_list]


def moments(scratch: Office, now: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment at which something is to be done, and each midnight, when the horizon moves on."""
    while now < end:
        yield now
        midnight = instant(civil_date(now, scratch.zone) + timedelta(days=1), time(0), scratch.zone)
        with scratch.read(now) as desk:
            following = next_moment(desk, (CHANNEL,), mail=False)
        now = midnight if following is None or following <= now else min(following, midnight)


def beat(scratch: Office, now: datetime, done: Play, answers: Answers = "none") -> None:
    """One moment of the play: what falls due then is sent and noted in `done`."""
    with scratch.write(now) as desk:
        if local(now, scratch.zone).time() == time(0):
            roll(desk)
        hand_over(desk, mail=False)
    with scratch.write(now) as desk:
        claimed = claim(desk, owner="play", channels=(CHANNEL,), limit=100_000)
        sent = [(delivery, prepare(desk, delivery)) for delivery in claimed]
        for delivery, outgoing in sorted(sent, key=lambda pair: pair[0].id):
            if outgoing is not None:
                record(desk, delivery, outgoing, Sent(str(delivery.id)))
                _note(desk, outgoing, done)
    if answers == "prompt":
        _answer(
            scratch,
            now + PROMPT_AFTER,
            [(delivery, out.told) for delivery, out in sent if out and out.told and out.kind == "digest"],
        )


def _note(desk: Desk, outgoing: Outgoing, done: Play) -> None:
    view = outgoing.told
    if view is None or outgoing.kind != "digest":
        return
    at, reader = local(desk.now, desk.office.zone), Reader(view.language, view.today, view.zone)
    done.messages.append(PlayedMessage(at, view.officer, view.unit, outgoing.message))
    for line in view.reminders:
        text = compose.line(line, reader, audience=view.audience)
        done.reminders.append(Played(at, line.part.item, line.part.unit, view.officer, line.rung, text, line.part.due))


def _answer(scratch: Office, now: datetime, told: Sequence[tuple[DeliveryRow, DigestView]]) -> None:
    """Everybody receives what is assigned and reports what is near, an hour after being told, leads last."""
    with scratch.write(now) as desk:
        officers = {officer.id: officer for officer in people.officers(desk.tx)}
        lines = [(officers[delivery.officer_id or 0], line) for delivery, view in told for line in view.reminders]
        for officer, line in sorted(lines, key=lambda pair: pair[1].part.role == "lead"):
            if line.part.unit_id == officer.unit_id:
                _act(desk, officer, line.part.id, near=line.rung in PROMPT_RUNGS)


def _act(desk: Desk, officer: Officer, part_id: int, *, near: bool) -> None:
    """Leads come last; one whose others are not in yet receives, and reports when it is reminded again."""
    act = Act(officer, "play")
    if near:
        with suppress(OthersMissing):
            report(desk, act, part_id)
            return
    receive(desk, act, part_id)


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
