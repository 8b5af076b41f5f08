"""More time: asked with a reason, granted with another day; reminders follow it, the original date stays known."""

from datetime import date

import pytest

from storage import extensions
from tests.stories.telling import Teller, diary
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from usecases.acting import Act, Answer
from usecases.errors import BadDay, NothingAsked, ReasonMissing
from usecases.extend import ask_extension, decline, grant

PLAN = a_plan(a_duty("1", by("2025-03-14"), title="案卷评查"))


def begin(teller: Teller, at: str = "2025-03-12 10:00") -> World:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.until(at)
    return world


def asks(world: World, day: str, words: str = "等上级通知") -> Answer:
    act, part = Act(world.officer("张敏"), "chat", words), world.part()
    with world.desk() as desk:
        return ask_extension(desk, act, part.id, date.fromisoformat(day))


def grants(world: World, day: str = "") -> Answer:
    act, part = Act(world.officer("李督办"), "chat"), world.part()
    with world.desk() as desk:
        return grant(desk, act, part.id, date.fromisoformat(day) if day else None)


def declines(world: World, words: str) -> Answer:
    act, part = Act(world.officer("李督办"), "chat", words), world.part()
    with world.desk() as desk:
        return decline(desk, act, part.id)


def test_granted_until_another_day(teller: Teller) -> None:
    world = begin(teller)
    asked = asks(world, "2025-03-31")
    assert (asked.part.due, asked.part.asked_due) == (date(2025, 3, 14), date(2025, 3, 31))
    assert asks(world, "2025-03-31").repeated
    world.until("2025-03-12 10:10")
    (heard,) = world.told("李督办", kind="say")
    assert "教育局 申请延期：办1 案卷评查" in heard.text
    assert "由 3月14日(周五) 延至 3月31日(周一)" in heard.text
    assert "等上级通知" in heard.text

    done = grants(world, "2025-03-26")
    assert (done.part.due, done.part.original_due, done.part.asked_due) == (date(2025, 3, 26), date(2025, 3, 14), None)
    assert world.part().rule_day == date(2025, 3, 14), "what the rule gave is never overwritten"
    world.until("2025-03-12 10:20")
    told = world.told("张敏", kind="say")[-1].text
    assert "期限改为 3月26日(周三)" in told
    assert "原定 3月14日(周五)" in told
    world.until("2025-03-26 10:00")
    assert diary(world, "张敏", since="2025-03-12 11:00") == [
        ("03-19 09:00", ["1 d7"]),
        ("03-21 09:00", ["1 d3"]),
        ("03-25 09:00", ["1 d1"]),
        ("03-26 09:00", ["1 d0"]),
    ]
    assert "原定 3月14日(周五)，已同意延期" in world.told("张敏")[-1].text
    world.do("张敏", "report", world.part())
    assert world.view(world.part()).phase == "settled", "in time by the date that stands"


def test_declined_with_a_reason_the_date_stays(teller: Teller) -> None:
    world = begin(teller)
    asks(world, "2025-03-31")
    with pytest.raises(ReasonMissing):
        declines(world, "")
    declines(world, "上级要求按期报送")
    again = declines(world, "上级要求按期报送")
    assert (again.repeated, again.verb, again.by) == (True, "decline", "李督办")
    world.until("2025-03-14 10:00")
    told = [heard.text for heard in world.told("张敏", kind="say")]
    assert any("延期未获同意" in text and "上级要求按期报送" in text for text in told)
    assert diary(world, "张敏")[-1] == ("03-14 09:00", ["1 d0"])
    assert world.view(world.part()).original_due is None


def test_asked_after_the_due_date_it_counts_as_overdue_until_it_is_granted(teller: Teller) -> None:
    world = begin(teller, "2025-03-17 10:00")
    asks(world, "2025-03-31")
    assert world.view(world.part()).phase == "overdue"
    grants(world)
    assert world.view(world.part()).phase != "overdue"


def test_what_cannot_be_asked_or_granted(teller: Teller) -> None:
    world = begin(teller)
    with pytest.raises(NothingAsked):
        grants(world)
    with pytest.raises(ReasonMissing):
        asks(world, "2025-03-31", "")
    for day in ("2025-03-14", "2025-03-01"):
        with pytest.raises(BadDay):
            asks(world, day)
    asks(world, "2025-03-31")
    with pytest.raises(BadDay):
        grants(world, "2025-03-13")


def test_another_day_takes_the_place_of_what_was_asked_and_undo_brings_it_back(teller: Teller) -> None:
    world = begin(teller)
    asks(world, "2025-03-31")
    asks(world, "2025-03-28")
    assert world.view(world.part()).asked_due == date(2025, 3, 28)
    world.do("张敏", "undo", world.part())
    assert world.view(world.part()).asked_due == date(2025, 3, 31)
    world.do("张敏", "undo", world.part())
    assert world.view(world.part()).asked_due is None


def test_a_grant_taken_back_puts_date_and_reminders_back(teller: Teller) -> None:
    world = begin(teller, "2025-03-13 08:58")
    asks(world, "2025-03-31")
    before = sorted((r.rung, r.push_at) for r in world.reminders(world.part()) if r.officer_id)
    grants(world)
    world.set("2025-03-13 09:03")
    world.do("李督办", "undo", world.part())
    part = world.part()
    assert part.due == date(2025, 3, 14)
    assert sorted((r.rung, r.push_at) for r in world.reminders(part)) == before
    assert world.view(part).asked_due == date(2025, 3, 31), "it waits for a decision again"
    world.until("2025-03-13 09:10")
    assert diary(world, "张敏")[-1] == ("03-13 09:03", ["1 d1"]), "what fell into the minutes between still comes"


def test_who_reports_asks_no_longer(teller: Teller) -> None:
    world = begin(teller)
    asks(world, "2025-03-31")
    world.do("张敏", "report", world.part())
    with world.desk() as desk:
        assert extensions.waiting(desk.tx) == {}
    world.do("张敏", "undo", world.part())
    assert world.view(world.part()).asked_due == date(2025, 3, 31), "undone, it asks again"
