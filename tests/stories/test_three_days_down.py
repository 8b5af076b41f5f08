"""Three days down: from Tuesday evening to Friday or Saturday; nothing is lost and nothing comes twice."""

from schedules.retry import Unknown
from tests.stories.telling import Teller, diary, says
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, yearly
from tests.usecases.world import World
from usecases.deliver import prepare
from usecases.remind import hand_over

PLAN = a_plan(
    a_duty("1", by("2025-03-12"), roles=ENFORCERS),
    a_duty("2", by("2025-03-14")),
    a_duty("3", by("2025-03-21")),
    a_duty("4", by("2025-04-11")),
    a_duty("5", yearly(3, 13), roles=ENFORCERS),
)


def down(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-11 18:00")


def test_everything_missed_comes_in_one_message_on_monday(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    down(world)
    world.set("2025-03-15 10:00")
    world.until("2025-03-17 08:29")
    assert diary(world, "张敏", since="2025-03-12") == [], "up again on a Saturday: phones stay quiet"
    world.until("2025-03-17 18:00")
    assert diary(world, "张敏", since="2025-03-12") == [
        ("03-17 09:00", ["1 w1", "2 w1", "3 d7", "4 d30", "5 w1"]),
    ], "of each part the latest rung only"
    assert diary(world, "刘强", since="2025-03-12") == [("03-17 09:00", ["1 w1", "5 w1"])]
    assert diary(world, "赵局") == [], "督办单 is not due yet"
    (digest,) = [heard for heard in world.told("张敏") if heard.at.day == 17]
    assert digest.late, "it says that it comes late"


def test_back_in_the_middle_of_a_working_day_it_comes_at_once(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    down(world)
    world.set("2025-03-14 11:23")
    world.beat()
    assert diary(world, "张敏", since="2025-03-12") == [("03-14 11:23", ["1 w1", "2 d0", "3 d7", "4 d30", "5 w1"])]
    world.until("2025-03-14 18:00")
    assert len(diary(world, "张敏", since="2025-03-12")) == 1


def test_what_was_answered_meanwhile_is_not_asked_again(teller: Teller) -> None:
    """Messages written during the outage are handled first, so the digest knows of them."""
    world = teller.begin("2025-03-03 08:00")
    down(world)
    world.set("2025-03-14 11:23")
    for item in ("1", "2"):
        assert "报结" in says(world, "张敏", f"办{world.part(item).code} 停机期间已办")
    world.beat()
    assert diary(world, "张敏", since="2025-03-12") == [("03-14 11:23", ["3 d7", "4 d30", "5 w1"])]


def test_a_message_in_flight_when_the_power_went_is_repeated_with_a_mark(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.set("2025-03-03 09:00")
    with world.desk() as desk:
        hand_over(desk)
    claimed = world.claim()
    with world.desk() as desk:
        begun = [row for row in claimed if row.address == "张敏" and prepare(desk, row)]
    assert len(begun) == 1  # and here the power goes: nobody knows whether hers was sent, and his was not begun
    world.set("2025-03-04 09:30")
    world.beat()
    assert sorted((heard.who, heard.repeat) for heard in world.told()) == [("刘强", False), ("张敏", True)]


def test_a_messenger_that_was_down_as_well_loses_nothing(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.chat.says["张敏"] = [Unknown("no answer")] * 20
    world.until("2025-03-07 10:00")
    first = next(heard for heard in world.told("张敏"))
    assert first.repeat
    assert ("1", "assigned") in first.rungs
