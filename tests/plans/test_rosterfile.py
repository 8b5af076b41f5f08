"""Reading a roster: its units and officers, every problem with its line, and what is good in spite of them."""

from pathlib import Path

import pytest

from plans.rosterfile import read_roster, read_roster_file
from schedules.roster import OFFICER_ROLES, Roster, RosterOfficer, RosterUnit

WHOLE = """\
ruqi_roster: 1
sample: true
title: 示例名册
units:
  - name: 司法局
    short: 司法
    categories: [司法局, 执法部门]
    officers:
      - {name: 示例·张敏, role: bureau, position: 科长}
      - {name: 示例·李强}
  - name: 监督科
    parent: 司法局
    officers: [{name: 示例·张敏, role: deputy}]
"""


def test_every_entry_of_the_file_is_read() -> None:
    reading = read_roster(WHOLE)
    assert reading.problems == ()
    assert reading.roster == Roster(
        "示例名册",
        sample=True,
        units=(
            RosterUnit(
                "司法局",
                "司法",
                ("司法局", "执法部门"),
                officers=(RosterOfficer("示例·张敏", "bureau", "科长"), RosterOfficer("示例·李强")),
            ),
            RosterUnit("监督科", parent="司法局", officers=(RosterOfficer("示例·张敏", "deputy"),)),
        ),
    )


@pytest.mark.parametrize("role", OFFICER_ROLES)
def test_every_role_may_be_given(role: str) -> None:
    reading = read_roster(WHOLE.replace("role: bureau", f"role: {role}"))
    assert reading.roster is not None
    assert reading.roster.units[0].officers[0].role == role


HEAD = """\
ruqi_roster: 1
title: 名册
units:
  - {name: 甲局, officers: [{name: 张三}]}
"""


@pytest.mark.parametrize(
    ("unit", "key", "level", "kept"),
    [
        ("{name: 甲局, officers: [{name: 李四}]}", "unit_repeated", "error", 1),
        ("{short: 乙, officers: [{name: 李四}]}", "missing", "error", 1),
        ("{name: 乙局, officers: [{name: 李四, role: admin}]}", "want_word_near", "error", 1),
        ("{name: 乙局, officers: [{name: 李四, role: 局长}]}", "want_word", "error", 1),
        ("{name: 乙局, officers: [李四]}", "want_entries", "error", 1),
        ("{name: 乙局, phone: '1', officers: [{name: 李四}]}", "unknown", "error", 1),
        ("{name: 乙局, officers: [{name: 李四}, {name: 李四}]}", "officer_repeated", "error", 2),
        ("{name: 乙局, parent: 丙局, officers: [{name: 李四}]}", "parent_unknown", "error", 2),
        ("{name: 乙局, parent: 甲局办, officers: [{name: 李四}]}", "parent_near", "error", 2),
        ("{name: 乙局, parent: 乙局, officers: [{name: 李四}]}", "parent_loop", "error", 2),
        ("{name: 乙局}", "no_officers", "warning", 2),
    ],
)
def test_a_problem_of_one_unit_is_told_with_its_line(unit: str, key: str, level: str, kept: int) -> None:
    reading = read_roster(f"{HEAD}  - {unit}\n")
    assert [(problem.key, problem.level, problem.line) for problem in reading.problems] == [(key, level, 5)]
    assert reading.ok is (level == "warning")
    assert reading.roster is not None
    assert len(reading.roster.units) == kept


def test_parents_in_a_circle_are_told_and_left_out_but_not_their_children() -> None:
    units = [("乙", "丙"), ("丙", "丁"), ("丁", "乙"), ("戊", "丁")]
    text = HEAD + "".join(f"  - {{name: {n}, parent: {p}, officers: [{{name: 李四}}]}}\n" for n, p in units)
    reading = read_roster(text)
    assert [(problem.key, problem.line) for problem in reading.errors] == [("parent_loop", n) for n in (5, 6, 7)]
    assert reading.roster is not None
    assert [unit.parent for unit in reading.roster.units] == ["", "", "", "", "丁"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "empty_file"),
        ("- 甲\n", "want_entries"),
        ("ruqi: 1\nkey: a\n", "is_plan"),
        ("ruqi_roster: 2\ntitle: 甲\nunits: [{name: 甲, officers: [{name: 乙}]}]\n", "version"),
        ("ruqi_roster: 1\nunits: [{name: 甲, officers: [{name: 乙}]}]\n", "missing"),
    ],
)
def test_a_file_that_is_no_roster_says_what_it_is(text: str, key: str) -> None:
    reading = read_roster(text)
    assert reading.roster is None
    assert [problem.key for problem in reading.errors] == [key]


def test_a_roster_without_units_is_one_to_look_at() -> None:
    reading = read_roster("ruqi_roster: 1\ntitle: 甲\nunits: []\n")
    assert reading.ok
    assert [problem.key for problem in reading.warnings] == ["no_units"]


def test_a_file_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "名册.yaml"
    path.write_bytes(WHOLE.encode("gb18030"))
    assert read_roster_file(path).roster == read_roster(WHOLE).roster
    assert [problem.key for problem in read_roster_file(tmp_path / "none").problems] == ["no_file"]
