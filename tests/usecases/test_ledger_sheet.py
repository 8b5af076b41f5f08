"""The ledger as a sheet and its way back: unchanged it changes nothing, filled in it records what was filled in."""

from dataclasses import replace
from datetime import date

from schedules.plan import Duty, Plan
from schedules.timing import By
from storage.engine import Store
from tests.usecases.world import World
from usecases.bulletin import bulletin
from usecases.enroll import find_officer
from usecases.held_ledgers import confirm, find, keep
from usecases.ledger_sheet import LedgerSheet, ledger_sheet
from usecases.take_ledger import SheetLine, Taken, look_through

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
ONCE = "o" * 24
BUREAU = "李督办"


def plan(verification: str = "bureau") -> Plan:
    duty = Duty("1", "1", "年度案卷评查", roles={"responsible": ("教育局", "交通局")}, due=(By(date(2026, 10, 30)),))
    return Plan("p", "方案", date(2026, 1, 5), date(2026, 1, 1), verification=verification, duties=(duty,))


def sheet(world: World, who: str = BUREAU) -> LedgerSheet:
    with world.desk() as desk:
        return ledger_sheet(desk, find_officer(desk, who), *YEAR)


def lines(world: World) -> list[SheetLine]:
    return [SheetLine(n, row.uid, row.state, row.state, row.note) for n, row in enumerate(sheet(world).rows, 5)]


def look(world: World, asked: list[SheetLine]) -> Taken:
    with world.desk() as desk:
        return look_through(desk, find_officer(desk, "李督办"), asked)


def test_the_bureau_gets_every_unit_and_an_officer_their_own(store: Store) -> None:
    world = World(store, "2026-10-09 08:00")
    world.take(plan())
    assert {row.unit for row in sheet(world).rows} >= {"教育局", "交通局"}
    assert {row.unit for row in sheet(world, "张敏").rows} == {"教育局"}


def test_unchanged_it_changes_nothing(store: Store) -> None:
    world = World(store, "2026-10-09 08:00")
    world.take(plan())
    world.do("张敏", "report", world.part(), "教司发〔2026〕5号 已完成")
    assert look(world, lines(world)) == Taken()


def test_what_was_filled_in_is_recorded_on_the_units_behalf(store: Store) -> None:
    world = World(store, "2026-10-09 08:00")
    world.take(plan())
    asked = [replace(line, state="reported", note="已完成") for line in lines(world)]
    with world.desk() as desk:
        by = find_officer(desk, BUREAU)
        keep(desk, by, ONCE, file="台账.xlsx", lines=asked)
        held = find(desk, by, ONCE)
        assert held is not None
        assert {change.verb for change in held.taken.changes} == {"report"}
    assert world.part().state == "open", "only looked at so far"
    with world.desk() as desk:
        held = find(desk, by, ONCE, hold=True)
        assert held is not None
        assert confirm(desk, held, by)
    part = world.part()
    assert (part.state, part.note) == ("reported", "已完成")
    with world.desk() as desk:
        again = find(desk, by, ONCE)
    assert again is not None
    assert again.state == "done"


def test_when_the_ledger_changed_meanwhile_the_newer_look_comes_first(store: Store) -> None:
    world = World(store, "2026-10-09 08:00")
    world.take(plan())
    asked = [replace(line, state="reported", note="已完成") for line in lines(world)]
    with world.desk() as desk:
        by = find_officer(desk, BUREAU)
        keep(desk, by, ONCE, file="台账.xlsx", lines=asked)
    world.do("张敏", "report", world.part(), "自己先报了")
    with world.desk() as desk:
        held = find(desk, by, ONCE, hold=True)
        assert held is not None
        assert not confirm(desk, held, by)
    assert world.part().note == "自己先报了"
    with world.desk() as desk:
        newer = find(desk, by, ONCE)
    assert newer is not None
    assert len(newer.taken.changes) == len(asked) - 1
    assert [doubt.kind for doubt in newer.taken.doubts] == ["note_alone"]


def test_what_cannot_be_followed_is_listed(store: Store) -> None:
    world = World(store, "2026-10-09 08:00")
    world.take(plan())
    mine = next(line for line in lines(world) if line.uid == world.part().uid)
    asked = [
        mine,
        mine,
        replace(mine, uid="nobody"),
    ]
    assert [doubt.kind for doubt in look(world, asked).doubts] == ["repeated", "unknown"]
    cases = {
        "state": replace(mine, state="", words="差不多"),
        "not_possible": replace(mine, state="verified"),
        "note_alone": replace(mine, note="快好了"),
    }
    for kind, line in cases.items():
        assert [doubt.kind for doubt in look(world, [line]).doubts] == [kind]


def test_the_bulletin_counts_the_month_and_names_the_late(store: Store) -> None:
    world = World(store, "2026-10-09 08:00")
    world.take(plan("none"))
    world.do("张敏", "report", world.part(), "已完成")
    world.set("2026-11-09 10:00")
    with world.desk() as desk:
        facts = bulletin(desk, find_officer(desk, BUREAU), date(2026, 10, 15))
    assert (facts.first, facts.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert facts.on_time == ("教育局",)
    assert [(late.unit, late.how, late.days) for late in facts.late] == [("交通局", "open", 6)]
    assert (facts.total.due, facts.total.on_time, facts.total.overdue) == (2, 1, 1)
