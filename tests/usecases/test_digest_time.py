"""A person's own hour: what is planned moves to it, news does not wait for it, and it lies in office hours."""

import pytest

from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from usecases.digest_time import set_digest_time
from usecases.errors import BadDigestTime


def wants(world: World, who: str, at: str) -> None:
    officer = world.officer(who)
    with world.desk() as desk:
        set_digest_time(desk, officer, at)


def heard(world: World, who: str) -> list[tuple[str, str]]:
    return [(message.at.strftime("%m-%d %H:%M"), message.rungs[0][1]) for message in world.told(who)]


def test_the_days_message_comes_at_the_chosen_time(world: World) -> None:
    world.set("2025-03-03 10:00")
    world.take(a_plan(a_duty("1", by("2025-03-14"))))
    wants(world, "张敏", "14:30")
    world.until("2025-03-10 18:00")
    assert heard(world, "张敏") == [("03-03 10:00", "assigned"), ("03-07 14:30", "d7")], "news does not wait"
    wants(world, "张敏", "08:40")
    world.until("2025-03-11 18:00")
    wants(world, "张敏", "")
    world.until("2025-03-13 18:00")
    assert heard(world, "张敏")[2:] == [("03-11 08:40", "d3"), ("03-13 09:00", "d1")]
    world.check()


def test_after_downtime_the_chosen_time_is_waited_for(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-03-14"))))
    wants(world, "张敏", "11:00")
    world.until("2025-03-10 18:00")
    world.set("2025-03-12 08:50")
    world.until("2025-03-12 18:00")
    assert heard(world, "张敏")[-1] == ("03-12 11:00", "d3")


@pytest.mark.parametrize("at", ["08:29", "17:30", "25:00", "下午", "9"])
def test_it_lies_in_office_hours(quick: World, at: str) -> None:
    with pytest.raises(BadDigestTime):
        wants(quick, "张敏", at)
    assert quick.officer("张敏").digest_at == ""
