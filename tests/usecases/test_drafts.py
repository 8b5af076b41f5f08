"""Drafts on both databases: kept, corrected, switched on; a revision's difference beforehand; plans off and on."""

from dataclasses import replace
from datetime import date

import pytest

from schedules.plan import Group, Plan
from schedules.timing import Every, Period
from storage import drafts as rows
from storage import parts, plans
from tests.usecases.office import a_duty, a_plan, by, yearly
from tests.usecases.world import World
from usecases import drafts, edit_draft, feed, page_inbox
from usecases.drafts import ISSUED, Doubt, DraftDone, NoSuchDraft, NothingKept
from usecases.enroll import find_officer
from usecases.naming import names_of
from usecases.plan_list import plan_list
from usecases.revising import difference
from usecases.switch_plan import plan_of, switch

BOSS, PERSON = "李督办", "张敏"
PLAN = a_plan(a_duty("1", by("2025-06-30")), a_duty("2", yearly(10, 31)), a_duty("3"))


def start(world: World, plan: Plan = PLAN, *doubts: Doubt) -> int:
    with world.desk() as desk:
        return drafts.start(desk, find_officer(desk, BOSS), plan, file="方案.docx", doubts=doubts)


def turn_on(world: World, number: int, *, chase: bool = False) -> None:
    with world.desk() as desk:
        drafts.switch_on(desk, drafts.open_draft(desk, number), find_officer(desk, BOSS), chase=chase)


def test_what_was_read_comes_back_as_it_was(world: World) -> None:
    number = start(world, PLAN, Doubt("第3项", "没有日期", at=2))
    with world.desk() as desk:
        held = drafts.find(desk, number)
        (line,) = plan_list(desk).drafts
    assert held.plan == PLAN
    assert held.doubts == (Doubt("第3项", "没有日期", at=2),)
    assert (line.by, line.duties, line.doubts, line.draft.file) == (BOSS, 3, 1, "方案.docx")


def test_a_document_gets_a_key_of_the_day_and_each_its_own(world: World) -> None:
    document = replace(PLAN, key="")
    numbers = [start(world, replace(document, title=title)) for title in ("甲", "乙")]
    with world.desk() as desk:
        assert [drafts.find(desk, n).plan.key for n in numbers] == ["plan-20250303-1", "plan-20250303-2"]


@pytest.mark.parametrize(("title", "number"), [("改过的标题", "示发〔2025〕1号"), ("示例方案", "")])
def test_a_document_that_revises_a_plan_is_known_by_number_or_title(world: World, title: str, number: str) -> None:
    world.take(replace(PLAN, number="示发〔2025〕1号"))
    draft = start(world, replace(PLAN, key="", title=title, number=number))
    with world.desk() as desk:
        assert drafts.find(desk, draft).plan.key == "p"


def test_what_is_too_long_for_the_database_is_cut_and_no_duty_is_lost(world: World) -> None:
    duties = [a_duty("甲" * 60, by("2025-06-30", "乙" * 90), title="丙" * 300) for _ in range(3)]
    long = replace(a_plan(*duties, key=""), title="丁" * 400, number="戊" * 99, issuer="己\0" * 99)
    number = start(world, long)
    turn_on(world, number)
    with world.desk() as desk:
        row = plans.by_key(desk.tx, "plan-20250303-1")
        assert row
        assert len(plans.duties(desk.tx, row.id)) == 3
        assert "\0" not in row.issuer


def test_a_guessed_date_of_issue_is_never_ahead_of_today(world: World) -> None:
    ahead = replace(PLAN, key="", issued=date(2026, 1, 1), begins=date(2026, 1, 1))
    guessed, read = start(world, ahead, Doubt(key=ISSUED)), start(world, ahead)
    with world.desk() as desk:
        assert drafts.find(desk, guessed).plan.begins == date(2025, 3, 3)
        assert drafts.find(desk, read).plan.begins == date(2026, 1, 1)


def test_left_out_duties_are_not_switched_on(world: World) -> None:
    number = start(world)
    with world.desk() as desk:
        edit_draft.keep(desk, drafts.open_draft(desk, number), 1, kept=False)
    turn_on(world, number)
    assert [part.item for part in world.parts()] == ["1"]
    with world.desk() as desk:
        held = drafts.find(desk, number)
        with pytest.raises(DraftDone):
            drafts.open_draft(desk, number)
    assert held.row.report is not None
    assert held.row.report["parts"] == 1


def test_without_a_duty_nothing_is_switched_on(world: World) -> None:
    number = start(world, replace(PLAN, duties=PLAN.duties[:1]))
    with world.desk() as desk:
        edit_draft.keep(desk, drafts.open_draft(desk, number), 0, kept=False)
    with pytest.raises(NothingKept):
        turn_on(world, number)
    with world.desk() as desk:
        assert plans.by_key(desk.tx, "p") is None


def test_a_deleted_draft_is_gone(world: World) -> None:
    number = start(world)
    with world.desk() as desk:
        drafts.discard(desk, drafts.open_draft(desk, number))
    with world.desk() as desk:
        assert rows.all_open(desk.tx) == []
        with pytest.raises(NoSuchDraft):
            drafts.find(desk, number)


