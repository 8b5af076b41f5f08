"""Statistics: what counts as in time, late, returned, extended; by unit and month; nothing undone."""

from datetime import date

from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World
from texts.reader import Reader
from usecases import enroll
from usecases.bureau_mail import week_of
from usecases.statistics import Fact, statistics, tally, together

DUE = date(2025, 3, 14)


def fact(state: str, reported: int = 0, **more: object) -> Fact:
    on = date(2025, 3, reported) if reported else None
    return Fact(1, "教育局", DUE, state, reported_on=on, **more)  # type: ignore[arg-type] # as the field says


def test_each_part_is_counted_once() -> None:
    counted = tally(
        [
            fact("verified", 14, receive_wait=1),
            fact("reported", 15, returned=1, receive_wait=4),
            fact("received", receive_wait=2),
            fact("open"),
            fact("lapsed"),
            fact("waived"),
            fact("refused"),
            fact("verified", 3, extended=True),
        ]
    )
    assert (counted.due, counted.on_time, counted.late, counted.overdue, counted.lapsed) == (6, 2, 1, 2, 1)
    assert (counted.returned, counted.extended, counted.waived, counted.receive_days) == (1, 1, 1, 2)
    assert counted.on_time_rate == 2 / 6
    assert tally([]).on_time_rate is None
    both = together([counted, counted])
    assert (both.due, both.on_time_rate, both.receive_days) == (12, 2 / 6, None)


def test_the_store_is_counted_by_unit_and_month(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-03-14"), roles=ENFORCERS), a_duty("2", by("2025-04-30"))))
    world.until("2025-03-05 10:00")
    world.do("刘强", "receive", world.part(unit="交通局"))
    world.do("张敏", "report", world.part())
    world.do("张敏", "undo", world.part())
    world.until("2025-03-17 10:00")
    world.do("刘强", "report", world.part(unit="交通局"))
    with world.office.read(world.now) as desk:
        found = statistics(desk, date(2025, 1, 1), date(2025, 12, 31))
    told = {(one.unit, one.month.month): (one.tally.on_time, one.tally.late, one.tally.overdue) for one in found.months}
    assert told == {("交通局", 3): (0, 1, 0), ("教育局", 3): (0, 0, 1)}
    assert found.total.receive_days == 2


def test_what_last_year_left_open_is_late_in_the_first_report_of_this_year(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-12-31"))))
    world.until("2026-01-05 09:00")
    with world.office.read(world.now) as desk:
        week = week_of(desk, Reader("zh", desk.today), enroll.find_officer(desk, "李督办"))
    assert (week.total.overdue, [row.unit for row in week.rows]) == (1, ["教育局"])
