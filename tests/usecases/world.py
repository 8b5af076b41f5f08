"""A small world: an office, a clock that is set by hand, people who press and type, a chat that only records.

What happens goes through the use cases alone; `beat` is what the scheduler does, without its threads.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from schedules.civil import civil_date, local
from schedules.plan import Plan
from schedules.retry import Outcome, Sent
from schedules.roster import Roster
from schedules.workdays import WorkCalendar
from storage import group_chats, parts, people, reminders
from storage.engine import Store
from storage.rows import DeliveryRow, Officer, PartRow, ReminderRow
from tests.usecases.audit import audit
from tests.usecases.deeds import DEEDS
from tests.usecases.office import ROSTER, ZONE, moment, office_on
from texts.values import PartView, ReminderView
from usecases import answer, deliver, enroll, events, fallback, import_plan, look, remind
from usecases.answer import Act, Answer
from usecases.audit import STUCK, audit_all
from usecases.deliver import Outgoing
from usecases.office import Desk

CHAT = "chat"
Verb = Literal["receive", "report", "verify", "return", "undo"]


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that reached a person: `at` on the office's wall."""

    at: datetime
    who: str
    kind: str
    text: str
    rungs: tuple[tuple[str, str], ...] = ()
    """(item, rung) of each line of a digest."""
    told: tuple[ReminderView, ...] = ()
    """The same in full."""
    repeat: bool = False
    late: bool = False


@dataclass(slots=True)
class Chat:
    """A messenger that records. `says` holds what it answers to the next messages of a person, if not Sent."""

    heard: list[Heard] = field(default_factory=list)
    says: dict[str, list[Outcome]] = field(default_factory=dict)
    count: int = 0

    def take(self, now: datetime, outgoing: Outgoing) -> Outcome:
        outcomes = self.says.get(outgoing.address)
        outcome = outcomes.pop(0) if outcomes else Sent()
        if not isinstance(outcome, Sent):
            return outcome
        self.count += 1
        told = outgoing.told
        lines = told.reminders if told else ()
        self.heard.append(
            Heard(
                local(now, ZONE),
                outgoing.address,
                outgoing.kind,
                outgoing.message.text,
                tuple((line.part.item, line.rung) for line in lines),
                lines,
                repeat=outgoing.possible_repeat,
                late=bool(told and told.late_since),
            )
        )
        return Sent(str(self.count))


