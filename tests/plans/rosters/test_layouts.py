"""Lists as offices lay them out: titles, merged cells, sections, notes, several people in a row, any order."""

from pathlib import Path

import pytest

from plans.rosters.read import read_list_file
from tests.plans.rosters.lists import Rows, categories, keys, one_sheet, people, xlsx

HEAD = ["序号", "类别", "单位", "联络员", "职务", "手机", "备注"]


def test_a_title_merged_units_and_a_note_below(tmp_path: Path) -> None:
    rows: Rows = [
        ["红寺堡区行政执法联络员名单"],
        [],
        HEAD,
        [1, "执法部门", "自然资源局", "张 敏", "科长", "", ""],
        [2, "", "水务局", "李红", "科员", "", ""],
        ["", "", "", "王　伟", "副科长", "", ""],
        [],
        ["注：本表由各单位填报。"],
        ["填表人：孙七", "", "联系电话：0953-1234567"],
    ]
    reading = one_sheet(tmp_path, rows, "A1:G1", "B4:B6", "C5:C6")
    assert people(reading) == {
        "自然资源局": [("张敏", "officer", "科长")],
        "水务局": [("李红", "officer", "科员"), ("王伟", "officer", "副科长")],
    }
    assert categories(reading) == {"自然资源局": ("执法部门",), "水务局": ("执法部门",)}
    assert reading.roster is not None
    assert reading.roster.title == "红寺堡区行政执法联络员名单"
    assert keys(reading) == ["list_remark", "list_remark"]
    assert reading.ok


@pytest.mark.parametrize(
    ("head", "row", "why"),
    [
        (["单位", "联络员", "职务"], ["水务局", "张敏", "科长"], "the plain form"),
        (["职务", "联络员", "单位"], ["科长", "张敏", "水务局"], "any order"),
        (["单 位 名 称", "姓  名", "职务职级"], ["水务局", "张敏", "科长"], "spaces inside headings"),
        (["单位（全称）", "联系人*", "职务："], ["水务局", "张敏", "科长"], "brackets and marks at the end"),
        (["部门", "工作联络员", "职位"], ["水务局", "张敏", "科长"], "other words"),
        (["成员单位", "联络人\n姓名", "现任职务"], ["水务局", "张敏", "科长"], "a line break in a heading"),
        (["部门", "单位", "联络员", "职务"], ["办公室", "水务局", "张敏", "科长"], "单位 goes before 部门"),
        (["Unit", "Name", "Position"], ["水务局", "张敏", "科长"], "English"),
    ],
)
def test_headings_in_their_many_forms(tmp_path: Path, head: list[str], row: list[str], why: str) -> None:
    assert people(one_sheet(tmp_path, [head, row])) == {"水务局": [("张敏", "officer", "科长")]}, why


def test_a_heading_of_two_rows_with_several_people_in_a_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "单位", "分管领导", "", "联络员", "", "", "备注"],
        ["", "", "姓名", "职务", "姓名", "职务", "电话", ""],
        [1, "水务局", "马骏", "副局长", "张敏", "科长", "0953-5091234", ""],
        [2, "教育局", "无", "", "李红", "科员", "", ""],
    ]
    reading = one_sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:D1", "E1:G1", "H1:H2")
    assert people(reading) == {
        "水务局": [("马骏", "head", "副局长"), ("张敏", "officer", "科长")],
        "教育局": [("李红", "officer", "科员")],
    }


def test_several_people_in_a_row_under_one_heading(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位", "单位领导", "职务", "联络员", "职务", "AB角"],
        ["水务局", "马骏", "局长", "张敏", "科长", "丁一"],
    ]
    assert people(one_sheet(tmp_path, rows)) == {
        "水务局": [("马骏", "head", "局长"), ("张敏", "officer", "科长"), ("丁一", "deputy", "")]
    }


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("联络员", "officer"),
        ("AB角", "deputy"),
        ("ＡＢ角", "deputy"),
        ("单位领导", "head"),
        ("督办", "bureau"),
        ("审计", "auditor"),
        ("管理员", "administrator"),
        ("", "officer"),
    ],
)
def test_the_column_of_roles(tmp_path: Path, word: str, role: str) -> None:
    assert people(one_sheet(tmp_path, [["单位", "姓名", "角色"], ["水务局", "张敏", word]])) == {
        "水务局": [("张敏", role, "")]
    }


