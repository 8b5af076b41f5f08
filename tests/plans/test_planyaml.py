"""Writing a plan file and reading it again gives the same plan, whatever stands in it."""

from datetime import date

from hypothesis import given

from plans.planfile import read_plan
from plans.planyaml import plan_to_yaml
from schedules.plan import Duty, Group, Plan
from schedules.timing import By, Every, Period
from tests.plans.strategies import plans


@given(plans)
def test_what_is_written_is_read_again(plan: Plan) -> None:
    reading = read_plan(plan_to_yaml(plan))
    assert not reading.errors
    assert reading.plan == plan
    assert [duty.digest for duty in reading.plan.duties] == [duty.digest for duty in plan.duties]


def test_it_is_written_as_people_write_it() -> None:
    duty = Duty(
        key="8",
        item="8",
        title="公布六个清单",
        roles={"lead": ("司法局",), "support": ("各部门",)},
        due=(By(date(2024, 2, 29), "完成", month_end=True), Every(Period.HALF, min_count=2)),
        source={"line": 57},
    )
    plan = Plan(
        key="demo",
        title="示例方案",
        issued=date(2024, 1, 5),
        begins=date(2024, 1, 5),
        note="第一行\n第二行",
        groups={"各部门": Group(("执法部门",))},
        duties=(duty,),
    )
    assert (
        plan_to_yaml(plan)
        == """\
ruqi: 1
key: demo
title: 示例方案
issued: 2024-01-05
note: |-
  第一行
  第二行
groups:
  各部门: {categories: [执法部门]}
duties:
  - item: '8'
    title: 公布六个清单
    roles: {lead: [司法局], support: [各部门]}
    due:
      - {type: by, date: 2024-02-29, month_end: true, stage: 完成}
      - {type: half_yearly, min_count: 2}
    source: {line: 57}
"""
    )