def test_names_are_mapped_to_a_unit_a_group_or_nobody(world: World) -> None:
    roles = {"lead": ("市教育局",), "responsible": ("有关部门",), "support": ("水利局",)}
    number = start(world, a_plan(a_duty("1", by("2025-06-30"), roles=roles)))
    meant: dict[str, Group | str | None] = {"市教育局": "教育局", "有关部门": Group(("执法部门",), ()), "水利局": None}
    with world.desk() as desk:
        edit_draft.stand_for(desk, drafts.open_draft(desk, number), meant)
    with world.desk() as desk:
        names = names_of(desk, drafts.find(desk, number).kept)
    assert {one.name: one.units for one in names.printed} == {
        "市教育局": ("教育局",),
        "有关部门": ("教育局", "交通局"),
        "水利局": (),
    }
    turn_on(world, number)
    assert {(part.unit_name, part.role) for unit in ("教育局", "交通局") for part in world.parts(unit)} == {
        ("教育局", "lead"),
        ("交通局", "responsible"),
    }


def test_the_difference_says_what_the_switch_then_does(world: World) -> None:
    world.take(PLAN)
    world.do(PERSON, "receive", world.part("1"))
    revised = a_plan(a_duty("9", by("2025-06-30"), title="任务1"), a_duty("2", yearly(11, 30)), a_duty("4"))
    with world.desk() as desk:
        found = difference(desk, revised)
        assert difference(desk, replace(revised, key="other")) is None
    assert found is not None
    assert found.added == (("4", "任务4"),)
    assert found.dropped == (("3", "任务3"),)
    assert found.renumbered == (("1", "9", "任务1"),)
    assert [(one.item, [what for what, _, _ in one.differs]) for one in found.changed] == [("2", ["due"])]
    assert (found.same, found.kept, found.ended) == (0, 1, 0)
    turn_on(world, start(world, revised))
    assert world.part("9").state == "received"


def card_titles(world: World) -> list[str]:
    with world.desk() as desk:
        return [card.part.title for card in page_inbox.inbox_page(desk, find_officer(desk, PERSON)).cards]


def test_off_nobody_is_reminded_and_on_again_it_goes_on(world: World) -> None:
    world.take(PLAN)
    world.beat()
    told = len(world.told(PERSON))
    with world.desk() as desk:
        assert switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=False)
    with world.desk() as desk:
        assert not switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=False), (
            "a second press changes nothing"
        )
    world.until("2025-06-20 12:00")
    assert len(world.told(PERSON)) == told
    assert card_titles(world) == []
    with world.desk() as desk:
        switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=True)
    world.until("2025-06-27 12:00")
    assert len(world.told(PERSON)) > told
    assert "任务1" in card_titles(world)


def test_off_a_calendar_shows_it_cancelled_with_a_new_sequence(world: World) -> None:
    world.take(PLAN)
    with world.desk() as desk:
        secret = feed.create_feed(desk, find_officer(desk, PERSON), "person")
        before = feed.open_feed(desk, secret)
    with world.desk() as desk:
        switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=False)
        after = feed.open_feed(desk, secret)
    assert before
    assert after
    assert [entry.cancelled for entry in before.entries] == [False] * len(before.entries)
    assert [entry.cancelled for entry in after.entries] == [True] * len(before.entries)
    assert after.entries[0].sequence > before.entries[0].sequence


def test_a_year_that_came_into_sight_while_it_was_off_is_there_again(world: World) -> None:
    world.take(PLAN)
    with world.desk() as desk:
        switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=False)
    world.until("2026-01-05 09:00")
    with world.desk() as desk:
        switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=True)
        held = plan_of(desk, "p")
        dues = {part.due for part in parts.of_plan(desk.tx, held.id)}
    assert date(2026, 10, 31) in dues


def test_a_switched_off_plan_is_followed_again_by_its_revision(world: World) -> None:
    world.take(PLAN)
    with world.desk() as desk:
        switch(desk, plan_of(desk, "p"), find_officer(desk, BOSS), on=False)
    turn_on(world, start(world))
    with world.desk() as desk:
        assert plan_of(desk, "p").state == "on"


def test_the_list_counts_what_is_owed_and_late(world: World) -> None:
    world.take(PLAN)
    world.set("2025-07-02 09:00")
    with world.desk() as desk:
        (line,) = plan_list(desk).plans
    counts = line.counts
    assert (counts.items, counts.duties, counts.owed, counts.overdue, counts.answered) == (3, 3, 2, 1, 0)


def test_a_revised_document_keeps_what_was_settled_for_the_plan(world: World) -> None:
    """A new date of issue would else end what has been overdue since before it, and every name would be asked again."""
    monthly = a_duty("1", Every(Period.MONTH, day=5), roles={"responsible": ("各单位",)})
    first = replace(a_plan(monthly), aliases={"市水局": "交通局"}, groups={"各单位": Group((), ("教育局",))})
    world.take(replace(first, verification="bureau"), chase=True)
    before = [part.id for part in world.parts() if part.settled_at is None]
    later = replace(
        first, key="", issued=date(2025, 3, 1), begins=date(2025, 3, 1), groups={"各单位": Group()}, aliases={}
    )
    number = start(world, later)
    with world.desk() as desk:
        held = drafts.find(desk, number).plan
    assert (held.key, held.verification, held.aliases) == ("p", "bureau", {"市水局": "交通局"})
    assert held.groups["各单位"] == Group((), ("教育局",))
    turn_on(world, number)
    assert [part.id for part in world.parts() if part.settled_at is None] == before
