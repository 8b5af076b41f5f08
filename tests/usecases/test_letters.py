"""督办单 and 通报 as the bureau sees them the day before, and holding one back: by a named person, for a reason."""

import pytest

from storage.rows import Officer
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases.acting import Act
from usecases.coming_letters import count_coming
from usecases.enroll import find_officer
from usecases.errors import NotAllowed, NothingToHold, ReasonMissing
from usecases.letters import Letter, hold, let_go, letters

PLAN = a_plan(a_duty("1", by("2025-03-14")))


def coming(world: World, days: int = 1) -> list[Letter]:
    officer = world.officer("李督办")
    with world.office.read(world.now) as desk:
        return letters(desk, officer, days=days)


def act(world: World, who: str = "李督办", words: str = "") -> Act:
    officer: Officer = world.officer(who)
    return Act(officer, CHAT, words)


def test_the_bureau_reads_it_the_day_before_as_it_will_be_written(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-18 10:00")
    assert coming(world) == [], "督办单 leaves on the 20th"
    world.until("2025-03-19 10:00")
    (letter,) = coming(world)
    assert (letter.audience, letter.to, letter.copies) == ("head", ("赵局",), ())
    with world.office.read(world.now) as desk:
        assert count_coming(desk, find_officer(desk, "李督办")) == {"head": 1, "bureau": 0}
    world.until("2025-03-20 10:00")
    assert world.told("赵局")[0].text == letter.message.text


def test_a_step_held_back_does_not_leave_and_the_next_one_does(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-19 10:00")
    part = world.part()
    silent, head, reasoned = act(world), act(world, "赵局", "不要发"), act(world, words="材料已在途")
    with world.desk() as desk:
        with pytest.raises(ReasonMissing):
            hold(desk, silent, part.id, "w4")
        with pytest.raises(NotAllowed):
            hold(desk, head, part.id, "w4")
        kept = hold(desk, reasoned, part.id, "w4")
        assert (kept.held_by, kept.held_why) == ("李督办", "材料已在途")
        with pytest.raises(NothingToHold):
            hold(desk, reasoned, part.id, "w4")
    (letter,) = coming(world)
    assert (letter.held_by, letter.held_why) == ("李督办", "材料已在途")
    world.until("2025-03-28 10:00")
    assert [heard.rungs for heard in world.told("赵局")] == [(("1", "w9"),)], "the copy of the 通报 only"
    assert len(world.told("李督办")) == 1
    world.check()


def test_what_was_held_back_may_go_after_all(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-19 10:00")
    part = world.part()
    wait, go = act(world, words="等一天"), act(world)
    with world.desk() as desk:
        hold(desk, wait, part.id, "w4")
    world.until("2025-03-21 10:00")
    with world.desk() as desk:
        let_go(desk, go, part.id, "w4")
    world.beat()
    (heard,) = world.told("赵局")
    assert (heard.at.strftime("%m-%d %H:%M"), heard.rungs) == ("03-21 10:00", (("1", "w4"),))
    world.check()


def test_what_is_reported_meanwhile_is_no_letter(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-19 10:00")
    world.do("张敏", "report", world.part())
    assert coming(world, days=30) == []
