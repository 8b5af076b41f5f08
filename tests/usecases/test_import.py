"""Importing a plan: what it brings the first time, that a second time brings nothing, what a revision changes."""

from datetime import date

from sqlalchemy import func, select

from storage.tables import metadata
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, half_yearly, yearly
from tests.usecases.world import World


def counts(world: World) -> dict[str, int]:
    with world.office.read(world.now) as desk:
        tables = [table for table in metadata.sorted_tables if table.name != "timeline"]
        return {table.name: desk.tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def test_a_plan_becomes_occurrences_parts_and_reminders(world: World) -> None:
    report = world.take(a_plan(a_duty("1", by("2025-06-30"), roles=ENFORCERS), a_duty("2", yearly(10, 31))))
    assert report.first
    assert report.added == (("1", "任务1"), ("2", "任务2"))
    assert (report.changed, report.dropped, report.renumbered, report.unchanged, report.unresolved) == ((),) * 5
    assert [(p.item, p.due) for p in world.parts("教育局")] == [("1", date(2025, 6, 30)), ("2", date(2025, 10, 31))]
    assert [(p.item, p.due) for p in world.parts("交通局")] == [("1", date(2025, 6, 30))]
    assert (report.parts, report.past) == (3, 0)
    assert world.parts("司法局") == []


def test_the_ladder_of_a_part_stands_in_full(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    rows = world.reminders(world.part())
    names = {world.officer(name).id: name for name in ("张敏", "赵局", "李督办")}
    assert [(row.rung, names[row.officer_id]) for row in rows] == [
        ("assigned", "张敏"),
        ("d30", "张敏"),
        ("d14", "张敏"),
        ("d7", "张敏"),
        ("d3", "张敏"),
        ("d1", "张敏"),
        ("d0", "张敏"),
        ("w1", "张敏"),
        ("w4", "赵局"),
        ("w6", "张敏"),
        ("w9", "李督办"),
        ("w9", "赵局"),
        ("w11", "张敏"),
        ("w16", "张敏"),
        ("w21", "张敏"),
    ], "催办 once a week, and the head gets a copy of the 通报"


def test_importing_again_changes_nothing(world: World) -> None:
    plan = a_plan(a_duty("1", by("2025-06-30"), roles=ENFORCERS), a_duty("2", half_yearly(2)), a_duty("3"))
    world.take(plan)
    before, parts = counts(world), world.parts()
    for _ in range(2):
        report = world.take(plan)
        assert not report.first
        assert report.unchanged == (("1", "任务1"), ("2", "任务2"), ("3", "任务3"))
        assert (report.parts, report.reminders, report.past) == (0, 0, 0)
    assert counts(world) == before
    assert world.parts() == parts


def test_names_nobody_stands_for_are_reported_and_nothing_else_is_lost(world: World) -> None:
    roles = {"lead": ("教育局",), "support": ("水利局", "各乡镇")}
    report = world.take(a_plan(a_duty("1", by("2025-06-30"), roles=roles)))
    assert report.unresolved == (("1", "水利局"), ("1", "各乡镇"))
    assert world.part().role == "lead"


def test_past_dates_are_history_and_nobody_hears_of_them(world: World) -> None:
    duty = a_duty("1", by("2025-01-31", "阶段一"), by("2025-03-02", "昨天"), by("2025-03-03", "今天"))
    report = world.take(a_plan(duty))
    assert (report.past, report.parts) == (2, 1)
    assert [part.stage for part in world.parts()] == ["今天"]


def test_chasing_takes_past_dates_as_overdue_and_tells_of_each(world: World) -> None:
    duty = a_duty("1", by("2025-01-31", "一"), by("2025-02-14", "二"), by("2025-06-30", "三"))
    report = world.take(a_plan(duty, a_duty("2", yearly(2, 14))), chase=True)
    assert (report.past, report.parts) == (0, 5)
    world.beat()
    (digest,) = world.told("张敏")
    assert sorted(item for item, _ in digest.rungs) == ["1", "1", "1", "2", "2"], "the overdue and the next of each"
    assert {rung for _, rung in digest.rungs} == {"assigned"}


def test_a_far_year_comes_as_the_horizon_rolls_and_is_not_announced(world: World) -> None:
    world.take(a_plan(a_duty("1", yearly(10, 31))))
    assert [part.due.year for part in world.parts()] == [2025]
    world.set("2025-09-25 23:00")
    world.until("2025-09-25 23:59")
    assert [part.due.year for part in world.parts()] == [2025]
    world.until("2025-09-26 08:00")
    assert [part.due.year for part in world.parts()] == [2025, 2026]
    rungs = [row.rung for row in world.reminders(world.part(due="2026-10-31"))]
    assert rungs[:2] == ["d30", "d14"]
    assert "assigned" not in rungs
