"""The load: an office in which every part is reminded of once, in waves, and people who answer.

Each part has a name of its own in each chat, so that what was sent can be counted on the screens alone.
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, text, update

from schedules.plan import Duty, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.timing import By
from storage import people
from storage.tables import duty, occurrence, part, reminder
from tests.bot_api.client import BotApi
from tests.kills.node import ZONE, office_at
from usecases.enroll import load_roster
from usecases.import_plan import import_plan
from usecases.office import Office

MONDAY = datetime(2026, 11, 2, 10, tzinfo=ZONE)
FIRST_CHAT = 1001
FAR = timedelta(days=300)


def title(wave: int) -> str:
    return f"第{wave:05d}号工作"


class Town:
    """One office of `units` units with one officer each, and `waves` duties of which every unit has its part."""

    def __init__(self, url: str, api: BotApi, *, units: int, waves: int, lease: float) -> None:
        self.office: Office = office_at(url, lease)
        self.offset = (MONDAY - datetime.now(UTC)).total_seconds()
        self.api = api
        self.chats = range(FIRST_CHAT, FIRST_CHAT + units)
        self.waves = waves
        self._people = [api.person(id=chat, name=f"联络员{chat}", started=True) for chat in self.chats]
        self._settle()

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    @property
    def soon(self) -> str:
        """A moment that is surely after whatever fell due by now, as SQLite and PostgreSQL both read it."""
        return f"{self.now + timedelta(minutes=1):%Y-%m-%d %H:%M:%S}"

    def make_due(self, wave: int) -> None:
        """From now on every unit's part of this wave is to be reminded of."""
        mine = (
            select(part.c.id)
            .join(occurrence, part.c.occurrence_id == occurrence.c.id)
            .join(duty, occurrence.c.duty_id == duty.c.id)
            .where(duty.c.key == str(wave))
        )
        with self.office.write(self.now) as desk:
            due = update(reminder).where(reminder.c.part_id.in_(mine), reminder.c.state == "planned")
            desk.tx.execute(due.values(push_at=desk.now, lies_at=desk.now))

    def answer(self, chat: int, wave: int) -> str:
        """The officer of this chat receives their part of the wave. Gives what they said."""
        said = f"收{self._codes[chat, wave]}"
        self._people[chat - FIRST_CHAT].says(said)
        return said

    def _settle(self) -> None:
        units = [RosterUnit(f"第{chat}单位", officers=(RosterOfficer(f"联络员{chat}"),)) for chat in self.chats]
        duties = [self._duty(wave) for wave in range(self.waves)]
        plan = Plan("p", "方案", issued=date(2026, 1, 1), begins=date(2026, 1, 1), duties=tuple(duties))
        with self.office.write(self.now) as desk:
            load_roster(desk, Roster("名册", units=tuple(units)))
            for chat in self.chats:
                (officer,) = people.officers_named(desk.tx, f"联络员{chat}")
                people.bind_contact(desk.tx, officer_id=officer.id, channel="telegram", address=str(chat), now=desk.now)
            import_plan(desk, plan)
            later = {"push_at": desk.now + FAR, "lies_at": desk.now + FAR}
            desk.tx.execute(update(reminder).values(**later))
            rows = desk.tx.execute(text(CODES)).all()
        self._codes = {(int(row.address), int(row.key)): row.code for row in rows}

    def _duty(self, wave: int) -> Duty:
        everybody = tuple(f"第{chat}单位" for chat in self.chats)
        due = (By(date(2027, 3, 31)),)
        return Duty(str(wave), str(wave), title(wave), roles={"responsible": everybody}, due=due)


CODES = """
SELECT contact.address, duty.key, part.code FROM part
JOIN occurrence ON part.occurrence_id = occurrence.id JOIN duty ON occurrence.duty_id = duty.id
JOIN officer ON officer.unit_id = part.unit_id JOIN contact ON contact.officer_id = officer.id
"""
