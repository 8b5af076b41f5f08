"""An event is put off: the chain follows with the same parts, codes and answers, and everybody told of it hears."""

import pytest

from schedules.timing import Event
from tests.stories.telling import Teller, diary
from tests.usecases.office import a_duty, a_plan, after, by
from tests.usecases.world import World
from usecases.acting import Act
from usecases.errors import NotAllowed
from usecases.events import add_event, cancel_event, list_events, move_event
from usecases.extend import ask_extension, grant

HEARING = "听证会召开之日"
PLAN = a_plan(
    a_duty("1", Event(HEARING, 0), title="发布听证公告"),
    a_duty("2", Event(HEARING, 5, "working"), title="报送听证报告"),
    a_duty("3", after(HEARING, 30), after(HEARING, 40), title="落实意见"),
    a_duty("4", by("2025-12-31")),
)


def begin(teller: Teller) -> tuple[World, int]:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    event = world.happen(HEARING, "2025-03-20")
    world.until("2025-03-05 10:00")
    return world, event


def move(world: World, event: int, day: str, who: str = "李督办") -> None:
    officer = world.officer(who)
    with world.desk() as desk:
        move_event(desk, event, world.today.fromisoformat(day), by=officer, door="chat", note="场地有变")


def test_the_chain_follows(teller: Teller) -> None:
    world, event = begin(teller)
    assert [part.due.isoformat() for part in world.parts()[:4]] == [
        "2025-03-20",
        "2025-03-27",
        "2025-04-21",
        "2025-04-29",
    ]
    world.do("张敏", "report", world.part("1"), "已公告")
    world.do("张敏", "receive", world.part("2"))
    before = {part.id: (part.uid, part.code, part.state, part.note) for part in world.parts()}
    move(world, event, "2025-03-30")

    assert {part.id: (part.uid, part.code, part.state, part.note) for part in world.parts()} == before
    assert [(part.item, part.due.isoformat()) for part in world.parts()[:4]] == [
        ("1", "2025-03-20"),
        ("2", "2025-04-07"),
        ("3", "2025-04-29"),
        ("3", "2025-05-09"),
    ], "what was reported keeps its date"
    world.until("2025-03-05 10:10")
    told = "".join(heard.text for heard in world.told("张敏", kind="say"))
    assert "期限调整：办3 报送听证报告" in told
    assert "由 3月27日(周四) 改为 4月7日(周一)" in told
    world.until("2025-04-07 10:00")
    assert diary(world, "张敏", since="2025-03-20") == [
        ("03-28 09:00", ["3 d30"]),
        ("03-31 09:00", ["2 d7"]),
        ("04-03 09:00", ["2 d1"]),
        ("04-07 09:00", ["2 d0"]),
    ], "Tomb-Sweeping Day and a weekend lie before the new date"
    report = world.take(PLAN)
    assert report.parts == 0, "unfolding again changes nothing"


def test_moved_there_and_back_is_as_before(teller: Teller) -> None:
    world, event = begin(teller)
    before = [(part.id, part.due, part.rule_day, part.state) for part in world.parts()]
    move(world, event, "2025-03-30")
    move(world, event, "2025-03-20")
    assert [(part.id, part.due, part.rule_day, part.state) for part in world.parts()] == before


def test_what_was_given_more_time_keeps_the_later_date(teller: Teller) -> None:
    world, event = begin(teller)
    act, boss, part = (
        Act(world.officer("张敏"), "chat", "材料多"),
        Act(world.officer("李督办"), "chat"),
        world.part("2"),
    )
    with world.desk() as desk:
        ask_extension(desk, act, part.id, world.today.replace(month=4, day=10))
        grant(desk, boss, part.id)
    move(world, event, "2025-03-25")
    assert world.part("2").due.isoformat() == "2025-04-10"
    move(world, event, "2025-04-20")
    assert world.part("2").due.isoformat() == "2025-04-25"


def test_the_moved_event_is_known_by_its_new_day(teller: Teller) -> None:
    world, event = begin(teller)
    move(world, event, "2025-03-30")
    with world.desk() as desk:
        assert [row.day.isoformat() for row in list_events(desk)] == ["2025-03-30"]
        assert not add_event(desk, "p", HEARING, world.today.replace(day=30)).first
        assert add_event(desk, "p", HEARING, world.today.replace(day=20)).first, "a second hearing, on the former day"


@pytest.mark.parametrize("who", ["张敏", "赵局", "周审计"])
def test_only_the_bureau_moves_and_cancels(teller: Teller, who: str) -> None:
    world, event = begin(teller)
    with pytest.raises(NotAllowed):
        move(world, event, "2025-03-30", who)
    officer = world.officer(who)
    with pytest.raises(NotAllowed), world.desk() as desk:
        cancel_event(desk, event, by=officer)
    assert world.part("1").due.isoformat() == "2025-03-20"


def test_cancelled_everybody_told_hears_why(teller: Teller) -> None:
    world, event = begin(teller)
    officer = world.officer("李督办")
    with world.desk() as desk:
        cancel_event(desk, event, by=officer, door="chat")
    world.until("2025-03-05 10:10")
    told = [heard.text for heard in world.told("张敏", kind="say")]
    assert told
    assert all("有关事件已取消" in text for text in told)
    assert {part.state for part in world.parts() if part.item != "4"} == {"waived"}
