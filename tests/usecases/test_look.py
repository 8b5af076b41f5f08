"""Looking: lists of what a unit owes, by the working day on which to act, and who may see which part."""

from dataclasses import replace
from datetime import date
from unittest.mock import Mock

import pytest

from storage import parts
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases import look
from usecases.enroll import find_officer
from usecases.errors import NoSuchPart, NotYours
from usecases.standing import standing

PLAN = a_plan(
    a_duty("1", by("2025-02-28", "旧"), by("2025-03-03", "今")),
    a_duty("2", by("2025-03-09")),
    a_duty("3", by("2025-03-10")),
    a_duty("4", by("2025-03-11")),
    a_duty("5", by("2025-06-27"), roles=ENFORCERS),
)


def lists(world: World, who: str = "张敏") -> dict[str, list[str]]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        found = {"today": look.today, "week": look.week, "overdue": look.overdue, "open": look.open_parts}
        return {name: [part.item for part in ask(desk, officer)] for name, ask in found.items()}


def test_lists_are_by_the_day_on_which_to_act(world: World) -> None:
    """Item 2 is due on Sunday the 9th, so Friday the 7th is its day; on that Friday it belongs to today."""
    world.take(PLAN, chase=True)
    assert lists(world) == {
        "today": ["1", "1"],
        "week": ["1", "1", "2", "3"],
        "overdue": ["1"],
        "open": ["1", "1", "2", "3", "4", "5"],
    }
    assert lists(world, "刘强") == {"today": [], "week": [], "overdue": [], "open": ["5"]}
    world.set("2025-03-07 10:00")
    assert lists(world)["today"] == ["1", "1", "2"]
    world.set("2025-03-09 10:00")
    assert lists(world)["overdue"] == ["1", "1"], "due today is not overdue"


def test_what_is_reported_is_nobody_s_today(world: World) -> None:
    world.take(a_plan(*PLAN.duties, verification="bureau"), chase=True)
    for part in world.parts(item="1"):
        world.do("张敏", "report", part)
    found = lists(world)
    assert (found["today"], found["overdue"]) == ([], [])
    assert found["open"] == ["1", "1", "2", "3", "4", "5"], "but it is not settled either"
    with world.office.read(world.now) as desk:
        assert [part.item for part in look.to_verify(desk, find_officer(desk, "李督办"))] == ["1", "1"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("张敏", True), ("赵局", True), ("刘强", False), ("李督办", True), ("周审计", True), ("吴管理", True)],
)
def test_who_may_see_a_part(quick: World, who: str, sees: bool) -> None:
    quick.take(PLAN)
    part, officer = quick.part("4"), quick.officer(who)
    with quick.office.read(quick.now) as desk:
        if sees:
            assert look.by_id(desk, officer, part.id).uid == part.uid
        else:
            with pytest.raises(NotYours):
                look.by_id(desk, officer, part.id)


def test_codes_are_a_unit_s_own(world: World) -> None:
    world.take(PLAN)
    schools, roads, bureau = (world.officer(name) for name in ("张敏", "刘强", "李督办"))
    with world.office.read(world.now) as desk:
        assert look.by_code(desk, schools, 1).item == "1"
        assert look.by_code(desk, roads, 1).item == "5"
        assert look.of_unit_named(desk, bureau, "交通局", 1).item == "5"
        for unit, code in (("交通局", 2), ("财政局", 1)):
            with pytest.raises(NoSuchPart):
                look.of_unit_named(desk, bureau, unit, code)
        with pytest.raises(NoSuchPart):
            look.by_code(desk, bureau, 1)
        with pytest.raises(NotYours):
            look.of_unit_named(desk, roads, "教育局", 1)
        with pytest.raises(NoSuchPart):
            look.by_id(desk, bureau, 9999)


def test_codes_follow_the_due_dates(world: World) -> None:
    world.take(PLAN)
    assert [(part.item, part.code) for part in world.parts()] == [(item, int(item)) for item in "12345"]
    world.take(a_plan(a_duty("9", by("2025-03-05")), key="q"))
    assert world.part("9").code == 6, "codes already given stay"


def test_a_view_tells_days_left_and_the_last_day_to_act(world: World) -> None:
    world.take(PLAN)
    view = world.view(world.part("2"))
    assert (view.days_left, view.calendar_days_left, view.last_workday) == (4, 6, date(2025, 3, 7))
    assert (view.phase, view.siblings, view.siblings_done) == ("due_soon", 1, 0)


def test_a_lead_is_told_whom_it_waits_for_and_the_others_are_not(world: World) -> None:
    roles = {"lead": ("司法局",), "responsible": ("教育局", "交通局")}
    world.take(a_plan(a_duty("1", by("2025-06-27"), roles=roles)))
    world.do("刘强", "report", world.part(unit="交通局"))
    lead, other = world.view(world.part(unit="司法局")), world.view(world.part(unit="教育局"))
    assert (lead.siblings, lead.siblings_done, lead.waiting_for) == (3, 1, ("教育局",))
    assert (other.siblings_done, other.waiting_for) == (1, ())


def test_the_rows_of_others_are_read_for_a_lead_only(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand units with one task are two thousand digests: each of them must not read them all."""
    roles = {"lead": ("司法局",), "responsible": ("教育局", "交通局")}
    world.take(a_plan(a_duty("1", by("2025-06-27"), roles=roles)))
    reads = Mock(side_effect=parts.siblings)
    monkeypatch.setattr(parts, "siblings", reads)
    world.view(world.part(unit="教育局"))
    assert reads.call_count == 0
    world.view(world.part(unit="司法局"))
    assert reads.call_count == 1


def test_a_unit_let_off_counts_neither_as_done_nor_as_missing(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"), roles={"responsible": ("教育局", "交通局", "司法局")})))
    world.take(a_plan(a_duty("1", by("2025-06-27"), roles={"responsible": ("教育局", "交通局")})))
    view = world.view(world.part())
    assert (view.siblings_done, view.siblings) == (0, 2)


def test_standing_duties_bind_without_a_date(world: World) -> None:
    always = replace(a_duty("8", roles=ENFORCERS), ongoing=True)
    world.take(a_plan(always, a_duty("9"), replace(a_duty("7", by("2025-06-27")), ongoing=True)))
    officer, bureau = world.officer("刘强"), world.officer("李督办")
    with world.office.read(world.now) as desk:
        assert standing(desk, officer) == [("8", "任务8", "示例方案")]
        assert standing(desk, bureau) == []
