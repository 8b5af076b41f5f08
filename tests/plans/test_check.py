"""The doubts about a plan that is well written: each is told once, at its line, and none of them loses a duty."""

import pytest

from plans.planfile import read_plan

HEAD = """\
ruqi: 1
key: demo
title: 示例方案
issued: 2024-01-05
"""
FIRST = "  - {item: 1, title: 第一项, roles: {lead: [司法局]}, due: [{type: yearly}]}\n"


@pytest.mark.parametrize(
    ("entry", "key", "where"),
    [
        ("title: 这个标题写得实在是太长了手机上一行肯定放不下", "title_long", "title"),
        ("title: 第一项", "title_repeated", "title"),
        ("kind: recuring", "kind_unknown", "kind"),
        ("ongoing: false", "no_timing", "title"),
        ("roles: {}", "nobody", "roles"),
        ("roles: {}\n    due: [{type: yearly}]", "nobody_due", "roles"),
        ("roles: {support: [司法局]}\n    due: [{type: yearly}]", "nobody_due", "roles"),
        ("roles: {lead: [司法局, 司法局]}", "name_repeated", "roles.lead[1]"),
        ("roles: {lead: [各有关部门]}", "name_unknown", "roles.lead[0]"),
        ("roles: {lead: [教育局等部门]}", "name_unknown", "roles.lead[0]"),
        ("due: [{type: yearly}, {type: yearly, min_count: 1}]", "due_repeated", "due[1]"),
        ("due: [{type: yearly, day: 5}]", "day_without_month", "due[0].day"),
        ("due: [{type: yearly, month: 2, day: 29}]", "leap_day", "due[0].day"),
        ("due: [{type: by, date: 2023-12-31}]", "by_before_issued", "due[0].date"),
        ("due: [{type: by, date: 2042-12-31}]", "by_far", "due[0].date"),
        (
            "due: [{type: by, date: 2024-06-30, stage: 甲}, {type: by, date: 2024-12-31, stage: 甲}]",
            "stage_repeated",
            "due[1].stage",
        ),
    ],
)
def test_a_doubtful_duty_is_kept_and_told(entry: str, key: str, where: str) -> None:
    rest = "".join(
        f"    {line}\n"
        for line in ("title: 乙", "roles: {lead: [司法局]}", "ongoing: true")
        if line.partition(":")[0] not in {entry.partition(":")[0], "roles" if "roles" in entry else ""}
    )
    reading = read_plan(f"{HEAD}duties:\n{FIRST}  - item: 2\n    {entry}\n{rest}")
    assert [(problem.key, problem.where) for problem in reading.problems] == [(key, f"duties[1].{where}")]
    assert reading.problems[0].line >= 7
    assert reading.ok
    assert reading.plan is not None
    assert len(reading.plan.duties) == 2


@pytest.mark.parametrize(
    ("duty", "head"),
    [
        ("due: [{type: by, date: 2024-01-05}]", ""),  # on the very day of issue
        ("due: [{type: by, date: 2034-12-31}]", ""),  # ten years are not yet far
        ("due: [{type: by, date: 2023-02-28, month_end: true}]", "issued: 2022-01-05\n"),
        ("due: [{type: yearly, month: 2, day: 28, month_end: true}]", ""),
        ("due: [{type: yearly, month: 2, day: 29, month_end: true}]", ""),
        ("due: [{type: yearly, month: 11, month_end: true}]", ""),
        ("due: [{type: monthly, day: 31}]", ""),  # clamps, as everybody expects
        ("due: [{type: by, date: 2024-06-30, stage: 初稿}, {type: by, date: 2024-12-31, stage: 终稿}]", ""),
        ("measure: 每人不少于60学时", ""),  # sets no date and says so
    ],
)
def test_what_is_in_order_is_not_doubted(duty: str, head: str) -> None:
    text = f"{HEAD}duties:\n  - {{item: 1, title: 甲, roles: {{lead: [司法局]}}, {duty}}}\n"
    assert read_plan(text.replace("issued: 2024-01-05\n", head) if head else text).problems == ()


@pytest.mark.parametrize(
    ("head", "name", "key"),
    [
        ("groups: {各部门: {categories: [执法部门]}}\n", "各部门", None),
        ("groups: {各乡镇〔街道〕: {categories: [乡镇]}}\n", "各乡镇(街道)", "name_near"),  # another pair of brackets
        ("units: {有关单位: 司法局}\n", "有关单位", None),
        ("", "市委依法治市办", None),
        ("", "县公安局", None),
        ("", "全市公安机关", "name_unknown"),
    ],
)
def test_a_name_for_several_units_must_say_which(head: str, name: str, key: str | None) -> None:
    text = f"{HEAD}{head}duties:\n  - {{item: 1, title: 甲, roles: {{lead: [{name}]}}, ongoing: true}}\n"
    found = {problem.key for problem in read_plan(text).problems} - {"group_unused"}
    assert found == ({key} if key else set())


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("short: 这个简称写得超过了十六个字实在太长了", "short_long"),
        ("groups: {各部门: {categories: [执法部门]}}", "group_unused"),
        ("groups: {各部门: {}}", "group_empty"),
    ],
)
def test_a_doubtful_entry_at_the_top_is_kept_and_told(line: str, key: str) -> None:
    reading = read_plan(f"{HEAD}{line}\nduties:\n{FIRST}")
    assert reading.ok
    assert [(problem.key, problem.line, problem.level) for problem in reading.problems] == [(key, 5, "warning")]


def test_a_name_that_is_both_a_group_and_an_alias_is_told() -> None:
    text = f"{HEAD}groups: {{司法局: {{categories: [司法局]}}}}\nunits: {{司法局: 市司法局}}\nduties:\n{FIRST}"
    assert [(problem.key, problem.line) for problem in read_plan(text).problems] == [("name_both", 6)]


def test_duties_without_dates_are_told_once_for_all() -> None:
    many = "".join(f"  - {{item: {n}, title: 第{n}项, roles: {{lead: [司法局]}}}}\n" for n in range(1, 40))
    [problem] = read_plan(f"{HEAD}duties:\n{many}").problems
    assert (problem.key, problem.values["count"], problem.line) == ("no_timing", "39", 6)
