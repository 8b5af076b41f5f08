"""The cast of the stories told through every channel: a bureau, a unit with deputy and head, four more units."""

from dataclasses import replace
from datetime import date

from schedules.plan import Duty, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.timing import By, Timing
from tests.rigs.office import PLAN


def unit(name: str, *officers: RosterOfficer) -> RosterUnit:
    return RosterUnit(f"示例区{name}", short=name, officers=officers)


OTHERS = {"水务局": "李娜", "交通局": "刘强", "住建局": "周正", "卫健局": "孙青"}
"""Each with its one officer."""
SCHOOLS = unit("教育局", RosterOfficer("张敏"), RosterOfficer("王副", "deputy"), RosterOfficer("赵局", "head"))
BUREAU = unit("司法局", RosterOfficer("王芳", "bureau"))
ROSTER = Roster("名册", units=(BUREAU, SCHOOLS, *(unit(name, RosterOfficer(who)) for name, who in OTHERS.items())))


def a_plan(*duties: Duty) -> Plan:
    """A plan of 2026 that the bureau verifies."""
    return replace(PLAN, duties=duties)


def a_duty(key: str, title: str, *due: Timing, lead: str = "", units: tuple[str, ...] = ("教育局",)) -> Duty:
    roles = {"responsible": units, **({"lead": (lead,)} if lead else {})}
    return Duty(key, key, title, roles=roles, due=due)


def by(day: str) -> By:
    return By(date.fromisoformat(day))
