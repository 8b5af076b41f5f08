"""Overdue around National Day 2025: 催办, 督办单 and 通报 count working days, make-up days among them.

The State Council's notice for 2025: off from 1 to 8 October, worked on Sunday 28 September and Saturday 11 October.
"""

import pytest

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, by
from usecases.page_ledger import ledger

EVE = "2025-09-30"
"""The last working day before the holiday."""


@pytest.mark.parametrize(
    ("due", "steps", "why"),
    [
        (EVE, ["10-09", "10-13", "10-20"], "1 to 8 off; 9, 10, Saturday 11 and Monday 13 are the first four"),
        ("2025-09-25", ["09-26", "09-30", "10-14"], "26, Sunday 28, 29, 30; then 9, 10, Saturday 11, 13, 14"),
        ("2025-10-03", ["10-09", "10-13", "10-20"], "due in the holiday itself: chased when it is over"),
        ("2025-10-10", ["10-11", "10-15", "10-22"], "chased on the make-up Saturday"),
    ],
)
def test_the_three_steps_fall_on_the_right_working_days(teller: Teller, due: str, steps: list[str], why: str) -> None:
    world = teller.begin("2025-09-01 08:00")
    world.take(a_plan(a_duty("1", by(due))))
    world.until("2025-10-31 18:00")
    told = [diary(world, who, since=f"{due} 18")[-1:] for who in ("张敏", "赵局", "李督办")]
    assert told == [[(f"{day} 09:00", [f"1 {rung}"])] for day, rung in zip(steps, ("w1", "w4", "w9"), strict=True)], why


def test_before_the_holiday_what_would_fall_into_it_comes_early(teller: Teller) -> None:
    """Due on the first day back: one, three and seven days before are all holidays, so they meet on the eve."""
    world = teller.begin("2025-09-01 08:00")
    world.take(a_plan(a_duty("1", by("2025-10-09"))))
    world.until("2025-10-09 10:00")
    assert diary(world, "张敏") == [
        ("09-01 09:00", ["1 assigned"]),
        ("09-09 09:00", ["1 d30"]),
        ("09-25 09:00", ["1 d14"]),
        ("09-30 09:00", ["1 d1"]),
        ("10-09 09:00", ["1 d0"]),
    ]


def test_an_overdue_duty_that_is_reported_at_last_is_late_and_quiet(teller: Teller) -> None:
    world = teller.begin("2025-09-01 08:00")
    world.take(a_plan(a_duty("1", by(EVE), title="年度报告")))
    world.until("2025-10-14 09:30")
    bureau = world.officer("李督办")
    with world.office.read(world.now) as desk:
        assert [late.parts for late in ledger(desk, bureau).late] == [1]
    assert "督办单" in world.told("赵局")[-1].text
    assert "报结" in says(world, "张敏", "办1 已上报")
    view = world.view(world.part())
    assert (view.phase, view.state) == ("late", "reported")
    world.until("2025-11-30 10:00")
    assert diary(world, "李督办") == [], "通报 is not sent for what is in"
    with world.office.read(world.now) as desk:
        assert ledger(desk, bureau).late == ()
