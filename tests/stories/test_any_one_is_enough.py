"""Any one is enough: the first report lets the others off; they come back when it is undone or sent back."""

from dataclasses import replace

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World

PLAN = a_plan(
    replace(a_duty("1", by("2025-03-31"), roles=ENFORCERS, title="选送案例"), any_one=True), verification="bureau"
)


def begin(teller: Teller) -> World:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.until("2025-03-03 09:30")
    world.do("刘强", "receive", world.part(unit="交通局"))
    return world


def test_one_report_closes_it_for_all(teller: Teller) -> None:
    world = begin(teller)
    world.do("张敏", "report", world.part(), "已报送 1 件")
    other = world.part(unit="交通局")
    assert (other.state, other.reason) == ("waived", "any_one")
    world.until("2025-03-03 10:00")
    (told,) = world.told("刘强", kind="say")
    assert "教育局已报结，此件有一个单位办理即可" in told.text
    assert "其他单位已报结" in says(world, "刘强", f"{other.code}")
    assert "没有改动" in says(world, "刘强", f"办{other.code} 也办了")
    world.do("李督办", "verify", world.part())
    world.until("2025-05-30 10:00")
    assert diary(world, "刘强") == [("03-03 09:00", ["1 assigned"])]


def test_a_report_sent_back_asks_the_others_again(teller: Teller) -> None:
    world = begin(teller)
    world.do("张敏", "report", world.part(), "已报送")
    world.set("2025-03-20 10:00")
    world.do("李督办", "return", world.part(), "不是行政执法案例")
    assert world.part(unit="交通局").state == "received", "as far as it was"
    world.until("2025-03-28 10:00")
    assert any("恢复办理" in heard.text for heard in world.told("刘强", kind="say"))
    assert ("03-24 09:00", ["1 d7"]) in diary(world, "刘强")
    world.do("刘强", "report", world.part(unit="交通局"))
    assert world.part().state == "waived", "now the other one is enough"


def test_a_report_undone_asks_the_others_again(teller: Teller) -> None:
    world = begin(teller)
    before = world.part(unit="交通局")
    world.do("张敏", "report", world.part())
    world.do("张敏", "undo", world.part())
    after = world.part(unit="交通局")
    assert (after.state, after.reason, after.received_at) == ("received", "", before.received_at)


def test_a_unit_that_joins_later_is_not_asked(teller: Teller) -> None:
    from tests.usecases.office import ROADS, ROSTER  # noqa: PLC0415 only this story has a third unit

    world = begin(teller)
    world.do("张敏", "report", world.part())
    world.enroll(replace(ROSTER, units=(*ROSTER.units, replace(ROADS, name="水务局", officers=()))))
    world.take(PLAN)
    assert world.parts("水务局") == []
