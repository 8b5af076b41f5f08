"""The office of the drill: invented units, one person each, whose chat is a line in a file."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from schedules.plan import Duty, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.rungs import load_ladders
from schedules.timing import By
from schedules.workdays import WorkCalendar
from storage import parts, people
from storage.engine import open_store
from usecases import inbox
from usecases.enroll import load_roster
from usecases.import_plan import import_plan
from usecases.office import Desk, Office

CHANNEL = "drill"
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 10, tzinfo=ZONE)
"""Ten in the morning of a working day, whatever the clock on the wall says."""
LEASE = timedelta(seconds=6)
ONE_RUNG = "[standard]\nassigned = true\n"
DUE = date(2027, 3, 31)


def office_in(folder: Path) -> Office:
    return Office(
        store=open_store(f"sqlite:///{folder / 'ruqi.db'}"),
        zone=ZONE,
        calendar=WorkCalendar.published(),
        ladders=load_ladders(ONE_RUNG),
        lease=LEASE,
    )


def shift(now: datetime) -> float:
    """Seconds from this machine's clock to the drill's."""
    return (MONDAY - now.astimezone(UTC)).total_seconds()


def staff(desk: Desk, units: int) -> None:
    names = [f"演练单位{number}" for number in range(1, units + 1)]
    officers = [RosterUnit(name, officers=(RosterOfficer(f"{name}联络员"),)) for name in names]
    load_roster(desk, Roster("演练", units=tuple(officers)))
    for number, name in enumerate(names, 1):
        (officer,) = people.officers_named(desk.tx, f"{name}联络员")
        people.bind_contact(desk.tx, officer_id=officer.id, channel=CHANNEL, address=str(number), now=desk.now)


def assign(desk: Desk, round_: int, units: int) -> None:
    """A new duty for every unit, so that every person is reminded of it now."""
    everybody = tuple(f"演练单位{number}" for number in range(1, units + 1))
    title = f"第{round_}项演练任务"
    duty = Duty("1", "1", title, roles={"responsible": everybody}, due=(By(DUE),))
    plan = Plan(f"drill{round_}", title, issued=date(2026, 1, 1), begins=date(2026, 1, 1), duties=(duty,))
    import_plan(desk, plan)


def answer(desk: Desk, part_id: int) -> None:
    """A person says that they received this part: stored as it came, like any other message."""
    inbox.take_in(desk, channel=CHANNEL, account=CHANNEL, source_id=str(part_id), payload={"part": part_id})


def parts_of_round(desk: Desk, round_: int) -> list[int]:
    return [part.id for part in parts.all_parts(desk.tx) if part.title == f"第{round_}项演练任务"]