def test_a_role_nobody_knows_is_told_and_gives_no_rights(tmp_path: Path) -> None:
    reading = one_sheet(tmp_path, [["单位", "姓名", "角色"], ["水务局", "张敏", "大总管"]])
    assert people(reading) == {"水务局": []}
    (problem,) = reading.problems
    assert (problem.key, problem.line, problem.column) == ("list_role", 2, 3)
    assert problem.file.endswith("r.xlsx#名册")


def test_sections_stand_for_categories_where_no_column_does(tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "单位", "联络员"],
        ["一、执法部门", "", ""],
        [1, "水务局", "张敏"],
        ["（二）乡镇（街道）", "", ""],
        [2, "东塬镇", "李红"],
    ]
    reading = one_sheet(tmp_path, rows, "A2:C2", "A4:C4")
    assert categories(reading) == {"水务局": ("执法部门",), "东塬镇": ("乡镇（街道）",)}
    assert keys(reading) == ["list_section", "list_section"]


def test_sections_beside_a_column_of_categories_say_nothing(tmp_path: Path) -> None:
    rows: Rows = [["类别", "单位", "联络员"], ["市直部门", "", ""], ["执法部门、主管部门", "水务局", "张敏"]]
    reading = one_sheet(tmp_path, rows, "A2:C2")
    assert categories(reading) == {"水务局": ("执法部门", "主管部门")}
    assert keys(reading) == []


def test_the_heading_comes_again_on_the_next_page(tmp_path: Path) -> None:
    rows: Rows = [["单位", "联络员"], ["水务局", "张敏"], ["联络员", "单位"], ["李红", "教育局"]]
    assert list(people(one_sheet(tmp_path, rows))) == ["水务局", "教育局"]


def test_several_sheets_are_one_list(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "r.xlsx",
        ("部门", [["单位", "联络员"], ["水务局", "张敏"]], ()),
        ("乡镇", [["联络员", "乡镇", "单位"], ["李红", "", "东塬镇"]], ()),
        ("统计", [["合计", 2]], ()),
        ("填写说明", [["怎样填写"]], ()),
    )
    reading = read_list_file(path)
    assert list(people(reading)) == ["水务局", "东塬镇"]
    assert [(problem.key, problem.values["name"]) for problem in reading.problems] == [("list_no_list_here", "统计")]


def test_every_place_is_kept(tmp_path: Path) -> None:
    reading = one_sheet(tmp_path, [["单位", "联络员"], ["水务局", "张敏"], ["", "李红"]])
    at = f"{tmp_path / 'r.xlsx'}#名册"
    assert reading.places == {("水务局", ""): f"{at}:2", ("水务局", "张敏"): f"{at}:2", ("水务局", "李红"): f"{at}:3"}


