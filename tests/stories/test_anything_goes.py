"""Anything goes: people act, plans are revised, messengers fail, the power goes, in any order; it always adds up.

Hypothesis draws the story and shortens the one that breaks something. After every step the auditor recomputes from the
rows alone what must hold; at the end time is let pass, and nothing may be left undone.
"""

import os
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import text

from schedules.civil import local
from schedules.plan import Plan
from schedules.retry import Again, Outcome, Refused, Unknown
from schedules.roster import Roster
from storage import deliveries, reminders
from storage.engine import open_store
from tests.storage.stores import CLEAN
from tests.storage.unguarded import unguarded
from tests.usecases.office import ENFORCERS, ROSTER, SCHOOLS, ZONE, a_duty, a_plan, after, by, half_yearly
from tests.usecases.world import CHAT, Verb, World
from usecases import deliver, enroll, events
from usecases.answer import Act, snooze
from usecases.errors import Refused as NotPossible
from usecases.remind import hand_over
from usecases.snooze import Until

EVENT = "发布之日"
DUTIES = (
    a_duty("1", by("2025-03-14"), roles=ENFORCERS),
    a_duty("2", by("2025-03-28", "一"), by("2025-04-30", "二")),
    a_duty("3", half_yearly(2), roles=ENFORCERS),
    a_duty("4", after(EVENT, 10)),
)
MOVED = replace(DUTIES[0], due=(by("2025-03-21"),))
PLANS = [
    a_plan(*DUTIES),
    a_plan(*DUTIES[1:]),
    a_plan(MOVED, *DUTIES[1:]),
    a_plan(*(replace(duty, key=str(5 - n), item=str(5 - n)) for n, duty in enumerate(DUTIES, start=1))),
    a_plan(*DUTIES, verification="bureau"),
]
PEOPLE = ("张敏", "王副", "赵局", "刘强", "李督办", "周审计")
VERBS: tuple[Verb, ...] = ("receive", "report", "verify", "return", "undo")
OUTCOMES: tuple[Outcome, ...] = (
    Again(),
    Again(3600.0),
    Unknown("reset"),
    Refused("too long"),
    Refused("blocked", gone=True),
)
ROSTERS = (
    ROSTER,
    Roster("少一人", units=(replace(SCHOOLS, officers=SCHOOLS.officers[1:]),)),
    Roster("换组", units=(replace(SCHOOLS, categories=("其他",)),)),
)
STEPS = (timedelta(minutes=4), timedelta(minutes=90), timedelta(hours=9), timedelta(days=1), timedelta(days=6))
CORRECTIONS: tuple[dict[date, bool], ...] = ({}, {date(2025, 3, 14): False, date(2025, 3, 13): False})
somebody, something = st.sampled_from(PEOPLE), st.integers(0, 30)


