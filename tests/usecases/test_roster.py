"""The roster changes: units that come get their share, people that come are reminded, people that leave are not."""

from dataclasses import replace

import pytest

from schedules.roster import Roster, RosterOfficer, RosterUnit
from tests.usecases.office import ENFORCERS, JUSTICE, ROADS, ROSTER, SCHOOLS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases.remind import hand_over

WATER = RosterUnit("水利局", categories=("执法部门",), officers=(RosterOfficer("何水"),))
PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS), a_duty("2", by("2025-03-14")))


def without(unit: RosterUnit, name: str) -> Roster:
    staff = tuple(officer for officer in unit.officers if officer.name != name)
    return Roster("示例", units=(replace(unit, officers=staff),))


def test_the_same_roster_again_changes_nothing(world: World) -> None:
    report = world.enroll(ROSTER, chats=False)
    assert not report.changed
    assert report.new_parts == 0


def test_a_new_unit_of_the_group_gets_its_share_of_what_is_still_ahead(world: World) -> None:
    old = a_duty("0", by("2025-03-01", "过去"), by("2025-03-10", "不久"), roles=ENFORCERS)
    world.take(a_plan(*PLAN.duties, old))
    world.set("2025-03-11 10:00")
    report = world.enroll(Roster("示例", units=(WATER,)))
    assert (report.units_added, report.new_parts) == (["水利局"], 1)
    (part,) = world.parts("水利局")
    assert (part.item, part.code) == ("1", 1)
    assert {row.rung for row in world.reminders(part)} >= {"assigned", "d30", "d0"}


def test_a_unit_that_leaves_the_group_is_let_off_and_taken_back(world: World) -> None:
    world.take(PLAN)
    world.enroll(Roster("示例", units=(replace(ROADS, categories=("其他",)),)), chats=False)
    part = world.part(unit="交通局")
    assert (part.state, part.reason, world.reminders(part)) == ("waived", "unit_left", [])
    world.enroll(Roster("示例", units=(ROADS,)), chats=False)
    part = world.part(unit="交通局")
    assert (part.state, part.settled_at) == ("open", None)
    assert world.reminders(part) != []


def test_a_colleague_who_joins_is_reminded_from_now_on(world: World) -> None:
    world.take(PLAN)
    joined = replace(SCHOOLS, officers=(*SCHOOLS.officers, RosterOfficer("新同事")))
    assert world.enroll(Roster("示例", units=(joined,)), chats=False).officers_added == ["新同事"]
    assert world.recipients(world.part("1"), "d7") == ["张敏", "新同事"]
    assert world.recipients(world.part("1"), "w4") == ["赵局"]


def test_whoever_leaves_is_not_reminded_any_more(world: World) -> None:
    """Neither of what is planned, nor of what was waiting overnight, nor of what was just on its way."""
    world.take(PLAN)
    world.beat()
    part = world.part("2")
    world.set("2025-03-07 09:00")  # d7 is due, and d30 of the other lies far ahead
    with world.desk() as desk:
        hand_over(desk)
    report = world.enroll(without(SCHOOLS, "张敏"), chats=False)
    assert report.officers_left == ["张敏"]
    world.beat()
    assert [heard.rungs for heard in world.told("张敏")] == [(("2", "assigned"), ("1", "assigned"))]
    assert world.recipients(part, "d1") == ["王副"], "the deputy stands in"


def test_a_head_who_comes_gets_what_is_addressed_to_the_head(world: World) -> None:
    world.enroll(without(SCHOOLS, "赵局"), chats=False)
    world.take(PLAN)
    assert world.recipients(world.part("2"), "w4") == ["张敏"], "without a head the unit hears its own 督办单"
    world.enroll(ROSTER, chats=False)
    assert world.recipients(world.part("2"), "w4") == ["赵局"]


def test_whoever_comes_back_is_reminded_as_before(world: World) -> None:
    world.take(PLAN)
    before = world.reminders(world.part("1"))
    world.enroll(without(SCHOOLS, "张敏"), chats=False)
    report = world.enroll(ROSTER, chats=False)
    assert report.officers_changed == ["张敏"]
    rungs = ("d30", "d14", "d7", "d3", "d1", "d0", "w1")
    after = [row for row in world.reminders(world.part("1")) if row.rung in rungs]
    assert after == [row for row in before if row.rung in rungs], "the same rows, and the deputy's are gone again"


def test_a_unit_without_a_head_hears_its_own_overdue_steps_as_reminders(world: World) -> None:
    world.enroll(Roster("示例", units=(replace(WATER, officers=(RosterOfficer("何水"),)),)), chats=False)
    world.take(a_plan(a_duty("1", by("2025-06-27"), roles={"lead": ("水利局",)})))
    heard = {row.rung: row.audience for row in world.reminders(world.part("1", unit="水利局"))}
    assert heard["w4"] == "officer", "nobody else is there to be urged"


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("deputy", "the deputy stands in"),
        ("head", "then the head"),
        ("bureau", "the bureau's own duties are its own to be reminded of"),
    ],
)
def test_a_unit_without_a_liaison_officer_is_still_reminded(quick: World, role: str, why: str) -> None:
    quick.enroll(Roster("示例", units=(replace(WATER, officers=(RosterOfficer("何水", role),)),)), chats=False)
    quick.take(a_plan(a_duty("1", by("2025-06-27"), roles={"lead": ("水利局",)})))
    assert quick.recipients(quick.part(unit="水利局"), "d7") == ["何水"], why


def test_a_person_listed_twice_is_one_person(world: World) -> None:
    twice = replace(WATER, officers=(RosterOfficer("何水", position="科员"), RosterOfficer("何水", position="科长")))
    assert world.enroll(Roster("示例", units=(twice,)), chats=False).officers_added == ["何水"]
    assert world.officer("何水").position == "科长"


def test_a_roster_of_one_unit_leaves_the_others_alone(world: World) -> None:
    world.take(PLAN)
    report = world.enroll(Roster("示例", units=(JUSTICE,)), chats=False)
    assert not report.changed
    assert world.officer("刘强").active
