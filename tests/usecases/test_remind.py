"""Reminding: in office hours, one message a person, the latest rung only, nothing lost while the program is down."""

from dataclasses import replace

import pytest

from schedules.roster import Roster
from storage import reminders
from tests.usecases.office import ENFORCERS, ROADS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases.enroll import bind, invite
from usecases.page_inbox import inbox_page
from usecases.unreachable import unreachable

ONE = a_duty("1", by("2025-03-14"), roles=ENFORCERS)
TWO = a_duty("2", by("2025-03-14"))


def heard(world: World, who: str = "张敏") -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(message.at.strftime("%m-%d %H:%M"), message.rungs) for message in world.told(who)]


def test_what_is_due_at_one_moment_is_one_message(world: World) -> None:
    world.take(a_plan(ONE, TWO))
    world.beat()
    assert heard(world) == [("03-03 09:00", (("1", "assigned"), ("2", "assigned")))]
    assert heard(world, "刘强") == [("03-03 09:00", (("1", "assigned"),))]
    world.beat()
    assert len(world.told("张敏")) == 1, "turning the beat again brings nothing"


WEEKLY = (("03-24", "w6"), ("03-31", "w11"), ("04-08", "w16"), ("04-15", "w21"))


def test_the_whole_ladder_walks_by(world: World) -> None:
    """d14 fell before the import; d3 is a Tuesday; w4 goes to the head, w9 to the bureau and as a copy to the head.

    催办 comes again once a week, the last time on the 21st working day: 4 April is a holiday.
    """
    world.take(a_plan(TWO))
    world.until("2025-04-30 18:00")
    assert heard(world) == [
        ("03-03 09:00", (("2", "assigned"),)),
        ("03-07 09:00", (("2", "d7"),)),
        ("03-11 09:00", (("2", "d3"),)),
        ("03-13 09:00", (("2", "d1"),)),
        ("03-14 09:00", (("2", "d0"),)),
        ("03-17 09:00", (("2", "w1"),)),
        *((f"{day} 09:00", (("2", rung),)) for day, rung in WEEKLY),
    ]
    assert heard(world, "赵局") == [("03-20 09:00", (("2", "w4"),)), ("03-27 09:00", (("2", "w9"),))]
    assert heard(world, "李督办") == [("03-27 09:00", (("2", "w9"),))]
    assert not any(message.late for message in world.chat.heard)


@pytest.mark.parametrize(
    ("imported", "told", "why"),
    [
        ("2025-03-03 10:17", "03-03 10:17", "in office hours at once"),
        ("2025-03-03 07:00", "03-03 09:00", "before hours with the morning's digest"),
        ("2025-03-03 17:30", "03-04 09:00", "after hours the next morning"),
        ("2025-03-08 11:00", "03-10 09:00", "on a Saturday on Monday"),
        ("2025-01-26 11:00", "01-26 11:00", "on a make-up Sunday at once"),
        ("2025-01-28 11:00", "02-05 09:00", "at Spring Festival after it"),
    ],
)
def test_nothing_buzzes_outside_office_hours(quick: World, imported: str, told: str, why: str) -> None:
    quick.set(imported)
    quick.take(a_plan(a_duty("1", by("2025-12-31"))))
    quick.until("2025-03-10 18:00")
    assert heard(quick)[0] == (told, (("1", "assigned"),)), why


@pytest.mark.parametrize(
    ("down_from", "up_at", "messages", "why"),
    [
        ("2025-03-11 08:55", "2025-03-11 09:05", [("03-11 09:05", "d3", False)], "ten minutes: hardly late"),
        ("2025-03-11 08:55", "2025-03-11 17:00", [("03-11 17:00", "d3", True)], "eight hours: marked as late"),
        ("2025-03-11 08:55", "2025-03-11 18:00", [("03-12 09:00", "d3", True)], "into the evening: next morning"),
        ("2025-03-11 08:55", "2025-03-14 08:25", [("03-14 09:00", "d0", False)], "three days: only the latest rung"),
        ("2025-03-11 08:55", "2025-03-14 10:00", [("03-14 10:00", "d0", True)], "three days and an hour"),
        ("2025-03-11 08:55", "2025-03-19 10:00", [("03-19 10:00", "w1", True)], "past the due date: 催办, not dropped"),
    ],
)
def test_what_was_missed_comes_once(
    quick: World, down_from: str, up_at: str, messages: list[tuple[str, str, bool]], why: str
) -> None:
    quick.take(a_plan(TWO))
    quick.until(down_from)
    before = len(quick.told("张敏"))
    quick.set(up_at)
    quick.until(up_at[:10] + " 18:00" if messages[0][0][:5] == up_at[5:10] else "2025-03-12 10:00")
    told = quick.told("张敏")[before:]
    assert [(m.at.strftime("%m-%d %H:%M"), m.rungs[0][1], m.late) for m in told] == messages, why


