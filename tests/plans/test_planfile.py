"""Reading a plan file: what it says, every problem with its line, and what is good in spite of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from plans.planfile import Reading, read_plan, read_plan_file
from schedules.plan import Duty, Group, Plan
from schedules.timing import By, Event, Every, EveryNYears, Period, Quantity

WHOLE = """\
ruqi: 1
key: demo-2024
title: 示例方案
short: 示例
number: 示例〔2024〕1号
issuer: 示例区
issued: 2024-01-05
begins: 2024-02-01
ends: 2026-12-31
note: |
  第一行
  第二行
sample: true
verification: bureau
confidential: true
due_on_holiday: next_workday
counted_on_holiday: stay
groups:
  各部门: {categories: [执法部门], units: [财政局]}
units:
  编办: 区委编办
duties:
  - item: 8
    key: 8a
    section: 第一部分
    title: 公布六个清单
    text: 列出来，公布，常更新。
    kind: report
    roles: {lead: [编办], responsible: [各部门], support: []}
    due:
      - {type: by, date: 2024-02-29, month_end: true, stage: 完成}
      - {type: yearly, month: 10, day: 31, month_end: true}
      - {type: half_yearly, min_count: 2}
      - {type: quarterly, day: 20}
      - {type: monthly, day: 5}
      - {type: every_n_years, n: 2, anchor: 2024}
      - {type: event, event: 接到通知, days: 5, day_kind: working}
      - {type: quantity, amount: 1.50, unit: 学时, per: person-year}
    ongoing: true
    any_one: true
    measure: 每人不少于60学时
    source: {line: 57, quote: 原文一句}
"""


def test_every_entry_of_the_file_is_read() -> None:
    assert read_plan(WHOLE) == Reading(
        Plan(
            key="demo-2024",
            title="示例方案",
            short="示例",
            number="示例〔2024〕1号",
            issuer="示例区",
            issued=date(2024, 1, 5),
            begins=date(2024, 2, 1),
            ends=date(2026, 12, 31),
            note="第一行\n第二行",
            sample=True,
            verification="bureau",
            confidential=True,
            due_on_holiday="next_workday",
            counted_on_holiday="stay",
            groups={"各部门": Group(("执法部门",), ("财政局",))},
            aliases={"编办": "区委编办"},
            duties=(
                Duty(
                    key="8a",
                    item="8",
                    section="第一部分",
                    title="公布六个清单",
                    text="列出来，公布，常更新。",
                    kind="report",
                    roles={"lead": ("编办",), "responsible": ("各部门",)},
                    due=(
                        By(date(2024, 2, 29), "完成", month_end=True),
                        Every(Period.YEAR, 10, 31, month_end=True),
                        Every(Period.HALF, min_count=2),
                        Every(Period.QUARTER, day=20),
                        Every(Period.MONTH, day=5),
                        EveryNYears(2, 2024),
                        Event("接到通知", 5, "working"),
                        Quantity(Decimal("1.50"), "学时", "person-year"),
                    ),
                    ongoing=True,
                    any_one=True,
                    measure="每人不少于60学时",
                    source={"line": 57, "quote": "原文一句"},
                ),
            ),
        )
    )


HEAD = """\
ruqi: 1
key: demo
title: 示例方案
issued: 2024-01-05
"""
GOOD = """\
  - item: "1"
    title: 好任务
    roles: {lead: [司法局]}
    due: [{type: yearly}]
