"""Groups: bound by those who answer for a unit, taken over by nobody else, lost and found with their chat."""

import pytest
from sqlalchemy import select

from storage import deliveries, group_chats
from storage.rows import GroupChat
from storage.tables import timeline
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases import groups
from usecases.errors import Refused
from usecases.groups import Bound

GROUP, TOPIC = "-100", "-100/7"
PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS))


def bind(world: World, who: str, unit: str = "", address: str = GROUP) -> Bound:
    officer = world.officer(who)
    with world.desk() as desk:
        return groups.bind_group(desk, officer, CHAT, address, unit)


def at(world: World, address: str = GROUP) -> GroupChat | None:
    with world.office.read(world.now) as desk:
        return group_chats.at(desk.tx, CHAT, address)


def state(world: World, address: str = GROUP) -> str:
    found = at(world, address)
    return found.state if found else ""


@pytest.mark.parametrize(
    ("who", "unit", "bound"),
    [
        ("张敏", "", "教育局"),
        ("王副", "", "教育局"),
        ("赵局", "教育局", "教育局"),
        ("李督办", "交通局", "交通局"),
        ("张敏", "交通局", "group_role"),
        ("周审计", "", "group_role"),
        ("吴管理", "教育局", "group_role"),
        ("李督办", "", "group_unit_missing"),
        ("李督办", "没有这个局", "group_unit"),
    ],
)
def test_who_binds_what(world: World, who: str, unit: str, bound: str) -> None:
    if not bound.startswith("group_"):
        assert bind(world, who, unit) == Bound(bound)
        return
    with pytest.raises(Refused) as refused:
        bind(world, who, unit)
    assert refused.value.key == bound
    assert at(world) is None


def test_binding_twice_changes_nothing_and_is_said(world: World) -> None:
    bind(world, "张敏")
    assert bind(world, "王副") == Bound("教育局", changed=False)


def test_another_unit_cannot_take_a_group_over_and_the_bureau_can(world: World) -> None:
    bind(world, "张敏")
    with pytest.raises(groups.GroupTaken):
        bind(world, "刘强")
    assert bind(world, "李督办", "交通局") == Bound("交通局")


def test_letting_go(world: World) -> None:
    bind(world, "张敏")
    strange, own = world.officer("刘强"), world.officer("赵局")
    with world.desk() as desk, pytest.raises(groups.GroupTaken):
        groups.unbind_group(desk, strange, CHAT, GROUP)
    with world.desk() as desk:
        assert groups.unbind_group(desk, own, CHAT, GROUP) == Bound("教育局")
    with world.desk() as desk, pytest.raises(groups.NotBound):
        groups.unbind_group(desk, own, CHAT, GROUP)
    assert at(world) is None


def test_who_bound_and_unbound_stands_in_the_timeline(world: World) -> None:
    bind(world, "张敏")
    person = world.officer("张敏")
    with world.desk() as desk:
        groups.unbind_group(desk, person, CHAT, GROUP)
        rows = list(
            desk.tx.execute(select(timeline).where(timeline.c.verb.like("%bind_group")).order_by(timeline.c.id))
        )
    assert [(row.verb, row.officer_id, row.words) for row in rows] == [
        ("bind_group", person.id, "教育局"),
        ("unbind_group", person.id, "教育局"),
    ]


def test_a_chat_that_throws_us_out_takes_its_topics_along_and_comes_back_with_them(world: World) -> None:
    bind(world, "张敏")
    bind(world, "刘强", address=TOPIC)
    bind(world, "刘强", address="-1001")
    with world.desk() as desk:
        groups.lost_group(desk, CHAT, GROUP, "kicked")
    assert (state(world), state(world, TOPIC), state(world, "-1001")) == ("dead", "dead", "live")
    with world.desk() as desk:
        groups.found_group(desk, CHAT, GROUP)
    assert (state(world), state(world, TOPIC)) == ("live", "live")


def test_a_chat_that_gets_another_number_keeps_its_binding(world: World) -> None:
    bind(world, "张敏")
    with world.desk() as desk:
        groups.moved_group(desk, CHAT, GROUP, "-200")
        groups.moved_group(desk, CHAT, GROUP, "-200")
    assert at(world) is None
    assert state(world, "-200") == "live"


def test_a_closed_topic_falls_back_to_the_group_which_is_told_once(world: World) -> None:
    world.take(PLAN)
    bind(world, "张敏", address=TOPIC)
    world.beat()
    with world.desk() as desk:
        groups.left_topic(desk, CHAT, TOPIC, GROUP)
        groups.left_topic(desk, CHAT, TOPIC, GROUP)
    assert state(world) == "live"
    assert at(world, TOPIC) is None
    with world.desk() as desk:
        waiting = [row for n in range(1, 60) if (row := deliveries.by_id(desk.tx, n)) and row.address == GROUP]
    assert len([row for row in waiting if row.kind == "say"]) == 1


def test_a_closed_topic_whose_group_is_another_units_is_dead_and_seen(world: World) -> None:
    bind(world, "张敏", address=TOPIC)
    bind(world, "刘强")
    with world.desk() as desk:
        groups.left_topic(desk, CHAT, TOPIC, GROUP)
    assert (state(world), state(world, TOPIC)) == ("live", "dead")


def test_the_card_in_the_group_follows_the_part(world: World) -> None:
    world.take(PLAN)
    bind(world, "张敏")
    world.beat()
    before = len(world.told(GROUP))
    world.do("王副", "receive", world.part())
    world.beat()
    edits = world.told(GROUP, kind="edit")
    assert before == 1
    assert len(edits) == 1
    assert "签收" in edits[0].text
