"""Playing and previewing: the real engine on a scratch store; the office's own rows are never touched."""

from datetime import date

import pytest

from tests.usecases.office import ENFORCERS, ROSTER, a_duty, a_plan, by
from tests.usecases.test_import import counts
from tests.usecases.world import World
from usecases.play import Play, play, preview

PLAN = a_plan(a_duty("1", by("2025-03-14"), roles=ENFORCERS), a_duty("2", by("2025-03-12", "阶段一")), a_duty("10"))


def told(played: Play, who: str) -> list[tuple[str, str, str]]:
    return [(r.at.strftime("%m-%d %H:%M"), r.item, r.rung) for r in played.reminders if r.officer == who]


def test_a_preview_shows_what_would_be_sent_and_changes_nothing(world: World) -> None:
    world.set("2025-03-08 20:00")
    before = counts(world)
    shown = preview(world.office, PLAN, world.now, date(2025, 3, 31))
    assert counts(world) == before
    assert sorted(told(shown, "张敏")) == [
        ("03-10 09:00", "1", "assigned"),
        ("03-10 09:00", "2", "assigned"),
        ("03-11 09:00", "1", "d3"),
        ("03-11 09:00", "2", "d1"),
        ("03-12 09:00", "2", "d0"),
        ("03-13 09:00", "1", "d1"),
        ("03-13 09:00", "2", "w1"),
        ("03-14 09:00", "1", "d0"),
        ("03-17 09:00", "1", "w1"),
        ("03-20 09:00", "2", "w6"),
        ("03-24 09:00", "1", "w6"),
        ("03-27 09:00", "2", "w11"),
        ("03-31 09:00", "1", "w11"),
    ]
    assert shown.due == [("2", date(2025, 3, 12), "阶段一"), ("1", date(2025, 3, 14), "")]


def test_what_a_preview_shows_is_what_comes(world: World) -> None:
    """Moment by moment and word by word, for everybody."""
    world.set("2025-03-08 20:00")
    shown = preview(world.office, PLAN, world.now, date(2025, 3, 31))
    world.take(PLAN)
    world.until("2025-03-31 23:00")
    assert [(m.at, m.officer, m.message.text) for m in shown.messages] == [
        (heard.at, heard.who, heard.text) for heard in world.told()
    ]


@pytest.mark.parametrize(
    ("answers", "rungs"),
    [
        ("none", {"assigned", "d7", "d3", "d1", "d0", "w1", "w4", "w6", "w9", "w11"}),
        ("prompt", {"assigned", "d7"}),
    ],
)
def test_a_play_can_be_answered_or_left_unanswered(quick: World, answers: str, rungs: set[str]) -> None:
    played = play(  # the period before the due date has d7 and nearer ones only
        quick.office,
        [a_plan(a_duty("1", by("2025-03-14")))],
        ROSTER,
        date(2025, 3, 3),
        date(2025, 3, 31),
        answers="prompt" if answers == "prompt" else "none",
    )
    assert {r.rung for r in played.reminders} == rungs
    assert played.as_data()["counts"]["parts"] == 1


def test_items_are_listed_as_numbers(quick: World) -> None:
    duties = [a_duty(str(n), by("2025-03-14")) for n in (10, 9, 2)]
    played = play(quick.office, [a_plan(*duties)], ROSTER, date(2025, 3, 3), date(2025, 3, 14))
    assert [item for item, *_ in played.due] == ["2", "9", "10"]