"""


def test_what_is_left_out_is_as_by_default() -> None:
    plan = read_plan(HEAD + "ends:\nduties:\n" + GOOD).plan
    assert plan is not None
    assert (plan.begins, plan.ends, plan.verification) == (date(2024, 1, 5), None, "none")
    assert (plan.due_on_holiday, plan.counted_on_holiday) == ("stay", "next_workday")
    assert (plan.duties[0].key, plan.duties[0].kind, plan.duties[0].ongoing) == ("1", "standard", False)


@pytest.mark.parametrize(
    "written", ["010", "1.10", "2024-02-29", "1:20", "08", "1_000", "yes", "0x1F", "-0", "９", "1e5"]
)
def test_a_bare_item_number_is_taken_as_it_was_written(written: str) -> None:
    reading = read_plan(
        f"{HEAD}duties:\n  - {{item: {written}, title: 编号, roles: {{lead: [甲]}}, due: [{{type: yearly}}]}}"
    )
    assert reading.ok
    assert reading.plan is not None
    assert [duty.item for duty in reading.plan.duties] == [written]


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        ("isuer: 甲", "unknown_near", "issuer"),  # misspelt: the near word
        ("colour: red", "unknown", "ruqi, key, title"),  # unknown: what there is
        ("ruqi: 1", "yaml_repeated", "第 1 行"),  # twice: where it was before
        ("ends: 2024-02-30", "date_impossible", "2024-02-29"),
        ("ends: 2023-02-29", "date_impossible", "2023-02-28"),
        ("ends: 2024-13-01", "want_date", "2024-13-01"),
        ("ends: 2024年2月29日", "want_date", "2024年2月29日"),
        ("ends: 2024/2/29", "want_date", "2024/2/29"),
        ("ends: 20240229", "want_date", "20240229"),
        ("ends: 2024-02-29T08:00:00", "want_date", "08:00"),
        ("ends: true", "want_date", "true"),
        ("begins: [2024-01-01]", "want_date", "[…]"),
        ("verification: burau", "want_word_near", "bureau"),
        ("verification: 司法局", "want_word", "none, bureau"),
        ("sample: yes", "want_switch", "yes"),  # not a YAML 1.1 yes
        ("sample: 1", "want_switch", "1"),
        ("short: true", "want_text", "true"),
        ("short: {a: b}", "want_text", "{…}"),
        ('note: "a\\u0000b"', "control", "U+0000"),
        ('number: "a\\nb"', "one_line", "一行"),
        (f"issuer: {'长' * 121}", "too_long", "120"),
        ("groups: [甲]", "want_entries", "[…]"),
        ("groups: {各局: 执法部门}", "want_entries", "执法部门"),
        ("groups: {各局: {categoris: [执法部门]}}", "unknown_near", "categories"),
        ("groups: {各局: {categories: 执法部门}}", "want_list", "执法部门"),
        ("groups: {各局: {categories: [true]}}", "want_text", "true"),
        ("units: {编办: [编办]}", "want_text", "[…]"),
        ("units: {编办: ''}", "empty", "空"),
        ("short: *other", "yaml_alias", "别名"),
        ("<<: {short: 甲}", "yaml_alias", "<<"),
        ("short: !!python/name:os.system 甲", "yaml_tag", "python/name"),
        ("? [甲]\n: 乙", "yaml_key", "名称"),
        ("ends: 2023-12-31", "ends_early", "早于"),
    ],
)
def test_a_wrong_entry_at_the_top_is_told_with_its_line_and_loses_nothing_else(line: str, key: str, says: str) -> None:
    reading = read_plan(f"{HEAD}{line}\nduties:\n{GOOD}", "demo.yaml")
    assert [(problem.key, problem.line, problem.level) for problem in reading.errors] == [(key, 5, "error")]
    assert says in reading.errors[0].message
    assert str(reading.errors[0]).startswith("demo.yaml:5:")
    assert not reading.ok
    assert reading.plan is not None
    assert [duty.title for duty in reading.plan.duties] == ["好任务"]


@pytest.mark.parametrize(
    ("entry", "key", "where"),
    [
        ("titel: 甲", "unknown_near", "titel"),
        ("due: {type: yearly}", "want_list", "due"),
        ("due: [yearly]", "want_entries", "due[0]"),
        ("due: [{day: 3}]", "missing", "due[0].type"),
        ("due: [{type: weekly}]", "want_word", "due[0].type"),
        ("due: [{type: quaterly}]", "want_word_near", "due[0].type"),
        ("due: [{type: by}]", "missing", "due[0].date"),
        ("due: [{type: by, date: 2024-02-30}]", "date_impossible", "due[0].date"),
        ("due: [{type: by, date: 2024-02-28, month_end: true}]", "not_month_end", "due[0].date"),
        ("due: [{type: by, date: 2024-03-01, min_count: 2}]", "unknown", "due[0].min_count"),
        ("due: [{type: yearly, month: 13}]", "too_big", "due[0].month"),
        ("due: [{type: yearly, month: 0}]", "too_small", "due[0].month"),
        ("due: [{type: yearly, month: 2, day: 30}]", "day_impossible", "due[0].day"),
        ("due: [{type: yearly, month: 10, day: 30, month_end: true}]", "not_month_end", "due[0].day"),
        ("due: [{type: yearly, month: 十月}]", "want_whole", "due[0].month"),
        ("due: [{type: yearly, month: 2.0}]", "want_whole", "due[0].month"),
        ("due: [{type: yearly, min_count: 0}]", "too_small", "due[0].min_count"),
        ("due: [{type: monthly, month: 5}]", "unknown_near", "due[0].month"),
        ("due: [{type: every_n_years}]", "missing", "due[0].n"),
        ("due: [{type: every_n_years, n: 2, month: 4, day: 31}]", "day_impossible", "due[0].day"),
        ("due: [{type: event, event: 发布}]", "missing", "due[0].days"),
        ("due: [{type: after_done, months: 3}]", "missing", "due[0].first"),
        ("due: [{type: after_done, first: 2024-03-31}]", "months_or_days", "due[0]"),
        ("due: [{type: after_done, first: 2024-03-31, months: 3, days: 9}]", "months_or_days", "due[0]"),
        ("due: [{type: after_done, first: 2024-03-31, months: 0}]", "too_small", "due[0].months"),
        ("due: [{type: after_done, first: 2024-03-31, months: 3, day_kind: working}]", "working_months", "due[0]"),
        ("due: [{type: event, days: 3}]", "missing", "due[0].event"),
        ("due: [{type: event, event: ' ', days: 3}]", "empty", "due[0].event"),
        ("due: [{type: event, event: 发布, days: -3}]", "too_small", "due[0].days"),
        ("due: [{type: event, event: 发布, days: 3, day_kind: workings}]", "want_word_near", "due[0].day_kind"),
        ("due: [{type: quantity, amount: 0, unit: 次, per: year}]", "want_amount", "due[0].amount"),
        ("due: [{type: quantity, amount: 六十, unit: 次, per: year}]", "want_amount", "due[0].amount"),
        ("due: [{type: quantity, amount: 60, unit: 次, per: week}]", "want_word", "due[0].per"),
        ("due: [{type: yearly}, {type: by, date: x}]", "want_date", "due[1].date"),
        ("roles: [司法局]", "want_entries", "roles"),
        ("roles: {leader: [司法局]}", "unknown_near", "roles.leader"),
        ("roles: {lead: 司法局}", "want_list", "roles.lead"),
        ("roles: {lead: [~]}", "want_text", "roles.lead[0]"),
        ("source: {line: 0}", "too_small", "source.line"),
        ("kind: 报送", "slug", "kind"),
        ("key: ~甲", "reserved", "key"),
        ("any_one: 是", "want_switch", "any_one"),
        ("title: ' '", "empty", "title"),
        ("title:", "missing", "title"),
    ],
)
def test_a_bad_duty_is_told_with_its_line_and_does_not_lose_the_good_ones(entry: str, key: str, where: str) -> None:
    title = "" if entry.startswith("title") else "    title: 坏任务\n"
    due = "" if entry.startswith("due") else "    ongoing: true\n"
    roles = "" if entry.startswith("roles") else "    roles: {lead: [司法局]}\n"
    bad = f"  - item: 2\n    {entry}\n{title}{due}{roles}"
    reading = read_plan(f"{HEAD}duties:\n{bad}{GOOD}")
    assert [(problem.key, problem.line, problem.where) for problem in reading.errors] == [
        (key, 7, f"duties[0].{where}")
    ]
    assert reading.plan is not None
    assert [duty.title for duty in reading.plan.duties] == ["好任务"]


@pytest.mark.parametrize(
    ("bad", "key", "line"),
    [
        ("  - {item: 2}\n", "missing", 6),
        ("  - {title: 没有条号, ongoing: true}\n", "missing", 6),
        ("  - {item: '', title: 没有代号, ongoing: true}\n", "item_or_key", 6),
        ("  - 抓紧办\n", "want_entries", 6),
        ("  -\n", "want_entries", 6),
        ("  - [1, 2]\n", "want_entries", 6),
    ],
)
def test_a_duty_that_is_none_is_told_where_it_begins(bad: str, key: str, line: int) -> None:
    reading = read_plan(f"{HEAD}duties:\n{bad}{GOOD}")
    assert [(problem.key, problem.line) for problem in reading.errors] == [(key, line)]
    assert reading.plan is not None
    assert len(reading.plan.duties) == 1


def test_of_two_duties_with_one_key_the_first_is_kept_and_the_second_told() -> None:
    reading = read_plan(f"{HEAD}duties:\n{GOOD}{GOOD.replace('好任务', '又一个')}")
    [error] = reading.errors
    assert (error.key, error.line, error.values["line"]) == ("key_repeated", 10, "6")
    assert reading.plan is not None
    assert [duty.title for duty in reading.plan.duties] == ["好任务"]


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = """\
ruqi: 1
key: Demo 2024
issued: 2024-02-30
isuer: 甲
duties:
  - item: 1
    titel: 甲
    due:
      - {type: by, date: 2024-06-31}
      - {type: yearly, month: 2, day: 30}
  - item: 2
    title: 乙
    roles: {lead: [司法局]}
    due: [{type: yearly, month: 2, day: 30}]
