"""Overdue around National Day 2026: 催办, 督办单 and 通报 count working days, make-up days among them.

The State Council's notice for 2026: off from 1 to 7 October and from 25 to 27 September, worked on Sunday 20 September
and Saturday 10 October.
"""

from dataclasses import replace

import pytest

from schedules.rungs import load_ladders
from tests.stories.telling import Teller, diary, says
from tests.usecases.office import a_duty, a_plan, by
from usecases.page_ledger import ledger

EVE = "2026-09-30"
"""The last working day before the holiday."""


@pytest.mark.parametrize(
    ("due", "nudges", "letter", "circular", "why"),
    [
        (EVE, ["10-08", "10-14", "10-21", "10-28", "11-04"], "10-12", "10-19", "8, 9, Saturday 10, Monday 12: four"),
        (
            "2026-09-18",
            ["09-20", "09-28", "10-10", "10-16", "10-23"],
            "09-23",
            "10-08",
            "Sunday 20 is worked, 25 to 27 are not; 28, 29, 30, then 8 October is the ninth",
        ),
        ("2026-10-03", ["10-08", "10-14", "10-21", "10-28", "11-04"], "10-12", "10-19", "due in the holiday itself"),
        ("2026-10-09", ["10-10", "10-16", "10-23", "10-30", "11-06"], "10-14", "10-21", "chased on the Saturday"),
    ],
)
def test_every_step_falls_on_the_right_working_day(  # noqa: PLR0917 - one row of the table
    teller: Teller, due: str, nudges: list[str], letter: str, circular: str, why: str
) -> None:
    """To the officer 催办 and then once a week, to the head 督办单, to the bureau 通报 with a copy to the head."""
    world = teller.begin("2026-09-01 08:00")
    world.take(a_plan(a_duty("1", by(due))))
    world.until("2026-12-01 18:00")
    steps = zip(nudges, ("w1", "w6", "w11", "w16", "w21"), strict=True)
    assert diary(world, "张敏", since=f"{due} 18") == [(f"{day} 09:00", [f"1 {rung}"]) for day, rung in steps], why
    assert diary(world, "赵局") == [(f"{letter} 09:00", ["1 w4"]), (f"{circular} 09:00", ["1 w9"])], why
    assert diary(world, "李督办") == [(f"{circular} 09:00", ["1 w9"])], why


def test_each_step_says_what_it_rests_on(teller: Teller) -> None:
    """The 督办单 and the 通报 are written from facts: the paper, the reminders, the receipt, the answer asked for."""
    world = teller.begin("2026-09-01 08:00")
    plan = replace(a_plan(a_duty("1", by(EVE), title="年度报告")), number="红政办发〔2023〕5号")
    world.take(plan)
    world.until("2026-09-02 10:00")
    says(world, "张敏", "收1")
    world.until("2026-10-19 18:00")
    letter, copy = world.told("赵局")
    assert letter.text.splitlines() == [
        "督办单：办1 年度报告 已过期 4 个工作日 · 原定 9月30日(周三)",
        "依据：示例方案(红政办发〔2023〕5号)第 1 项 · 责任单位",
        "已提醒 6 次，最近 10月8日(周四)，9月2日(周三) 10:00 签收，尚未报结",
        "请督促于 10月15日(周四) 前报结；确有困难的，请在此前申请延期。",
        "10月19日(周一) 仍未报结，将列入通报。",
        "办结后由联络员或您回复“办1 文号或说明”。",
    ]
    assert copy.text.splitlines() == [
        "抄送 · 通报：教育局 办1 年度报告 已过期 9 个工作日 · 原定 9月30日(周三)",
        "依据：示例方案(红政办发〔2023〕5号)第 1 项 · 责任单位",
        "已提醒 7 次，最近 10月14日(周三)，10月12日(周一) 已发督办单，9月2日(周三) 10:00 签收，尚未报结",
        "抄送：单位负责人",
        "本件抄送您知悉；办结后由联络员或您回复“办1 文号或说明”。",
    ]
    (circular,) = world.told("李督办")
    assert circular.text.splitlines()[0] == "通报：教育局 办1 年度报告 已过期 9 个工作日 · 原定 9月30日(周三)"
    assert circular.text.splitlines()[-2:] == ["抄送：单位负责人", "各单位的办理情况请看台账，回复“台账”可打开。"]


def test_an_office_sets_its_own_copies_and_its_own_pace(teller: Teller) -> None:
    world = teller.begin("2026-09-01 08:00")
    text = "[standard]\nbefore = [1]\nafter_officer = [1]\nafter_head = [2]\ncopy_head = ['officer', 'bureau']"
    world.office = replace(world.office, ladders=load_ladders(text))
    world.take(a_plan(a_duty("1", by(EVE), title="年度报告")))
    world.until("2026-12-01 18:00")
    assert diary(world, "张敏") == [
        ("09-29 09:00", ["1 d1"]),
        ("10-08 09:00", ["1 w1"]),
        ("10-09 09:00", ["1 w2"]),
    ], "no weekly repeat where the office wants none"
    assert diary(world, "李督办") == [("10-09 09:00", ["1 w2"])]
    assert world.told("李督办")[0].text.startswith("抄送 · 督办单：教育局 办1 年度报告 已过期 2 个工作日")
    assert "抄送：联络员、督办单位" in world.told("赵局")[0].text


def test_before_the_holiday_what_would_fall_into_it_comes_early(teller: Teller) -> None:
    """Due on the first day back: one, three and seven days before are all holidays, so they meet on the eve."""
    world = teller.begin("2026-09-01 08:00")
    world.take(a_plan(a_duty("1", by("2026-10-08"))))
    world.until("2026-10-08 10:00")
    assert diary(world, "张敏") == [
        ("09-01 09:00", ["1 assigned"]),
        ("09-08 09:00", ["1 d30"]),
        ("09-24 09:00", ["1 d14"]),
        ("09-30 09:00", ["1 d1"]),
        ("10-08 09:00", ["1 d0"]),
    ]


def test_an_overdue_duty_that_is_reported_at_last_is_late_and_quiet(teller: Teller) -> None:
    world = teller.begin("2026-09-01 08:00")
    world.take(a_plan(a_duty("1", by(EVE), title="年度报告")))
    world.until("2026-10-13 09:30")
    bureau = world.officer("李督办")
    with world.office.read(world.now) as desk:
        assert [late.parts for late in ledger(desk, bureau).late] == [1]
    assert "督办单" in world.told("赵局")[-1].text
    assert "报结" in says(world, "张敏", "办1 已上报")
    view = world.view(world.part())
    assert (view.phase, view.state) == ("late", "reported")
    world.until("2026-11-30 10:00")
    assert diary(world, "李督办") == [], "通报 is not sent for what is in"
    assert diary(world, "张敏")[-1] == ("10-08 09:00", ["1 w1"]), "nor is 催办 repeated"
    with world.office.read(world.now) as desk:
        assert ledger(desk, bureau).late == ()
