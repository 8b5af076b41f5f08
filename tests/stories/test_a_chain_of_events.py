"""A chain of events: a rule is published, its filing is due in 15 days; the filing's answer starts the next duty."""

from schedules.timing import Event
from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, after
from usecases import events

PLAN = a_plan(
    a_duty("1", after("规范性文件发布之日", 15), title="报送备案"),
    a_duty("2", Event("收到备案审查意见", 5, "working"), title="落实审查意见"),
    a_duty("3", Event("执法人员上岗", 0), title="上岗前宣誓"),
)


def test_each_event_starts_its_own_duty(teller: Teller) -> None:
    world = teller.begin("2025-04-01 08:00")
    world.take(PLAN)
    world.until("2025-04-07 10:00")
    assert world.told() == [], "nothing is due until something happens"
    assert "没有" in says(world, "张敏", "清单")

    world.happen("规范性文件发布之日", "2025-04-05")
    world.until("2025-04-07 18:00")
    assert diary(world, "张敏") == [("04-07 10:00", ["1 assigned"])]
    assert "报送备案" in world.told("张敏")[0].text
    assert world.part("1").due.isoformat() == "2025-04-21", "the fifteenth day is a Sunday, so Monday"

    world.until("2025-04-18 09:30")
    assert "报结" in says(world, "张敏", "办1 已报送")
    world.happen("收到备案审查意见", "2025-04-28")
    world.until("2025-04-28 18:00")
    assert world.part("2").due.isoformat() == "2025-05-08", "29, 30 April, then Labour Day, 6, 7, 8 May"

    event = world.happen("执法人员上岗", "2025-05-12")
    assert world.part("3").due.isoformat() == "2025-05-12"
    with world.desk() as desk:
        events.cancel_event(desk, event)
        events.add_event(desk, "p", "执法人员上岗", world.today.replace(month=5, day=19))
    assert [(part.due.isoformat(), part.state) for part in world.parts(item="3")] == [
        ("2025-05-12", "waived"),
        ("2025-05-19", "open"),
    ]
    world.until("2025-05-19 10:00")
    assert diary(world, "张敏")[-1] == ("05-19 09:00", ["3 d0"])