@pytest.mark.parametrize(
    ("row", "key", "kept"),
    [
        (["水务局", "张敏", "", "", "13912345678", ""], "list_not_kept", ["水务局"]),
        (["水务局", "张敏", "", "", "", "A型"], "list_column", ["水务局"]),
        (["水务局", "张敏13912345678", "", "", "", ""], "list_not_kept", ["水务局"]),
        (["", "张敏", "", "", "", ""], "list_no_unit", []),
        (["水务局", "请于周五前报送", "", "", "", ""], None, ["水务局"]),
        (["水务局", "1班", "", "", "", ""], "list_no_name", ["水务局"]),
        (["水" * 121, "张敏", "", "", "", ""], "list_long_unit", []),
        (["水务局", "张敏", "长" * 61, "", "", ""], "list_long_word", ["水务局"]),
        (["水务局", "张敏", "", "类" * 61, "", ""], "list_long_word", ["水务局"]),
    ],
)
def test_what_is_doubtful_is_told_with_its_row(
    tmp_path: Path, row: list[str], key: str | None, kept: list[str]
) -> None:
    rows: Rows = [["单位", "联络员", "职务", "类别", "手机", "血型"], row]
    reading = one_sheet(tmp_path, rows)
    assert [(problem.key, problem.line, problem.level) for problem in reading.problems] == (
        [(key, 2, "warning")] if key else []
    )
    assert list(people(reading)) == kept
    assert reading.ok


def test_no_telephone_number_is_ever_kept(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位", "联络员", "手机", "备注"],
        ["水务局", "张敏 139-1234-5678", "13912345678", "0953-5091234"],
        ["教育局", "李红（13812345678）", 13812345678, ""],
    ]
    reading = one_sheet(tmp_path, rows)
    assert people(reading) == {"水务局": [("张敏", "officer", "")], "教育局": [("李红", "officer", "")]}
    said = f"{reading.roster}{[str(problem) for problem in reading.problems]}{reading.places}"
    assert "1234" not in said


def test_duplicates_are_one_person(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位", "联络员", "职务"],
        ["水务局", "张敏", ""],
        ["教育局", "李红", "科员"],
        ["水务局", "张 敏", "科长"],
        ["水务局", "张敏", "局长"],
    ]
    reading = one_sheet(tmp_path, rows)
    assert people(reading)["水务局"] == [("张敏", "officer", "科长")]
    assert [(problem.key, problem.line) for problem in reading.problems] == [("list_repeated", 4), ("list_differs", 5)]


def test_a_person_who_left_is_named_as_such(tmp_path: Path) -> None:
    rows: Rows = [["单位", "联络员", "备注"], ["水务局", "张敏", "已调离"], ["水务局", "李红", ""]]
    reading = one_sheet(tmp_path, rows)
    assert people(reading) == {"水务局": [("李红", "officer", "")]}
    assert reading.gone == (("水务局", "张敏"),)


def test_the_same_as_above(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位", "类别", "联络员"],
        ["水务局", "执法部门", "张敏"],
        ["同上", "同上", "李红"],
        ["教育局", "〃", "丁一"],
    ]
    reading = one_sheet(tmp_path, rows)
    assert categories(reading) == {"水务局": ("执法部门",), "教育局": ("执法部门",)}
    assert [name for name, *_ in people(reading)["水务局"]] == ["张敏", "李红"]


def test_rows_numbered_for_later_are_blank(tmp_path: Path) -> None:
    rows: Rows = [HEAD, [1, "", "水务局", "张敏", "", "", ""], *([n, "", "", "", "", "", ""] for n in range(2, 30))]
    reading = one_sheet(tmp_path, rows)
    assert list(people(reading)) == ["水务局"]
    assert keys(reading) == []


def test_nobody_is_nobody(tmp_path: Path) -> None:
    rows: Rows = [["单位", "联络员"], *([f"第{word}局", word] for word in ("无", "暂无", "/", "—", "空缺", "待定", ""))]
    reading = one_sheet(tmp_path, rows)
    assert all(staff == [] for staff in people(reading).values())
    assert len(people(reading)) == 7


def test_a_circle_of_parents_is_told(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位", "上级单位", "联络员"],
        ["甲局", "乙局", "张敏"],
        ["乙局", "甲局", "李红"],
        ["丙科", "甲局", "丁一"],
    ]
    reading = one_sheet(tmp_path, rows)
    assert reading.roster is not None
    assert [unit.parent for unit in reading.roster.units] == ["", "甲局", "甲局"]
    assert keys(reading) == ["list_parent_loop"]
