"""The office of the stories: a bureau, two units, a plan that the bureau verifies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.clock import MovableClock
from schedules.plan import Duty, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.rungs import load_ladders
from schedules.timing import By
from schedules.workdays import WorkCalendar
from storage import deliveries, evidences, meta, parts, people
from storage.engine import Store
from storage.files import FileStore
from storage.rows import Contact, DeliveryRow, Evidence, PartRow
from usecases.enroll import find_officer, invite, load_roster
from usecases.import_plan import import_plan
from usecases.office import Desk, Office

SHANGHAI = ZoneInfo("Asia/Shanghai")
BASE = "http://127.0.0.1:8080"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=SHANGHAI)
ROSTER = Roster(
    "名册",
    units=(
        RosterUnit("示例区教育局", short="教育局", officers=(RosterOfficer("张敏"),)),
        RosterUnit("示例区水务局", short="水务局", officers=(RosterOfficer("李娜"),)),
        RosterUnit("示例区司法局", short="司法局", officers=(RosterOfficer("王芳", "bureau"),)),
    ),
)
PLAN = Plan(
    key="p",
    title="示例区行政执法工作方案",
    issued=date(2026, 1, 5),
    begins=date(2026, 1, 1),
    ends=date(2026, 12, 31),
    short="执法工作方案",
    verification="bureau",
    duties=(
        Duty("1", "1", "年度案卷评查", roles={"responsible": ("教育局",)}, due=(By(date(2026, 12, 18)),)),
        Duty("2", "2", "年度集中宣誓", roles={"responsible": ("水务局",)}, due=(By(date(2026, 12, 4)),)),
    ),
)


@dataclass
class Town:
    office: Office
    clock: MovableClock

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with self.office.write(self.clock.now()) as desk:
            yield desk

    def invite(self, name: str) -> str:
        with self.desk() as desk:
            return invite(desk, find_officer(desk, name))

    def part(self, title: str = "年度案卷评查", unit: str = "") -> PartRow:
        with self.desk() as desk:
            found = [part for part in parts.all_parts(desk.tx) if part.title == title]
        return next(part for part in found if unit in part.unit_name)

    def take(self, plan: Plan) -> None:
        with self.desk() as desk:
            import_plan(desk, plan)

    def enroll(self, roster: Roster) -> None:
        with self.desk() as desk:
            load_roster(desk, roster)

    def contact(self, channel: str, address: str) -> Contact | None:
        with self.desk() as desk:
            return people.contact_at(desk.tx, channel, address)

    def deliveries(self, name: str) -> list[DeliveryRow]:
        """What is or was on its way to a person, newest first."""
        with self.desk() as desk:
            return deliveries.to_officer(desk.tx, find_officer(desk, name).id)

    def files(self, title: str = "年度案卷评查") -> list[Evidence]:
        part = self.part(title)
        with self.desk() as desk:
            return evidences.of_parts(desk.tx, [part.id])

    def set(self, moment: str, heard: str = "") -> None:
        """Put the clock on a moment of the office's wall, such as 2026-11-18 09:00.

        The channel `heard` heard people all the while; without it, a leap of the clock looks like an outage.
        """
        then = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        self._hear(heard, then)
        self.clock.set(then)
        self._hear(heard, then)

    def _hear(self, channel: str, then: datetime) -> None:
        if channel:
            with self.office.write(then) as desk:
                meta.put(desk.tx, f"alive:{channel}", desk.now.isoformat())


def town_on(store: Store, folder: Path, *, plan: Plan | None = PLAN, roster: Roster = ROSTER) -> Town:
    calendar, life = WorkCalendar.published(), timedelta(days=400)
    office = Office(
        store=store,
        zone=SHANGHAI,
        calendar=calendar,
        ladders=load_ladders(),
        base_url=BASE,
        session_life=life,
        files=FileStore(folder),
    )
    town = Town(office, MovableClock(MONDAY, speed=1.0))
    with town.desk() as desk:
        load_roster(desk, roster)
        if plan:
            import_plan(desk, plan)
    return town
