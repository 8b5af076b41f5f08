"""Leave: meanwhile the deputy is told, or the head where none is named; afterwards it is as before."""

from datetime import date

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from usecases.page_inbox import inbox_page
from usecases.unreachable import unreachable

PLAN = a_plan(
    a_duty("1", by("2025-03-14"), title="案卷评查"),
    a_duty("2", by("2025-03-21"), title="季度报表"),
    verification="bureau",
)


def begin(teller: Teller) -> World:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.until("2025-03-10 15:00")
    return world


def inbox_of(world: World, who: str) -> list[str]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return [card.part.item for card in inbox_page(desk, officer).cards]


def test_the_deputy_is_told_answers_and_is_left_in_peace_afterwards(teller: Teller) -> None:
    """Away from Tuesday 11 to Friday 14 March."""
    world = begin(teller)
    answered = says(world, "张敏", "请假 3月11日到3月14日 由王副代")
    assert "3月11日(周二) 至 3月14日(周五)" in answered
    world.until("2025-03-10 15:10")
    (asked,) = world.told("王副", kind="say")
    assert asked.text.startswith("张敏请假")

    world.until("2025-03-13 10:00")
    assert diary(world, "张敏", since="2025-03-10 15:00") == []
    assert diary(world, "王副") == [("03-11 09:00", ["1 d3"]), ("03-13 09:00", ["1 d1"])]
    assert "1" in inbox_of(world, "王副"), "and it lies in the deputy's inbox on the page"
    assert "张敏" in world.told("王副")[0].text, "it says in whose place it comes"
    assert "报结" in says(world, "王副", "办1 已评查 附签到表")
    assert (world.part("1").reported_name, world.part("1").state) == ("王副", "reported")
    world.until("2025-03-21 10:00")
    assert diary(world, "王副")[-1] == ("03-14 09:00", ["2 d7"])
    assert inbox_of(world, "王副") == []
    assert diary(world, "张敏", since="2025-03-11") == [
        ("03-18 09:00", ["2 d3"]),
        ("03-20 09:00", ["2 d1"]),
        ("03-21 09:00", ["2 d0"]),
    ], "back, it is told again"


def test_without_a_deputy_the_head_hears_and_the_bureau_sees_it(teller: Teller) -> None:
    world = begin(teller)
    assert "没有指定代办人" in says(world, "张敏", "请假 3月11日到3月14日")
    world.until("2025-03-11 10:00")
    assert diary(world, "张敏", since="2025-03-10 15:00") == []
    assert diary(world, "赵局") == [("03-11 09:00", ["1 d3"])]
    with world.desk() as desk:
        assert [(one.officer, one.why) for one in unreachable(desk)] == [("张敏", "on_leave")]


def test_back_early_reminders_come_back_at_once(teller: Teller) -> None:
    world = begin(teller)
    says(world, "张敏", "请假 3月11日到3月14日 由王副代")
    world.until("2025-03-12 16:00")
    assert "已销假" in says(world, "张敏", "销假")
    world.until("2025-03-13 10:00")
    assert diary(world, "张敏", since="2025-03-11") == [("03-13 09:00", ["1 d1"])]
    assert diary(world, "王副") == [("03-11 09:00", ["1 d3"])]
    assert world.part("1").due == date(2025, 3, 14)
