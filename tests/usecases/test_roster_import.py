"""A list comes in: what it does not say stays, and where the officer changed, open work goes over within one moment."""

from dataclasses import replace

import pytest

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import people, reminders, timeline
from tests.usecases.office import JUSTICE, ROADS, ROSTER, SCHOOLS, a_duty, a_plan, by, yearly
from tests.usecases.world import CHAT, World
from usecases import enroll, sign_in
from usecases.errors import BadInvite
from usecases.take_list import merge, take_list
from usecases.take_roster import Doubt, RosterReport

PLAN = a_plan(a_duty("1", by("2025-06-27")), a_duty("2", by("2025-03-14")))


def listed(*units: RosterUnit) -> Roster:
    return Roster("名单", units=units)


def a_unit(name: str, *names: str, role: str = "officer") -> RosterUnit:
    return RosterUnit(name, officers=tuple(RosterOfficer(one, role) for one in names))


def take(world: World, *units: RosterUnit, gone: tuple[tuple[str, str], ...] = ()) -> RosterReport:
    with world.desk() as desk:
        return take_list(desk, listed(*units), gone)


def chat(world: World, name: str) -> None:
    """Somebody binds a chat."""
    with world.desk() as desk:
        enroll.bind(desk, enroll.invite(desk, enroll.find_officer(desk, name)), CHAT, name)


def all_reminders(world: World, item: str) -> list[tuple[str, str, str]]:
    part = world.part(item)
    with world.desk() as desk:
        names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
        rows = reminders.of_parts(desk.tx, [part.id])
    return [(names[row.officer_id], row.rung, row.state) for row in rows]


def test_another_officer_takes_over_what_is_open(world: World) -> None:
    """张敏 was told of both and received one; 李红 hears of them once, and the ladder goes on with her."""
    world.take(PLAN)
    world.until("2025-03-07 12:00")
    world.do("张敏", "receive", world.part("1"))
    report = take(world, a_unit("教育局", "李红"))
    assert (report.officers_added, report.officers_left) == (["李红"], ["张敏"])
    (handover,) = report.handovers
    assert (handover.unit, handover.left, handover.came, handover.parts) == ("教育局", ("张敏",), ("李红",), 2)
    chat(world, "李红")
    before = len(world.told("张敏"))
    world.until("2025-03-20 12:00")
    assert len(world.told("张敏")) == before
    first, *later = world.told("李红")
    assert sorted(first.rungs) == [("1", "assigned"), ("2", "assigned")]
    assert [heard.rungs for heard in later] == [(("2", "d3"),), (("2", "d1"),), (("2", "d0"),), (("2", "w1"),)]