class Anything(RuleBasedStateMachine):
    """One office over some weeks of 2025."""

    def __init__(self) -> None:
        super().__init__()
        STORE.reset()
        self.world = World(STORE.opened, "2025-03-03 08:00")
        self.world.take(PLANS[0])

    @rule(who=somebody, verb=st.sampled_from(VERBS), which=something, words=st.sampled_from(["", "说明"]))
    def act(self, who: str, verb: Verb, which: int, words: str) -> None:
        parts = [part for unit in ("教育局", "交通局") for part in self.world.parts(unit)]
        with suppress(NotPossible):
            self.world.do(who, verb, parts[which % len(parts)], words)

    @rule(which=something, until=st.sampled_from(get_args(Until)))
    def put_off(self, which: int, until: Until) -> None:
        parts, act = self.world.parts(), Act(self.world.officer("王副"), CHAT)
        with suppress(NotPossible), self.world.desk() as desk:
            snooze(desk, act, parts[which % len(parts)].id, until)

    @rule(step=st.sampled_from(STEPS), up=st.booleans())
    def pass_time(self, step: timedelta, *, up: bool) -> None:
        """The clock runs on, with the program up or down."""
        then = self.world.now + step
        if up:
            self.world.until(local(then, ZONE).strftime("%Y-%m-%d %H:%M:%S"))
        else:
            self.world.now = then

    @rule()
    def beat(self) -> None:
        self.world.beat()

    @rule(
        who=st.sampled_from(["张敏", "王副", "刘强", "赵局"]), outcomes=st.lists(st.sampled_from(OUTCOMES), max_size=3)
    )
    def spoil(self, who: str, outcomes: list[Outcome]) -> None:
        """What the messenger will answer to the next messages of this person."""
        self.world.chat.says[who] = outcomes

    @rule(sent=st.booleans())
    def lose_power(self, *, sent: bool) -> None:
        """The process dies after its claim; perhaps after a message left, surely before that was written down."""
        with self.world.desk() as desk:
            hand_over(desk)
        for row in self.world.claim()[:1]:
            with self.world.desk() as desk:
                outgoing = deliver.prepare(desk, row)
            if sent and outgoing is not None:
                self.world.chat.take(self.world.now, outgoing)

    @rule(plan=st.sampled_from(PLANS), chase=st.booleans())
    def revise(self, plan: Plan, *, chase: bool) -> None:
        self.world.take(plan, chase=chase)

    @rule(roster=st.sampled_from(ROSTERS))
    def change_people(self, roster: Roster) -> None:
        with self.world.desk() as desk:
            enroll.load_roster(desk, roster)

    @rule(days=st.integers(-5, 20))
    def happen(self, days: int) -> None:
        with self.world.desk() as desk:
            events.add_event(desk, "p", EVENT, self.world.today + timedelta(days=days))

    @rule()
    def unhappen(self) -> None:
        with self.world.desk() as desk:
            for event in events.list_events(desk)[:1]:
                events.cancel_event(desk, event.id)

    @rule(corrections=st.sampled_from(CORRECTIONS))
    def correct(self, corrections: dict[date, bool]) -> None:
        self.world.correct(corrections)

    @rule(who=st.sampled_from(["王副", "刘强"]))
    def bind_anew(self, who: str) -> None:
        """张敏's phone changes hands, or comes back to life."""
        with suppress(NotPossible), self.world.desk() as desk:
            enroll.bind(desk, enroll.invite(desk, enroll.find_officer(desk, who)), CHAT, "张敏")

    @invariant()
    def it_adds_up(self) -> None:
        self.world.check(by_product=False)

    @invariant()
    def nobody_is_told_of_what_is_over_and_copies_say_that_they_are(self) -> None:
        fresh: Counter[tuple[str, int, str, date]] = Counter()
        for heard in self.world.told():
            for line in heard.told:
                assert line.part.state in {"open", "received"}, f"{heard.who} was asked for a {line.part.state} part"
                fresh[heard.who, line.part.id, line.rung, line.part.due] += not heard.repeat
        assert [key for key, count in fresh.items() if count > 1] == []

    def teardown(self) -> None:
        """Leave it alone for a week, with a messenger that works: nothing may stay undone, dead or not."""
        self.world.chat.says.clear()
        self.world.until(local(self.world.now + timedelta(days=7), ZONE).strftime("%Y-%m-%d %H:%M:%S"))
        self.world.check()
        with self.world.office.read(self.world.now) as desk:
            assert [row for row in reminders.due(desk.tx, self.world.now) if self.world.is_open()] == []
            left = deliveries.counts(desk.tx)
            assert left.get("sending", 0) == 0
            assert not self.world.is_open() or left.get("due", 0) == 0


class _Store:
    """One store in memory for all the stories: an engine compiles every statement once."""

    def __init__(self) -> None:
        self.opened = open_store("sqlite://")
        self.opened.create()

    def reset(self) -> None:
        with self.opened.write() as tx, unguarded(tx):
            for statement in CLEAN:
                tx.execute(text(statement))


STORE = _Store()

TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=2000 if os.environ.get("SOAK") else 20,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
