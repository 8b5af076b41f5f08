"""A unit's dead group is an item of the bureau's: since when, until it is bound again or the unit wants none."""

from datetime import date

import pytest

from bot import views_bureau
from schedules.retry import Refused as Fails
from storage import timeline
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.test_group_digest import claimed_in, group
from tests.usecases.world import World
from texts import week
from texts.reader import Reader
from usecases import bureau_mail, deliver, enroll, groups, robots
from usecases.dead_groups import DeadGroup, dead_groups, forget_group
from usecases.decisions import decisions
from usecases.errors import NoSuchWay, NotAllowed

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS))
KICKED = Fails("Forbidden: bot was kicked from the supergroup chat", gone=True)


def listed(world: World) -> list[tuple[str, str, date]]:
    with world.office.read(world.now) as desk:
        found = decisions(desk, enroll.find_officer(desk, "李督办")).groups
        assert list(found) == dead_groups(desk)
    return [(one.unit, one.channel, one.since) for one in found]


def lose(world: World, address: str = "群") -> None:
    with world.desk() as desk:
        groups.lost_group(desk, "telegram", address, "kicked")


def morning(world: World) -> str:
    with world.office.read(world.now) as desk:
        return week.morning(
            Reader("zh", desk.today, desk.office.zone),
            bureau_mail.morning_of(desk, enroll.find_officer(desk, "李督办")),
        ).text


def test_a_group_we_were_sent_out_of_is_listed_until_it_is_bound_again(world: World) -> None:
    group(world, "群", "telegram")
    assert listed(world) == []
    lose(world)
    assert listed(world) == [("教育局", "telegram", world.today)]
    world.until("2025-03-20 10:00")
    group(world, "群", "telegram")
    assert listed(world) == []


def test_another_group_bound_since_then_is_as_good(world: World) -> None:
    group(world, "旧群", "telegram")
    group(world, "路群", "telegram", "交通局")
    lose(world, "旧群")
    world.until("2025-03-20 10:00")
    group(world, "新群", "telegram")
    assert listed(world) == []
    lose(world, "新群")
    assert [unit for unit, *_ in listed(world)] == ["教育局", "教育局"]


def test_a_delivery_that_finds_nobody_makes_it_an_item_with_its_day(world: World) -> None:
    group(world, "key", "wecom_robot")
    world.take(PLAN)
    row = claimed_in(world, "wecom_robot")
    with world.desk() as desk:
        outgoing = deliver.prepare(desk, row)
        assert outgoing is not None
        deliver.record(desk, row, outgoing, KICKED)
    died = world.today
    world.until("2025-03-20 10:00")
    assert listed(world) == [("教育局", "wecom_robot", died)]


def test_a_robot_taken_away_on_purpose_is_nobodys_loss(world: World) -> None:
    group(world, "key", "wecom_robot")
    bureau = world.officer("李督办")
    with world.desk() as desk:
        (row,) = robots.robots(desk)
        robots.remove_robot(desk, bureau, row.number)
    assert listed(world) == []


def test_only_the_bureau_takes_it_off_the_list_and_the_timeline_keeps_who(world: World) -> None:
    group(world, "群", "telegram")
    lose(world)
    officer, bureau = world.officer("张敏"), world.officer("李督办")
    with world.desk() as desk:
        (one,) = dead_groups(desk)
        with pytest.raises(NotAllowed):
            forget_group(desk, officer, one.number)
        with pytest.raises(NoSuchWay):
            forget_group(desk, bureau, one.number + 1)
        assert forget_group(desk, bureau, one.number) == one
        assert [row.officer_id for row in timeline.of_verb(desk.tx, "unbind_group")] == [bureau.id]
    assert listed(world) == []


def test_the_morning_tells_it_the_next_working_day_and_each_week(world: World) -> None:
    world.set("2025-03-04 10:00")
    group(world, "群", "telegram")
    lose(world)
    told = {}
    for day in range(4, 12):
        world.set(f"2025-03-{day:02} 09:00")
        told[day] = "有 1 个群收不到提醒：教育局" in morning(world)
    assert [day for day, said in told.items() if said] == [5, 10], "Wednesday, then Monday with the report of the week"


def test_the_chat_says_whose_since_when_and_what_brings_it_back() -> None:
    reader = Reader("zh", date(2025, 3, 10))
    kinds = [("telegram", False), ("wecom_robot", True)]
    found = [DeadGroup(1, 1, "教育局", channel, date(2025, 3, 4), robot) for channel, robot in kinds]
    text = views_bureau.unreachable(reader, [], found).text
    assert text.splitlines() == [
        "收不到提醒的群 2 个",
        "教育局 Telegram群：3月4日(周二)起失效。请把机器人请回群里，在群里发“/bind 教育局”再绑一次。",
        "教育局 企业微信群机器人：3月4日(周二)起失效。请管理员重新添加群机器人。",
    ]
    assert views_bureau.unreachable(reader, [], []).text == "有任务的单位都联系得上。"
