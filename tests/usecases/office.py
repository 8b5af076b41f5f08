"""Builders: an office on any store, a tiny roster, tiny plans, moments as an office writes them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from schedules.plan import Duty, Group, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.rungs import load_ladders
from schedules.timing import By, Event, Every, Period, Quantity, Timing
from schedules.workdays import WorkCalendar
from storage.engine import Store
from usecases.office import Office

ZONE = ZoneInfo("Asia/Shanghai")

JUSTICE = RosterUnit(
    "司法局",
    categories=("督办",),
    officers=(
        RosterOfficer("李督办", "bureau"),
        RosterOfficer("周审计", "auditor"),
        RosterOfficer("吴管理", "administrator"),
    ),
)
SCHOOLS = RosterUnit(
    "教育局",
    categories=("执法部门",),
    officers=(RosterOfficer("张敏"), RosterOfficer("王副", "deputy"), RosterOfficer("赵局", "head")),
)
ROADS = RosterUnit("交通局", categories=("执法部门",), officers=(RosterOfficer("刘强"),))
ROSTER = Roster("示例", units=(JUSTICE, SCHOOLS, ROADS))

ONLY_SCHOOLS = {"responsible": ("教育局",)}
ENFORCERS = {"responsible": ("各执法部门",)}
GROUPS = {"各执法部门": Group(categories=("执法部门",))}


def office_on(store: Store, calendar: WorkCalendar | None = None) -> Office:
    return Office(store=store, zone=ZONE, calendar=calendar or WorkCalendar.published(), ladders=load_ladders())


def moment(text: str) -> datetime:
    """`2025-03-03 09:00` on the wall of the office, with its zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def a_duty(key: str, *due: Timing, roles: Mapping[str, tuple[str, ...]] = ONLY_SCHOOLS, title: str = "") -> Duty:
    return Duty(key, item=key, title=title or f"任务{key}", roles=roles, due=due)


def a_plan(*duties: Duty, key: str = "p", begins: date = date(2025, 1, 1), verification: str = "none") -> Plan:
    said = Plan(key, "示例方案", issued=begins, begins=begins, groups=GROUPS, duties=duties)
    return replace(said, verification=verification)


def by(day: str, stage: str = "") -> By:
    return By(date.fromisoformat(day), stage=stage)


def yearly(month: int, day: int) -> Every:
    return Every(Period.YEAR, month=month, day=day)


def half_yearly(times: int = 1) -> Every:
    return Every(Period.HALF, min_count=times)


def after(event: str, days: int) -> Event:
    return Event(event, days)


def hours(amount: str) -> Quantity:
    return Quantity(Decimal(amount), "学时", "year")
