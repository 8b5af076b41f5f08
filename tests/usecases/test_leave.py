"""Leave and pause: who says so, for how long, and what takes the place of what."""

from datetime import date

import pytest

from storage.rows import Leave
from tests.usecases.world import World
from usecases.errors import BadDay, BadLeave, NotAllowed, NotAway, NotColleague, NothingPaused
from usecases.leave import end_leave, stand_ins, take_leave
from usecases.pause import pause, paused, resume


def leave(world: World, days: tuple[str, str], who: str = "张敏", deputy: str = "王副", by: str = "") -> Leave:
    officer, said = world.officer(who), world.officer(by or who)
    stands_in = world.officer(deputy).id if deputy else None
    first, last = map(date.fromisoformat, days)
    with world.desk() as desk:
        return take_leave(desk, officer, first, last, deputy_id=stands_in, by=said)


def away(world: World, day: str) -> dict[str, str]:
    names = {world.officer(name).id: name for name in ("张敏", "王副", "赵局", "刘强")}
    with world.desk() as desk:
        found = stand_ins(desk, date.fromisoformat(day))
    return {names[who]: names.get(deputy or 0, "") for who, deputy in found.items()}


def test_away_from_the_first_to_the_last_day(world: World) -> None:
    leave(world, ("2025-03-05", "2025-03-07"))
    assert [away(world, f"2025-03-0{day}") for day in (4, 5, 7, 8)] == [{}, {"张敏": "王副"}, {"张敏": "王副"}, {}]
    world.beat()
    (told,) = world.told("王副", kind="say")
    assert "张敏请假，3月5日(周三) 至 3月7日(周五) 请您代为办理" in told.text


def test_without_a_deputy_named(world: World) -> None:
    leave(world, ("2025-03-05", "2025-03-07"), deputy="")
    assert away(world, "2025-03-06") == {"张敏": ""}


def test_the_same_leave_again_is_one_and_another_takes_its_place(world: World) -> None:
    first = leave(world, ("2025-03-05", "2025-03-07"))
    assert leave(world, ("2025-03-05", "2025-03-07")).id == first.id
    leave(world, ("2025-03-06", "2025-03-12"), deputy="赵局")
    leave(world, ("2025-05-06", "2025-05-09"))
    assert [away(world, day) for day in ("2025-03-05", "2025-03-06", "2025-05-06")] == [
        {},
        {"张敏": "赵局"},
        {"张敏": "王副"},
    ]


def test_back_earlier(world: World) -> None:
    leave(world, ("2025-03-03", "2025-03-07"))
    officer = world.officer("张敏")
    with world.desk() as desk:
        assert len(end_leave(desk, officer, officer)) == 1
    assert away(world, "2025-03-04") == {}
    with pytest.raises(NotAway), world.desk() as desk:
        end_leave(desk, officer, officer)


@pytest.mark.parametrize("by", ["张敏", "赵局", "李督办", "吴管理"])
def test_who_may_say_it(quick: World, by: str) -> None:
    assert leave(quick, ("2025-03-05", "2025-03-07"), by=by).created_by == quick.officer(by).id


@pytest.mark.parametrize("by", ["王副", "刘强", "周审计"])
def test_who_may_not(quick: World, by: str) -> None:
    with pytest.raises(NotAllowed):
        leave(quick, ("2025-03-05", "2025-03-07"), by=by)


@pytest.mark.parametrize("days", [("2025-03-07", "2025-03-05"), ("2025-02-03", "2025-02-07")])
def test_days_that_are_no_leave(quick: World, days: tuple[str, str]) -> None:
    with pytest.raises(BadLeave):
        leave(quick, days)


@pytest.mark.parametrize("deputy", ["张敏", "刘强"])
def test_only_a_colleague_stands_in(quick: World, deputy: str) -> None:
    with pytest.raises(NotColleague):
        leave(quick, ("2025-03-05", "2025-03-07"), deputy=deputy)


def test_everything_is_paused_until_a_day_and_resumed(world: World) -> None:
    boss = world.officer("李督办")
    with world.desk() as desk:
        pause(desk, boss, date(2025, 3, 5), "搬迁")
        pause(desk, boss, date(2025, 3, 6), "搬迁延期")
        held = paused(desk).of(1)
        assert held is not None
        assert (held.until, held.reason) == (date(2025, 3, 6), "搬迁延期")
        assert len(resume(desk, boss)) == 1
        assert paused(desk).of(1) is None
        with pytest.raises(NothingPaused):
            resume(desk, boss)
        with pytest.raises(BadDay):
            pause(desk, boss, date(2025, 3, 2), "昨天")


def test_its_last_day_is_still_paused(world: World) -> None:
    boss = world.officer("李督办")
    with world.desk() as desk:
        pause(desk, boss, date(2025, 3, 5), "搬迁")
    for day, on in (("2025-03-05 23:59", True), ("2025-03-06 00:00", False)):
        world.set(day)
        with world.desk() as desk:
            assert (paused(desk).everything is not None) is on, day


@pytest.mark.parametrize("who", ["张敏", "赵局", "周审计"])
def test_only_the_bureau_pauses(quick: World, who: str) -> None:
    officer = quick.officer(who)
    with pytest.raises(NotAllowed), quick.desk() as desk:
        pause(desk, officer, date(2025, 3, 5), "搬迁")
