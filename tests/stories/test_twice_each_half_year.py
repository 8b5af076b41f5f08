"""Supervision, at least twice in each half year: counted to 2 of 2, and what is owed never spills over."""

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, half_yearly
from tests.usecases.world import World

FIRST, SECOND = "2025-06-30", "2025-12-31"


def counted(world: World, due: str) -> tuple[str, str]:
    part = world.part("1", due=due)
    return str(part.counted), part.state


def test_one_of_two_then_two_of_two(teller: Teller) -> None:
    world = teller.begin("2025-01-06 08:00")
    world.take(a_plan(a_duty("1", half_yearly(2), title="行政执法监督检查")))
    world.until("2025-03-20 15:00")
    assert diary(world, "张敏") == [("01-06 09:00", ["1 assigned"])]

    answered = says(world, "张敏", "办1 一季度检查 法督〔2025〕2号")
    assert "1/2" in answered
    assert counted(world, FIRST) == ("1", "received")
    world.until("2025-06-23 10:00")
    assert diary(world, "张敏")[-1] == ("06-23 09:00", ["1 d7"]), (
        "one is missing, so it is asked for; far rungs were not"
    )
    assert "1/2" in world.told("张敏")[-1].text
    answered = says(world, "张敏", "办1 二季度检查")
    assert "报结" in answered
    assert counted(world, FIRST) == ("2", "reported")
    assert counted(world, SECOND) == ("0", "open")

    world.until("2025-07-01 10:00")
    assert diary(world, "赵局") == [], "the first half year is closed in time"
    world.until("2025-12-24 10:00")
    assert [rungs for _, rungs in diary(world, "张敏", since="2025-07-01")] == [
        ["1 d30"],
        ["1 d14"],
        ["1 d7"],
    ], "the second half year was never received, so its far rungs came"


def test_a_half_year_nobody_answered_ends_with_the_next_and_stands_there_as_lapsed(teller: Teller) -> None:
    world = teller.begin("2025-06-02 08:00")
    world.take(a_plan(a_duty("1", half_yearly(2))))
    world.until("2026-01-05 10:00")
    assert counted(world, FIRST) == ("0", "lapsed")
    assert counted(world, SECOND) == ("0", "open")
    chased = [rungs for _, rungs in diary(world, "赵局")]
    assert chased == [["1 w4"], ["1 w9"]], "督办单 and 通报 for the first half; the second one's comes on 8 January"
    says(world, "张敏", f"办{world.part('1', due=FIRST).code} 补报")
    assert counted(world, FIRST) == ("0", "lapsed"), "what is over is not reported any more"