class World:
    """`now` is an instant; people are called by their names, parts by unit, item and due date."""

    def __init__(self, store: Store, at: str, *, roster: Roster = ROSTER, calendar: WorkCalendar | None = None) -> None:
        self.office = office_on(store, calendar)
        self.now = moment(at).astimezone(UTC)
        self.chat = Chat()
        self._rolled: date | None = None
        if roster.units:
            self.enroll(roster)

    @property
    def today(self) -> date:
        return civil_date(self.now, ZONE)

    def set(self, at: str) -> None:
        """Move the clock; nothing runs meanwhile, as when the program is down."""
        self.now = moment(at).astimezone(UTC)

    def correct(self, corrections: Mapping[date, bool]) -> None:
        self.office = replace(self.office, calendar=WorkCalendar.published(corrections))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with self.office.write(self.now) as desk:
            yield desk

    def check(self, *, by_product: bool = True) -> None:
        """By the tests' own auditor and, where that is not too much, by the one in the product."""
        with self.office.read(self.now) as desk:
            audit(desk)
            if not by_product:
                return
            wrong = [finding for finding in audit_all(desk).findings if finding.check not in STUCK]
            assert not wrong, f"the product's own auditor: {wrong}"

    # What people and plans do

    def enroll(self, roster: Roster, *, chats: bool = True) -> enroll.RosterReport:
        """Take a roster in; everybody who has no chat yet binds one."""
        with self.desk() as desk:
            report = enroll.load_roster(desk, roster)
            names = [officer.name for unit in roster.units for officer in unit.officers]
            for name in names if chats else ():
                code = enroll.invite(desk, enroll.find_officer(desk, name))
                enroll.bind(desk, code, CHAT, name)
            return report

    def take(self, plan: Plan, *, chase: bool = False) -> import_plan.ImportReport:
        with self.desk() as desk:
            return import_plan.import_plan(desk, plan, chase=chase)

    def happen(self, name: str, day: str, plan: str = "p") -> int:
        with self.desk() as desk:
            return events.add_event(desk, plan, name, date.fromisoformat(day)).event_id

    def do(  # noqa: PLR0917 - who does what to which part, as it is said
        self, who: str, verb: Verb, part: PartRow, words: str = "", amount: str = "", on_behalf_of: str = ""
    ) -> Answer:
        with self.desk() as desk:
            behalf = enroll.find_officer(desk, on_behalf_of) if on_behalf_of else None
            act = Act(enroll.find_officer(desk, who), CHAT, words, on_behalf_of=behalf)
            if verb == "report":
                return answer.report(desk, act, part.id, amount=Decimal(amount) if amount else None)
            if verb == "return":
                return answer.return_(desk, act, part.id)
            return {"receive": answer.receive, "verify": answer.verify, "undo": answer.undo}[verb](desk, act, part.id)

    def deed(self, who: str, verb: str, part: PartRow, words: str = "", on_behalf_of: str = "") -> Answer:
        """Any verb of `tests.usecases.deeds`, by its name."""
        with self.desk() as desk:
            behalf = enroll.find_officer(desk, on_behalf_of) if on_behalf_of else None
            act = Act(enroll.find_officer(desk, who), CHAT, words, on_behalf_of=behalf)
            return DEEDS[verb](desk, act, part)

    # What the scheduler does

    def beat(self) -> None:
        with self.desk() as desk:
            if self._rolled != self.today:
                remind.roll(desk)
            remind.hand_over(desk)
            fallback.hurry(desk)
        self._rolled = self.today
        while claimed := self.claim():
            for row in claimed:
                self.carry(row)

    def claim(self) -> list[DeliveryRow]:
        with self.desk() as desk:
            return deliver.claim(desk, owner="world", channels=[CHAT])

    def carry(self, row: DeliveryRow) -> None:
        with self.desk() as desk:
            outgoing = deliver.prepare(desk, row)
            reader = enroll.who(desk, CHAT, row.address)
            group = group_chats.at(desk.tx, CHAT, row.address)
        if outgoing is not None:
            assert outgoing.kind != "digest" or self.is_open(), f"a digest leaves at {self.now}"
            for line in outgoing.told.reminders if outgoing.told else ():
                assert reader or group, f"{row.address} is nobody's"
                unit_id = reader.unit_id if reader else group.unit_id if group else 0
                seen = line.part.unit_id == unit_id or (reader is not None and reader.role in look.SEES_ALL)
                assert seen, f"{row.address} is told of {line.part.unit}'s part"
            outcome = self.chat.take(self.now, outgoing)
            with self.desk() as desk:
                deliver.record(desk, row, outgoing, outcome)

    def is_open(self) -> bool:
        """Whether phones may buzz now: office hours of a working day, as the calendar stands now."""
        return self.office.opening.push_moment(self.now) == self.now

    def until(self, at: str) -> None:
        """Let time pass: a beat at every moment with something to do, the first of a day rolling the horizon."""
        end = moment(at).astimezone(UTC)
        self.beat()
        while (following := self._next(end)) < end:
            self.now = following
            self.beat()
        self.now = end
        self.beat()

    def _next(self, end: datetime) -> datetime:
        with self.office.read(self.now) as desk:
            following = remind.next_moment(desk, [CHAT])
        assert following is None or following > self.now, "the beat left something undone"
        return min(end, following or end)

    # What can be seen

    def officer(self, name: str) -> Officer:
        with self.office.read(self.now) as desk:
            return enroll.find_officer(desk, name)

    def unit_id(self, name: str) -> int:
        with self.office.read(self.now) as desk:
            return next(unit.id for unit in people.units(desk.tx) if unit.name == name)

    def parts(self, unit: str = "教育局", item: str = "") -> list[PartRow]:
        """The unit's parts by due date, settled ones too."""
        with self.office.read(self.now) as desk:
            rows = parts.all_parts(desk.tx)
        return [row for row in rows if row.unit_name == unit and item in ("", row.item)]

    def part(self, item: str = "1", unit: str = "教育局", due: str = "") -> PartRow:
        found = [row for row in self.parts(unit, item) if due in ("", row.due.isoformat())]
        assert len(found) == 1, f"{len(found)} parts of {unit} for {item} {due}"
        return found[0]

    def reminders(self, part: PartRow, state: str = "planned") -> list[ReminderRow]:
        with self.office.read(self.now) as desk:
            return [row for row in reminders.of_parts(desk.tx, [part.id]) if state in ("", row.state)]

    def view(self, part: PartRow, who: str = "李督办") -> PartView:
        officer = self.officer(who)
        with self.office.read(self.now) as desk:
            return look.by_id(desk, officer, part.id)

    def recipients(self, part: PartRow, rung: str) -> list[str]:
        """The names a planned rung goes to."""
        with self.office.read(self.now) as desk:
            names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
        return sorted(names[row.officer_id] for row in self.reminders(part) if row.rung == rung)

    def told(self, who: str = "", *, kind: str = "digest") -> list[Heard]:
        return [heard for heard in self.chat.heard if who in ("", heard.who) and kind in ("", heard.kind)]
