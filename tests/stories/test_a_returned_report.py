"""A returned report: sent back with a reason, mended, reported again, closed; in time by the first report."""

import pytest

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, by
from usecases.errors import ReasonMissing


def test_sent_back_and_mended(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(a_plan(a_duty("1", by("2025-03-14"), title="案卷评查"), verification="bureau"))
    world.until("2025-03-13 15:00")
    code = world.part().code
    assert "报结" in says(world, "张敏", f"办{code} 已评查")
    with pytest.raises(ReasonMissing):
        world.do("李督办", "return", world.part(), " ")
    assert "已退回" in says(world, "李督办", f"退回 教育局 {code} 缺签到表")
    world.until("2025-03-13 15:10")
    told = world.told("张敏", kind="say")[-1].text
    assert "退回" in told
    assert "缺签到表" in told
    assert "3月14日(周五)" in told

    again = world.do("李督办", "return", world.part(), "缺签到表")
    assert (again.repeated, again.by) == (True, "李督办")
    world.until("2025-03-17 09:30")
    assert diary(world, "张敏", since="2025-03-13 15:00") == [
        ("03-14 09:00", ["1 d0"]),
        ("03-17 09:00", ["1 w1"]),
    ], "what was sent back is asked for as before"
    assert "报结" in says(world, "张敏", f"办{code} 签到表已补")
    world.do("李督办", "verify", world.part())
    world.until("2025-04-30 10:00")
    assert world.told("赵局") == []
    assert world.view(world.part()).phase == "settled", "in time by the first report, which was not undone"