"""
    reading = read_plan(text)
    assert reading.plan is None
    assert [(problem.key, problem.line) for problem in reading.problems] == [
        ("missing", 1),
        ("slug", 2),
        ("date_impossible", 3),
        ("unknown_near", 4),
        ("missing", 6),
        ("unknown_near", 7),
        ("date_impossible", 9),
        ("day_impossible", 14),
    ]


@pytest.mark.parametrize("name", ["ruqi", "key", "title", "issued"])
def test_without_one_of_these_there_is_no_plan(name: str) -> None:
    head = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(name))
    reading = read_plan(f"{head}duties:\n{GOOD}")
    assert reading.plan is None
    assert [(problem.key, problem.values["name"]) for problem in reading.errors] == [("missing", name)]


@pytest.mark.parametrize(
    ("version", "key"), [("2", "version"), ("true", "version"), ("'1'", "version"), ("", "missing")]
)
def test_a_file_of_another_version_is_refused(version: str, key: str) -> None:
    reading = read_plan(HEAD.replace("ruqi: 1", f"ruqi: {version}") + "duties:\n" + GOOD)
    assert reading.plan is None
    assert [(problem.key, problem.line) for problem in reading.errors] == [(key, 1)]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("", "empty_file", 0),
        ("# 只有注释\n", "empty_file", 0),
        ("~", "empty_file", 0),
        ("一段话", "want_entries", 1),
        ("- 甲\n- 乙\n", "want_entries", 1),
        ("ruqi_roster: 1\ntitle: 名册\nunits: []\n", "is_roster", 1),
        (HEAD, "missing", 1),
        (HEAD + "duties: 一项\n", "want_list", 5),
        (HEAD + "title：写成了全角冒号\nduties: []\n", "yaml_no_colon", 5),
        (HEAD + "short: a: b\nduties: []\n", "yaml_colon", 5),
        (HEAD + "groups:\n\t各局: {}\n", "yaml_tab", 6),
        (HEAD + "groups: {各局: {categories: [甲}}\nduties: []\n", "yaml_bracket", 5),
        (HEAD + 'short: "没有配对\nduties: []\n', "yaml_quote", 5),
        (HEAD + "short: '没有配对\nduties: []\n", "yaml_quote", 5),
        (HEAD + "duties:\n  - item: 1\n   title: 甲\n", "yaml_indent", 7),
        (HEAD + "short: @甲\n", "yaml_token", 5),
        (HEAD + "duties:\n" + GOOD + "---\nruqi: 1\n", "yaml_documents", 10),
    ],
)
def test_a_file_that_is_no_plan_says_what_it_is(text: str, key: str, line: int) -> None:
    reading = read_plan(text)
    assert (reading.errors[0].key, reading.errors[0].line) == (key, line)


def test_an_empty_list_of_duties_is_a_plan_that_somebody_should_look_at() -> None:
    reading = read_plan(HEAD + "duties: []\n")
    assert reading.ok
    assert [problem.key for problem in reading.warnings] == ["no_duties"]


def test_invisible_characters_are_left_out_and_told() -> None:
    reading = read_plan(f"{HEAD}short: 时\u202e限\u200b\nduties:\n{GOOD}")
    assert reading.ok
    assert reading.plan is not None
    assert reading.plan.short == "时限"
    assert {(problem.key, problem.line) for problem in reading.warnings} == {("invisible", 5)}


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    assert read_plan("\ufeff" + WHOLE.replace("\n", "\r\n")) == read_plan(WHOLE)


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_plan(WHOLE)
    monkeypatch.setattr("plans.parse.LOADER", yaml.SafeLoader)
    assert read_plan(WHOLE) == fast
    assert [problem.line for problem in read_plan(HEAD + "groups: {各局: [甲}\n").errors]
    assert read_plan("[" * 1000).errors


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_a_file_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "方案.yaml"
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    path.write_bytes(mark + WHOLE.encode(encoding))
    reading = read_plan_file(path)
    assert reading.plan == read_plan(WHOLE).plan
    assert [problem.key for problem in reading.problems] == (["encoding_guessed"] if encoding.startswith("gb") else [])


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"PK\x03\x04rest", "not_yaml"),
        (b"%PDF-1.7", "not_yaml"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_yaml"),
        (b"\xff\xff\x80\x81", "encoding"),
        (b"\xff\xfe\x00", "encoding"),
        (b"a" * (2 * 1024 * 1024 + 1), "too_large"),
        (b"", "empty_file"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_what_is_in_it(tmp_path: Path, data: bytes, key: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(data)
    reading = read_plan_file(path)
    assert reading.plan is None
    assert [problem.key for problem in reading.problems] == [key]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    assert [problem.key for problem in read_plan_file(tmp_path / "none.yaml").problems] == ["no_file"]
    assert [problem.key for problem in read_plan_file(tmp_path).problems] == ["unreadable"]
    assert [problem.key for problem in read_plan_file(Path("a\0b")).problems] == ["unreadable"]