def test_after_a_long_silence_head_and_bureau_hear_their_own(world: World) -> None:
    world.take(a_plan(TWO))
    world.until("2025-03-10 18:00")
    world.set("2025-03-28 10:00")
    world.beat()
    assert [heard(world, who)[-1][1] for who in ("张敏", "赵局", "李督办")] == [
        (("2", "w6"),),
        (("2", "w4"),),
        (("2", "w9"),),
    ], "the head's own letter covers the copy of the 通报"


def test_far_rungs_are_skipped_once_received_and_near_ones_are_not(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    world.beat()
    world.do("张敏", "receive", world.part())
    world.until("2025-06-27 10:00")
    assert [rungs[0][1] for _, rungs in heard(world)] == ["assigned", "a60", "d7", "d3", "d1", "d0"]
    skipped = world.reminders(world.part(), "superseded")
    assert [(row.rung, row.reason) for row in skipped] == [("d30", "received"), ("d14", "received")]


def test_what_waits_for_the_bureau_is_not_asked_of_the_unit(world: World) -> None:
    world.take(replace(a_plan(TWO), verification="bureau"))
    world.beat()
    world.do("张敏", "report", world.part("2"))
    world.until("2025-04-30 10:00")
    assert [rungs[0][1] for _, rungs in heard(world)] == ["assigned"]


def test_a_report_returned_after_all_rungs_have_passed_is_asked_for_again(world: World) -> None:
    world.take(replace(a_plan(TWO), verification="bureau"))
    world.beat()
    world.do("张敏", "report", world.part("2"))
    world.until("2025-04-30 10:00")
    world.do("李督办", "return", world.part("2"), "不符合要求")
    world.beat()
    assert heard(world)[-1] == ("04-30 10:00", (("2", "w21"),))
    assert heard(world, "赵局")[-1] == ("04-30 10:00", (("2", "w4"),))


def test_nobody_is_told_of_what_is_settled(world: World) -> None:
    world.take(a_plan(ONE))
    world.beat()
    world.do("张敏", "report", world.part())
    world.until("2025-04-30 10:00")
    assert len(world.told("张敏")) == 1
    assert {row.reason for row in world.reminders(world.part(), "superseded")} == {"settled"}
    assert len(world.told("刘强")) == 11, "the other unit is still asked, and hears its own 督办单"


def test_who_has_no_chat_finds_it_in_the_inbox_and_the_bureau_sees_that(world: World) -> None:
    no_chat = replace(ROADS, name="水利局", officers=(replace(ROADS.officers[0], name="何水"),))
    world.enroll(Roster("示例", units=(no_chat,)), chats=False)
    world.take(a_plan(ONE))
    world.beat()
    part = world.part(unit="水利局")
    assert [(row.rung, row.reason) for row in world.reminders(part, "handed")] == [("assigned", "inbox")]
    lying = world.officer("何水")
    with world.office.read(world.now) as desk:
        assert [card.part.id for card in inbox_page(desk, lying).cards] == [part.id]
        assert [(one.unit, one.officer, one.why) for one in unreachable(desk)] == [("水利局", "何水", "no_chat")]


def test_of_two_chats_the_one_bound_last_buzzes_and_only_that(world: World) -> None:
    officer = world.officer("张敏")
    with world.desk() as desk:
        bind(desk, invite(desk, officer), "chat", "张敏的电脑")
    world.take(a_plan(TWO))
    world.beat()
    assert [len(world.told(who)) for who in ("张敏", "张敏的电脑")] == [0, 1]


def test_a_crowd_at_one_moment_is_told_whole_person_by_person(world: World) -> None:
    """The limit of one handing over falls between people: nobody gets two messages instead of one."""
    duties = [a_duty(str(n), by("2025-06-27"), roles=ENFORCERS) for n in range(1, 6)]
    world.take(a_plan(*duties))
    with world.office.read(world.now) as desk:
        found = reminders.due(desk.tx, world.now, limit=7)
        assert len({row.officer_id for row in found}) == 1
        assert len(found) == 5
        assert len(reminders.due(desk.tx, world.now, limit=3)) == 3, "but one person may have more than the limit"