def test_no_rung_is_told_twice_and_none_is_lost(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-07 12:00")
    told = {rung for _, rung, state in all_reminders(world, "2") if state == "handed"}
    take(world, a_unit("教育局", "李红"))
    hers = [(rung, state) for name, rung, state in all_reminders(world, "2") if name == "李红"]
    assert not {rung for rung, _ in hers} & (told - {"assigned"})
    assert all(state == "planned" for _, state in hers)
    his = {state for name, rung, state in all_reminders(world, "2") if name == "张敏"}
    assert his == {"handed", "cancelled"}


def test_whoever_left_is_silent_in_every_way(world: World) -> None:
    world.take(PLAN)
    world.beat()
    with world.desk() as desk:
        old = enroll.find_officer(desk, "张敏")
        code, link = enroll.invite(desk, old), sign_in.issue_link(desk, old)
    take(world, a_unit("教育局", "李红"))
    with world.desk() as desk:
        assert enroll.who(desk, CHAT, "张敏") is None
        assert people.contacts(desk.tx, [old.id]) == []
        assert people.officer_by_id(desk.tx, old.id) is not None, "what he did stays his"
    with world.desk() as desk, pytest.raises(BadInvite):
        enroll.bind(desk, code, CHAT, "else")
    with world.desk() as desk, pytest.raises(Exception, match="link"):
        sign_in.open_session(desk, link)


def test_the_part_remembers_the_handover(world: World) -> None:
    world.take(PLAN)
    take(world, a_unit("教育局", "李红"))
    part = world.part("2")
    with world.desk() as desk:
        (row,) = [row for row in timeline.of_part(desk.tx, part.id) if row.verb == "handover"]
        new = enroll.find_officer(desk, "李红")
    assert (row.officer_id, row.words, row.at) == (new.id, "张敏 → 李红", world.now)


def test_a_mistake_taken_back_costs_nothing(world: World) -> None:
    """The wrong name comes in and is corrected: the chat of the first works again, and she is not told twice."""
    world.take(PLAN)
    world.beat()
    take(world, a_unit("教育局", "李红"))
    report = take(world, a_unit("教育局", "张敏"))
    assert report.officers_changed == ["张敏"]
    assert [handover.parts for handover in report.handovers] == [0]
    with world.desk() as desk:
        assert enroll.who(desk, CHAT, "张敏") is not None
    world.until("2025-03-07 12:00")
    assert [heard.rungs for heard in world.told("张敏")] == [(("2", "assigned"), ("1", "assigned")), (("2", "d7"),)]


def test_only_the_next_of_a_row_of_dates_is_told(world: World) -> None:
    world.take(a_plan(a_duty("1", yearly(10, 31)), a_duty("2", by("2025-03-14"), by("2025-06-13", "二"))))
    world.beat()
    assert take(world, a_unit("教育局", "李红")).handovers[0].parts == 2


def test_a_weekend_passes_before_the_newcomer_hears(world: World) -> None:
    world.take(PLAN)
    world.beat()
    world.set("2025-03-08 20:00")
    take(world, a_unit("教育局", "李红"))
    chat(world, "李红")
    world.until("2025-03-12 08:00")
    assert [f"{heard.at:%m-%d %H:%M}" for heard in world.told("李红")] == ["03-10 09:00", "03-11 09:00"]


def test_the_deputy_stands_in_until_somebody_comes(world: World) -> None:
    world.take(PLAN)
    world.beat()
    report = take(world, a_unit("教育局"), gone=(("教育局", "张敏"),))
    assert report.officers_left == ["张敏"]
    assert (report.handovers[0].left, report.handovers[0].came) == (("张敏",), ("王副",))
    assert take(world, a_unit("教育局", "李红")).handovers[0].left == ()
    assert world.recipients(world.part("2"), "d1") == ["李红"]
    assert world.recipients(world.part("2"), "assigned") == ["李红"]


def test_who_changes_role_keeps_chat_and_history(world: World) -> None:
    before = world.officer("张敏")
    report = take(world, RosterUnit("教育局", officers=(RosterOfficer("张敏", "deputy"), RosterOfficer("李红"))))
    after = world.officer("张敏")
    assert (before.id, after.role) == (after.id, "deputy")
    assert report.officers_changed == ["张敏"]
    with world.desk() as desk:
        assert enroll.who(desk, CHAT, "张敏") == after


def test_the_same_list_twice_changes_nothing(world: World) -> None:
    world.take(PLAN)
    units = (a_unit("教育局", "李红"), a_unit("水利局", "何水"), replace(ROADS, parent="教育局"))
    assert take(world, *units).changed
    again = take(world, *units)
    assert (again.changed, again.handovers, again.new_parts) == (False, [], 0)


# What a list does not say


@pytest.mark.parametrize(
    ("unit", "doubts", "why"),
    [
        (a_unit("教育局", "张敏"), [], "head and deputy stay: the list names none"),
        (a_unit("教育局", "张 敏"), [], "a space in a name is nobody else"),
        (a_unit("教 育 局", "张敏"), [], "nor in the name of a unit"),
        (a_unit("教育局"), [Doubt("kept", "教育局", "张敏")], "a unit without anybody keeps its people"),
        (a_unit("教育局", "赵局", role="head"), [Doubt("kept", "教育局", "张敏")], "no officer is named"),
        (
            a_unit("司法局", "李督办"),
            [Doubt("role_kept", "司法局", "李督办", "bureau")],
            "rights are not lost by a list",
        ),
        (
            RosterUnit("教育局", parent="没有的局", officers=(RosterOfficer("张敏"),)),
            [Doubt("no_parent", "教育局", other="没有的局")],
            "a parent nobody knows",
        ),
        (
            RosterUnit("教育局", parent="教育局", officers=(RosterOfficer("张敏"),)),
            [Doubt("no_parent", "教育局", other="教育局")],
            "a parent that leads back",
        ),
    ],
)
def test_what_a_list_does_not_say_stays(unit: RosterUnit, doubts: list[Doubt], why: str) -> None:
    merged = merge(ROSTER, listed(unit))
    held = next(one for one in ROSTER.units if one.name in unit.name.replace(" ", ""))
    assert set(merged.roster.units[0].officers) == set(held.officers), why
    assert replace(merged.roster.units[0], officers=()) == replace(held, officers=()), why
    assert list(merged.doubts) == doubts, why


def test_a_unit_is_known_by_its_short_name() -> None:
    held = Roster(units=(replace(SCHOOLS, short="教体局"),))
    merged = merge(held, listed(a_unit("教体局", "李红"), a_unit("教育局", "丁一")))
    (unit,) = merged.roster.units
    assert (unit.name, unit.short) == ("教育局", "教体局")
    assert [person.name for person in unit.officers if person.role == "officer"] == ["李红", "丁一"]


@pytest.mark.parametrize(
    ("new", "near"),
    [("市教育局", "教育局"), ("教育局机关", "教育局"), ("水利局", ""), ("民政局", "")],
)
def test_a_new_unit_that_is_called_nearly_like_another_is_doubtful(new: str, near: str) -> None:
    merged = merge(ROSTER, listed(a_unit(new, "李红")))
    assert merged.doubts == ((Doubt("near_unit", new, other=near),) if near else ())


def test_a_unit_without_anybody_is_told() -> None:
    assert merge(ROSTER, listed(a_unit("水利局"))).doubts == (Doubt("nobody", "水利局"),)


def test_units_that_are_not_listed_are_counted_and_left(world: World) -> None:
    report = take(world, a_unit("教育局", "张敏"))
    assert (report.changed, report.absent) == (False, 2)
    assert world.officer("刘强").active


def test_the_bureau_is_not_replaced_by_a_second_one() -> None:
    merged = merge(ROSTER, listed(a_unit("司法局", "新督办", role="bureau")))
    names = {person.name for person in merged.roster.units[0].officers}
    assert names == {"新督办", *(person.name for person in JUSTICE.officers)}


def test_a_category_is_changed_and_what_it_takes_away_is_told() -> None:
    merged = merge(ROSTER, listed(replace(SCHOOLS, categories=("主管部门",))))
    assert merged.roster.units[0].categories == ("主管部门",)
    assert merged.doubts == (Doubt("category", "教育局", other="执法部门"),)
