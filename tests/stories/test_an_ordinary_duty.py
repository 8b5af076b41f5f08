"""An ordinary duty: told, received, reported a day before it is due, verified; nobody hears of it again."""

from tests.stories.telling import Teller, diary, presses, says
from tests.usecases.office import a_duty, a_plan, by
from usecases.page_ledger import ledger
from usecases.page_part import part_page


def test_closed_on_time(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(a_plan(a_duty("1", by("2025-03-14"), title="案卷评查"), verification="bureau"))

    world.until("2025-03-03 09:00")
    (first,) = world.told("张敏")
    assert first.at.strftime("%H:%M") == "09:00"
    assert "案卷评查" in first.text
    assert "3月14日(周五)" in first.text

    answered = presses(world, "张敏", f"v1:receive:{world.part().id}", message="1")
    assert "已签收" in answered
    world.until("2025-03-03 09:01")
    assert "尚未签收" not in world.told("张敏", kind="edit")[-1].text, "the message itself became the live card"

    world.until("2025-03-13 15:00")
    assert diary(world, "张敏") == [
        ("03-03 09:00", ["1 assigned"]),
        ("03-07 09:00", ["1 d7"]),
        ("03-11 09:00", ["1 d3"]),
        ("03-13 09:00", ["1 d1"]),
    ]
    assert "报结" in says(world, "张敏", "完成 教法〔2025〕3号", reply_to="4")
    assert world.part().note == "教法〔2025〕3号"

    world.until("2025-03-13 15:10")
    (asked,) = world.told("李督办", kind="say")
    assert "销号 教育局 1" in asked.text
    assert "已销号" in says(world, "李督办", "销号 教育局 1")

    world.until("2025-04-30 18:00")
    assert len(diary(world, "张敏")) == 4, "no more reminders"
    assert diary(world, "赵局") == diary(world, "李督办") == []
    assert "销号" in world.told("张敏", kind="say")[-1].text

    officer, uid = world.officer("李督办"), world.part().uid
    with world.office.read(world.now) as desk:
        (row,) = ledger(desk, officer).rows
        page = part_page(desk, officer, uid)
    assert (row.done, row.total, row.line.late) == (1, 1, 0)
    assert [(moment.verb, moment.who) for moment in page.history] == [
        ("receive", "张敏"),
        ("report", "张敏"),
        ("verify", "李督办"),
    ]
    assert page.coming == ()


def test_what_it_was_told_at_night_is_answered_at_night_and_buzzes_in_the_morning(teller: Teller) -> None:
    world = teller.begin("2025-03-03 21:30")
    world.take(a_plan(a_duty("1", by("2025-03-14"), title="案卷评查")))
    world.until("2025-03-03 23:00")
    assert "案卷评查" in says(world, "张敏", "清单"), "asked, it tells at any hour"
    assert diary(world, "张敏") == []
    world.until("2025-03-04 09:00")
    assert diary(world, "张敏") == [("03-04 09:00", ["1 assigned"])]
    assert "还有" in says(world, "张敏", "今天")
