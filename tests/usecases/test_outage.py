"""Outages: who may have pressed in vain is told once, in office hours, and never after a stop that nobody noticed."""

import pytest

from storage import deliveries
from storage.rows import DeliveryRow
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases import outage

PLAN = a_plan(a_duty("1", by("2025-03-10"), roles=ENFORCERS))
"""Announced on Monday 3 March; reminded of on the 7th and the 10th."""


def alive(world: World, at: str = "") -> int:
    if at:
        world.set(at)
    with world.desk() as desk:
        return outage.alive(desk, CHAT)


def notices(world: World, who: str = "") -> list[str]:
    return [heard.text for heard in world.told(who, kind="say") if "系统曾中断" in heard.text]


def waiting(world: World) -> list[DeliveryRow]:
    with world.desk() as desk:
        return deliveries.due_under(desk.tx, "outage:")


@pytest.fixture
def running(world: World) -> World:
    """Everybody has an open card; the channel is alive at ten on Tuesday."""
    world.take(PLAN)
    world.until("2025-03-04 10:00")
    assert alive(world) == 0
    return world


@pytest.mark.parametrize(
    ("back", "told", "why"),
    [
        ("2025-03-04 10:00", False, "nothing happened"),
        ("2025-03-04 10:02", False, "a restart"),
        ("2025-03-04 10:06", True, "presses of more than three minutes are lost"),
        ("2025-03-05 11:00", True, "a day"),
    ],
)
def test_only_a_stop_that_lost_presses_is_told(running: World, back: str, told: bool, why: str) -> None:
    people = {"张敏", "刘强"}
    found = alive(running, back)
    assert (found > 0) == told, why
    if told:
        assert {row.address for row in waiting(running)} >= people


def test_a_stop_in_the_night_is_not_worth_a_word(running: World) -> None:
    alive(running, "2025-03-04 22:30")
    with running.desk() as desk:
        for row in deliveries.due_under(desk.tx, "outage:"):
            deliveries.change(desk.tx, row.id, state="superseded")
    assert alive(running, "2025-03-05 06:30") == 0
    assert alive(running, "2025-03-05 06:31") == 0


def test_told_once_with_the_times_and_how_to_answer_in_words(running: World) -> None:
    alive(running, "2025-03-04 10:30")
    alive(running, "2025-03-04 10:30:20")
    running.until("2025-03-04 11:00")
    (said,) = notices(running, "张敏")
    assert "10:00" in said
    assert "10:30" in said
    assert "收1" in said
    assert "办1" in said


def test_a_channel_that_comes_and_goes_is_told_once_an_hour(running: World) -> None:
    for minute in range(5, 60, 5):
        alive(running, f"2025-03-04 10:{minute:02}")
    running.until("2025-03-04 11:30")
    assert len(notices(running, "张敏")) == 1


def test_after_hours_it_waits_for_the_next_office_hour(running: World) -> None:
    alive(running, "2025-03-04 20:00")
    running.until("2025-03-05 08:00")
    assert notices(running) == []
    running.until("2025-03-05 12:00")
    (told,) = notices(running, "张敏")
    assert "系统曾中断(3月4日(周二) 10:00至20:00)" in told, "with its day, because it is read on the next"


def test_whoever_has_nothing_open_is_left_alone(running: World) -> None:
    running.do("张敏", "report", running.part())
    alive(running, "2025-03-04 10:30")
    running.until("2025-03-04 11:00")
    assert notices(running, "张敏") == []
    assert len(notices(running, "刘强")) == 1


def test_it_goes_inside_the_digest_that_goes_out_then(running: World) -> None:
    """Down from Tuesday to Monday the 10th, half past eight: one message says both."""
    alive(running, "2025-03-10 08:30")
    running.until("2025-03-10 12:00")
    assert notices(running, "张敏") == []
    late = [heard for heard in running.told("张敏") if "系统曾中断" in heard.text]
    assert len(late) == 1
    assert "系统曾中断(3月4日(周二) 10:00至3月10日(周一) 08:30)" in late[0].text
    assert late[0].at.isoformat().startswith("2025-03-10")


def test_a_channel_that_never_ran_before_has_nothing_to_say(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-04 10:00")
    assert alive(world) == 0
