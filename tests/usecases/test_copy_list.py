"""A unit's copy list: whom the bureau names gets that unit's letters too, as the preview and the letter itself say."""

from collections.abc import Collection

import pytest

from storage import people
from storage.rows import Officer
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.test_letters import act, coming
from tests.usecases.world import World
from usecases.acting import Act
from usecases.copy_list import NoCopyFor, NoSuchCopy, add_copy, choices, copy_list, remove_copy
from usecases.errors import NotAllowed
from usecases.letters import hold, let_go
from usecases.plan_reminders import replan

PLAN = a_plan(a_duty("1", by("2025-03-14"), roles=ENFORCERS))
BOTH = ("head", "bureau")


def adds(world: World, to: str, *, letters: Collection[str] = BOTH, who: str = "李督办") -> list[str]:
    """The named person gets copies of the 教育局's letters."""
    unit_id, person, doing = world.unit_id("教育局"), world.officer(to), act(world, who)
    with world.desk() as desk:
        return list(add_copy(desk, doing, unit_id, person.id, letters))


def act_of(officer: Officer) -> Act:
    return Act(officer, "web")


def rungs(world: World, who: str) -> list[str]:
    return [rung for heard in world.told(who) for _, rung in heard.rungs]


def test_who_is_named_gets_the_letters_of_that_unit_and_everybody_reads_it(world: World) -> None:
    world.take(PLAN)
    assert adds(world, "周审计") == ["head", "bureau"]
    assert adds(world, "周审计") == [], "once"
    world.until("2025-03-19 10:00")
    (letter,) = [one for one in coming(world) if one.part.unit == "教育局"]
    assert (letter.audience, letter.to, letter.copies) == ("head", ("赵局",), ("周审计",))
    assert "抄送：周审计" in letter.message.text
    world.until("2025-03-28 10:00")
    assert rungs(world, "周审计") == ["w4", "w9"]
    assert "抄送" in world.told("周审计")[0].text
    assert {view.part.unit for heard in world.told("周审计") for view in heard.told} == {"教育局"}
    assert world.told("赵局")[0].text == letter.message.text
    world.check()


def test_one_letter_only_and_only_what_has_not_left(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-20 10:00")
    assert adds(world, "张敏") == ["head", "bureau"], "the unit's own people too"
    adds(world, "周审计", letters=["bureau"])
    world.until("2025-03-28 10:00")
    assert (rungs(world, "周审计"), rungs(world, "张敏")[-1]) == (["w9"], "w9")
    assert "w4" not in rungs(world, "张敏"), "it had left"


def test_taken_off_nothing_more_comes(world: World) -> None:
    world.take(PLAN)
    adds(world, "周审计")
    bureau, head = world.officer("李督办"), act(world, "赵局")
    with world.desk() as desk:
        lines = copy_list(desk, bureau)
        assert [(one.unit, one.name, one.of, one.letter) for one in lines] == [
            ("教育局", "周审计", "司法局", "head"),
            ("教育局", "周审计", "司法局", "bureau"),
        ]
        for one in lines:
            with pytest.raises(NotAllowed):
                remove_copy(desk, head, one.number)
            remove_copy(desk, act_of(bureau), one.number)
            with pytest.raises(NoSuchCopy):
                remove_copy(desk, act_of(bureau), one.number)
    world.until("2025-03-28 10:00")
    assert rungs(world, "周审计") == []


def test_held_back_it_is_held_back_from_those_named_later(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-19 10:00")
    waits, goes = act(world, words="等一天"), act(world)
    part = world.part()
    with world.desk() as desk:
        hold(desk, waits, part.id, "w4")
    adds(world, "周审计")
    world.until("2025-03-21 10:00")
    assert rungs(world, "周审计") == []
    with world.desk() as desk:
        let_go(desk, goes, part.id, "w4")
    world.beat()
    assert world.told("赵局")[0].rungs == (("1", "w4"),)
    world.check()


def test_only_who_may_look_at_the_unit_gets_copies_and_only_the_bureau_says_so(world: World) -> None:
    for stranger in ("刘强", "吴管理"):
        with pytest.raises(NoCopyFor):
            adds(world, stranger)
    for who in ("赵局", "张敏", "周审计", "吴管理"):
        with pytest.raises(NotAllowed):
            adds(world, "周审计", who=who)
    bureau = world.officer("李督办")
    with world.desk() as desk:
        offered = {person.name for person, _ in choices(desk, bureau)[1]}
    assert "吴管理" not in offered
    assert {"周审计", "赵局", "张敏"} <= offered


def test_who_may_look_no_more_hears_no_more(world: World) -> None:
    world.take(PLAN)
    adds(world, "周审计")
    auditor = world.officer("周审计")
    with world.desk() as desk:
        people.change_officer(desk.tx, auditor.id, role="officer")
        replan(desk)
    world.until("2025-03-28 10:00")
    assert [rung for rung in rungs(world, "周审计") if rung.startswith("w")] == []
