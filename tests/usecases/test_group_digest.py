"""A unit's groups: each hears a rung once, only what officers hear, and from a robot no names."""

from dataclasses import replace

from schedules.retry import Refused
from storage import deliveries, group_chats, people
from storage.rows import DeliveryRow
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.test_fallback import notes
from tests.usecases.world import CHAT, World
from usecases import deliver, enroll
from usecases.remind import hand_over

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS))


def group(world: World, address: str = "群", channel: str = CHAT, unit: str = "教育局") -> None:
    with world.desk() as desk:
        unit_id = next(u.id for u in people.units(desk.tx) if u.name == unit)
        bureau = enroll.find_officer(desk, "李督办")
        group_chats.bind(desk.tx, unit_id=unit_id, channel=channel, address=address, bound_by=bureau.id, now=desk.now)


def in_group(world: World, channel: str, address: str = "群") -> list[DeliveryRow]:
    with world.office.read(world.now) as desk:
        found = (deliveries.by_id(desk.tx, n) for n in range(1, 50))
        return [row for row in found if row and (row.channel, row.address) == (channel, address)]


def test_a_unit_s_group_hears_each_rung_once(world: World) -> None:
    """张敏 and her deputy are both reminded; their group hears it once, the other unit's group its own."""
    world.take(PLAN)
    group(world, "群", "club")
    group(world, "路群", "club", "交通局")
    world.beat()
    (row,) = in_group(world, "club")
    assert row.officer_id is None
    with world.desk() as desk:
        assert len(deliveries.items(desk.tx, row.id)) == 1
    assert len(in_group(world, "club", "路群")) == 1


def test_heads_and_the_bureau_are_not_discussed_in_the_group(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-03-14"))))
    world.until("2025-03-18 18:00")
    group(world, "群", "club")
    world.until("2025-03-21 18:00")
    assert in_group(world, "club") == [], "w4 is the head's"
    world.until("2025-03-28 18:00")
    assert len(in_group(world, "club")) == 1, "the weekly 催办 is the officers', w9 the bureau's"


def test_a_group_whose_channel_does_not_run_is_left_alone(world: World) -> None:
    world.office = replace(world.office, channels=frozenset({CHAT}))
    world.take(PLAN)
    group(world, "群", "club")
    world.beat()
    assert in_group(world, "club") == []


def claimed_in(world: World, channel: str) -> DeliveryRow:
    with world.desk() as desk:
        hand_over(desk)
        (row,) = deliver.claim(desk, owner="w", channels=[channel])
    return row


def test_a_robot_s_group_reads_number_title_and_date_and_no_names(world: World) -> None:
    world.take(PLAN)
    group(world, "key", "x_robot")
    row = claimed_in(world, "x_robot")
    with world.desk() as desk:
        outgoing = deliver.prepare(desk, row)
    assert outgoing is not None
    assert outgoing.message.buttons == ()
    assert "办1 任务1 · 6月27日(周五)" in outgoing.message.lines[0]
    assert "张敏" not in outgoing.message.text
    assert "http" not in outgoing.message.text


def test_a_group_that_is_gone_is_closed_and_noted(world: World) -> None:
    world.take(PLAN)
    group(world, "key", "x_robot")
    row = claimed_in(world, "x_robot")
    with world.desk() as desk:
        outgoing = deliver.prepare(desk, row)
        assert outgoing is not None
        deliver.record(desk, row, outgoing, Refused("no such robot", gone=True))
        held = group_chats.at(desk.tx, "x_robot", "key")
    assert held is not None
    assert held.state == "dead"
    assert notes(world) == [("group_lost", "no such robot")]


def test_a_group_bound_to_another_unit_meanwhile_hears_nothing(world: World) -> None:
    world.take(PLAN)
    group(world, "key", "x_robot")
    row = claimed_in(world, "x_robot")
    group(world, "key", "x_robot", "交通局")
    with world.desk() as desk:
        assert deliver.prepare(desk, row) is None
        held = deliveries.by_id(desk.tx, row.id)
    assert held is not None
    assert (held.state, held.reason) == ("superseded", "group of another unit")
