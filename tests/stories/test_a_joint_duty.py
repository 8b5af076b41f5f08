"""A joint duty: one unit leads, four others have a part; the lead reports last and is told when it can."""

import pytest

from schedules.roster import Roster, RosterOfficer, RosterUnit
from tests.stories.telling import Teller, says
from tests.usecases.office import JUSTICE, a_duty, a_plan, by
from tests.usecases.world import World
from usecases.errors import OthersMissing

OTHERS = ("甲局", "乙局", "丙局", "丁局")
ROSTER = Roster(
    "示例",
    units=(
        JUSTICE,
        RosterUnit("教育局", officers=(RosterOfficer("张敏"), RosterOfficer("赵局", "head"))),
        *(RosterUnit(name, officers=(RosterOfficer(f"{name[0]}员"),)) for name in OTHERS),
    ),
)
PLAN = a_plan(
    a_duty("1", by("2025-03-31"), roles={"lead": ("教育局",), "responsible": OTHERS}, title="年度报告"),
    verification="bureau",
)


def begin(teller: Teller) -> World:
    world = teller.begin("2025-03-03 08:00")
    world.enroll(ROSTER)
    world.take(PLAN)
    world.until("2025-03-03 09:30")
    return world


def report(world: World, unit: str) -> None:
    world.do(f"{unit[0]}员", "report", world.part(unit=unit), "已完成")


def test_the_lead_reports_last(teller: Teller) -> None:
    world = begin(teller)
    assert "还差 4 个单位：甲局、乙局、丙局等" in world.told("张敏")[0].text
    for unit in OTHERS[:3]:
        report(world, unit)
    assert world.view(world.part(), "张敏").waiting_for == ("丁局",)
    answered = says(world, "张敏", f"办{world.part().code} 已汇总")
    assert "还差 1 个单位：丁局" in answered
    assert world.part().state == "open", "nothing was recorded"

    world.until("2025-03-10 09:30")
    assert not [heard for heard in world.told("张敏", kind="say") if "已报齐" in heard.text]
    report(world, "丁局")
    world.until("2025-03-10 09:40")
    (told,) = [heard for heard in world.told("张敏", kind="say") if "已报齐" in heard.text]
    assert "3月31日(周一)" in told.text
    assert "报结" in says(world, "张敏", f"办{world.part().code} 已汇总")
    for unit in ("教育局", *OTHERS):
        world.do("李督办", "verify", world.part(unit=unit))
    world.until("2025-04-30 10:00")
    assert world.told("赵局") == [], "closed in time, nobody is chased"
    view = world.view(world.part(), "张敏")
    assert (view.siblings, view.siblings_done, view.waiting_for) == (5, 5, ())


def test_who_is_let_off_is_not_waited_for(teller: Teller) -> None:
    world = begin(teller)
    for unit in OTHERS[:3]:
        report(world, unit)
    world.deed("李督办", "waive", world.part(unit="丁局"), "机构改革，职责已划转")
    world.until("2025-03-03 09:40")
    assert [heard for heard in world.told("张敏", kind="say") if "已报齐" in heard.text]
    assert any("免办" in heard.text and "机构改革" in heard.text for heard in world.told("丁员", kind="say"))
    assert world.do("张敏", "report", world.part()).part.state == "reported"


def test_a_report_taken_back_is_waited_for_again(teller: Teller) -> None:
    world = begin(teller)
    for unit in OTHERS:
        report(world, unit)
    world.do("丁员", "undo", world.part(unit="丁局"))
    with pytest.raises(OthersMissing) as missing:
        world.do("张敏", "report", world.part())
    assert missing.value.values["missing"] == ["丁局"]


def test_the_bureau_may_report_on_the_lead_s_behalf_before_all_are_in(teller: Teller) -> None:
    world = begin(teller)
    done = world.do("李督办", "report", world.part(), "电话报结", on_behalf_of="张敏")
    assert done.part.state == "reported"
