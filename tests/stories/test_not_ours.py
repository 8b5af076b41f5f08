"""“Not ours”: refused with a reason, moved to the unit it belongs to, and back again."""

from datetime import date

import pytest

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from usecases.acting import Act, Answer
from usecases.errors import NoSuchUnit, ReasonMissing, UnitHasPart, WithOtherUnit
from usecases.refuse import refuse
from usecases.reroute import reroute

PLAN = a_plan(a_duty("1", by("2025-03-31"), title="道路执法检查"), a_duty("2", by("2025-06-30")))


def begin(teller: Teller) -> World:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.until("2025-03-05 10:00")
    return world


def refuses(world: World, words: str, to: str = "") -> Answer:
    act, part = Act(world.officer("张敏"), "chat", words), world.part("1")
    with world.desk() as desk:
        return refuse(desk, act, part.id, to=to)


def moves(world: World, unit: str, to: str, item: str = "1") -> Answer:
    act, part, target = Act(world.officer("李督办"), "chat"), world.part(item, unit), world.unit_id(to)
    with world.desk() as desk:
        return reroute(desk, act, part.id, target)


def test_refused_and_moved_to_whose_it_is(teller: Teller) -> None:
    world = begin(teller)
    with pytest.raises(ReasonMissing):
        refuses(world, "  ")
    done = refuses(world, "三定方案里不是我们的职责", to="交通局")
    assert done.part.state == "refused"
    world.until("2025-03-05 10:10")
    (asked,) = world.told("李督办", kind="say")
    assert "教育局 回复不属本单位：办1 道路执法检查" in asked.text
    assert "三定方案里不是我们的职责" in asked.text
    assert "该单位认为应由交通局办理" in asked.text

    moves(world, "教育局", "交通局")
    old, new = world.part("1"), world.part("1", "交通局")
    assert (old.state, old.rerouted_unit, old.reason) == ("waived", "交通局", "三定方案里不是我们的职责")
    assert (new.state, new.came_from_unit, new.due, new.code) == ("open", "教育局", date(2025, 3, 31), 1)
    assert new.uid != old.uid
    world.until("2025-03-05 10:20")
    assert diary(world, "刘强") == [("03-05 10:10", ["1 assigned"])]
    assert "由教育局转来" in world.told("刘强")[0].text
    assert any("已转由交通局办理" in heard.text for heard in world.told("张敏", kind="say"))
    assert "已转由交通局办理" in says(world, "张敏", f"{old.code}")

    world.until("2025-03-28 10:00")
    assert "1 d7" in str(diary(world, "刘强"))
    assert [rungs for _, rungs in diary(world, "张敏", since="2025-03-05 10:00")] == []
    assert "报结" in says(world, "刘强", "办1 已检查")
    view = world.view(old)
    assert (view.siblings, view.siblings_done) == (1, 1)


def test_a_new_import_neither_waives_nor_doubles_it(teller: Teller) -> None:
    world = begin(teller)
    moves(world, "教育局", "交通局")
    before = world.parts() + world.parts("交通局")
    for _ in range(2):
        report = world.take(PLAN)
        assert report.parts == 0
    world.until("2025-03-10 10:00")
    assert [(row.id, row.state) for row in world.parts() + world.parts("交通局")] == [
        (row.id, row.state) for row in before
    ]


def test_back_again_it_is_the_same_part(teller: Teller) -> None:
    world = begin(teller)
    first = world.part("1")
    moves(world, "教育局", "交通局")
    world.set("2025-03-06 09:30")
    moves(world, "交通局", "教育局")
    back = world.part("1")
    assert (back.id, back.code, back.state, back.rerouted_to) == (first.id, first.code, "open", None)
    there = world.part("1", "交通局")
    assert (there.state, there.rerouted_unit) == ("waived", "教育局")
    world.until("2025-03-28 10:00")
    assert any("恢复办理" in heard.text for heard in world.told("张敏", kind="say"))
    assert ("03-24 09:00", ["1 d7"]) in diary(world, "张敏")
    world.take(PLAN)
    assert world.part("1").state == "open"


def test_taken_back_within_ten_minutes_everything_is_as_it_was(teller: Teller) -> None:
    world = begin(teller)
    refuses(world, "不是我们的职责")
    before = world.part("1")
    moves(world, "教育局", "交通局")
    world.do("李督办", "undo", before)
    after = world.part("1")
    assert (after.state, after.rerouted_to, after.reason) == ("refused", None, "不是我们的职责")
    assert world.part("1", "交通局").state == "waived"
    moves(world, "教育局", "交通局")
    assert world.part("1", "交通局").state == "open", "and the second time it is the same part"


def test_what_cannot_be_moved(teller: Teller) -> None:
    world = begin(teller)
    with pytest.raises(NoSuchUnit):
        moves(world, "教育局", "教育局")
    moves(world, "教育局", "交通局")
    assert moves(world, "教育局", "交通局").repeated
    world.take(a_plan(*PLAN.duties, a_duty("3", by("2025-03-31"), roles={"responsible": ("教育局", "交通局")})))
    with pytest.raises(UnitHasPart):
        moves(world, "教育局", "交通局", "3")
    with pytest.raises(WithOtherUnit):
        world.deed("李督办", "reopen", world.part("1"), "还是由你们办")


def test_refused_and_left_where_it_is(teller: Teller) -> None:
    """The bureau does not agree: reopened with a reason, and the rung that fell into the meantime still comes."""
    world = begin(teller)
    world.until("2025-03-21 10:00")
    refuses(world, "不是我们的职责")
    world.until("2025-03-24 10:00")
    assert diary(world, "张敏")[-1][0] < "03-24", "while nobody has decided, nobody is reminded"
    world.deed("李督办", "reopen", world.part("1"), "按三定方案由你局办理")
    world.until("2025-03-24 10:10")
    assert any("按三定方案" in heard.text for heard in world.told("张敏", kind="say"))
    assert diary(world, "张敏")[-1] == ("03-24 10:00", ["1 d7"])
