"""A small office for the scheduler's tests: one unit, one officer, one duty, and a chat that does as it is told."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.clock import MovableClock
from schedules.plan import Duty, Plan
from schedules.retry import Outcome, Sent
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.rungs import load_ladders
from schedules.timing import By
from schedules.workdays import WorkCalendar
from storage import deliveries, people
from storage.engine import Store
from storage.rows import DeliveryRow
from texts.values import Message
from usecases import deliver
from usecases.deliver import Outgoing
from usecases.enroll import load_roster
from usecases.import_plan import import_plan
from usecases.office import Office

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 1, 15, 10, tzinfo=SHANGHAI)
ROSTER = Roster("名册", units=(RosterUnit("司法局", officers=(RosterOfficer("张敏"),)),))


class Chat:
    """A messenger that keeps what it sent. `says` gives outcomes in turn; a closed `gate` holds one address up."""

    channel = "chat"

    def __init__(self, says: Iterable[Outcome | Exception] = ()) -> None:
        self.sent: list[Outgoing] = []
        self.tried: list[Outgoing] = []
        self.at: list[float] = []
        self.gates: dict[str, asyncio.Event] = {}
        self._says = iter(says)

    def hold(self, address: str) -> asyncio.Event:
        self.gates[address] = asyncio.Event()
        return self.gates[address]

    def texts(self, address: str | None = None) -> list[str]:
        return [out.message.text for out in self.sent if address in (None, out.address)]

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.tried.append(outgoing)
        if outgoing.address in self.gates:
            await self.gates[outgoing.address].wait()
        said = next(self._says, Sent(f"m{len(self.sent)}"))
        if isinstance(said, Exception):
            raise said
        self.sent.append(outgoing)
        self.at.append(asyncio.get_running_loop().time())
        return said


@dataclass(slots=True)
class Bureau:
    """An office with a movable clock and short words for what the tests do to it."""

    office: Office
    clock: MovableClock = field(default_factory=lambda: MovableClock(MONDAY))

    def say(self, text: str, address: str = "a", channel: str = "chat") -> None:
        with self.office.write(self.clock.now()) as desk:
            deliver.say(desk, Message((text,)), officer_id=None, channel=channel, address=address)

    def queue(self, body: dict[str, str]) -> int:
        """A delivery as raw as it gets."""
        now = self.clock.now()
        row = {"channel": "chat", "address": "a", "kind": "say", "body": body, "at": now, "created_at": now}
        with self.office.write(now) as desk:
            return deliveries.add(desk.tx, (), **row)

    def enroll(self, channel: str = "chat", address: str = "zhang") -> None:
        """张敏 of 司法局 with a chat."""
        with self.office.write(self.clock.now()) as desk:
            load_roster(desk, ROSTER)
            officer = people.officers_named(desk.tx, "张敏")[0]
            people.bind_contact(desk.tx, officer_id=officer.id, channel=channel, address=address, now=desk.now)

    def assign(self, *days: date) -> None:
        """One duty of 司法局, due on these days."""
        duty = Duty("1", "1", "交年度报告", roles={"responsible": ("司法局",)}, due=tuple(By(day) for day in days))
        plan = Plan("p", "方案", issued=date(2024, 1, 1), begins=date(2024, 1, 1), duties=(duty,))
        with self.office.write(self.clock.now()) as desk:
            import_plan(desk, plan)

    def delivery(self, delivery_id: int) -> DeliveryRow:
        with self.office.read(self.clock.now()) as desk:
            row = deliveries.by_id(desk.tx, delivery_id)
        assert row is not None
        return row

    def deliveries(self) -> list[DeliveryRow]:
        """All of them, the oldest first."""
        found: list[DeliveryRow] = []
        with self.office.read(self.clock.now()) as desk:
            while row := deliveries.by_id(desk.tx, len(found) + 1):
                found.append(row)
        return found

    def later(self, **step: float) -> None:
        self.clock.advance(timedelta(**step))


def bureau(store: Store) -> Bureau:
    calendar, ladders = WorkCalendar.published(), load_ladders()
    return Bureau(Office(store=store, zone=SHANGHAI, calendar=calendar, ladders=ladders))
