"""The same list in every kind of file that an office has."""

import time
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.worksheet import Worksheet

from plans import library
from plans.rosters.read import read_list_file
from tests.plans.rosters.lists import Rows, csv_bytes, docx, keys, people, xlsx

ROWS: Rows = [
    ["某区联络员名册", "", "", ""],
    ["单位", "类别", "联络员", "职务"],
    ["水务局", "执法部门", "张 敏", "科长"],
    ["", "", "李红", "科员"],
    ["注：本表每年更新。", "", "", ""],
]
STAFF = {"水务局": [("张敏", "officer", "科长"), ("李红", "officer", "科员")]}


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("gbk", ["encoding_guessed"]),
        ("gb18030", ["encoding_guessed"]),
        ("utf-16", []),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(tmp_path: Path, encoding: str, delimiter: str, told: list[str]) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(csv_bytes(ROWS, encoding, delimiter))
    reading = read_list_file(path)
    assert people(reading) == STAFF
    assert keys(reading) == [*told, "list_remark"]


def test_csv_with_quotes_line_breaks_and_a_guard(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('单位,联络员,职务\r\n"人力资源和\n社会保障局","张\n敏","\'=科长,一级"\r\n', encoding="utf-8")
    assert people(read_list_file(path)) == {"人力资源和社会保障局": [("张敏", "officer", "=科长,一级")]}


def test_a_table_in_a_text_document(tmp_path: Path) -> None:
    rows = [ROWS[1], *ROWS[2:4]]
    path = docx(tmp_path / "r.docx", rows, title="某区联络员名册", merged=[(1, 0, 2, 0), (1, 1, 2, 1)])
    reading = read_list_file(path)
    assert people(reading) == STAFF
    assert reading.roster is not None
    assert reading.roster.title == "某区联络员名册"


def test_a_section_across_a_table_in_a_text_document(tmp_path: Path) -> None:
    rows = [["单位", "联络员"], ["一、乡镇", ""], ["东塬镇", "李红"]]
    reading = read_list_file(docx(tmp_path / "r.docx", rows, merged=[(1, 0, 1, 1)]))
    assert keys(reading) == ["list_section"]
    assert list(people(reading)) == ["东塬镇"]


def test_deleted_text_is_nobody_and_added_text_is_somebody(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["单位", "联络员", "水务局", ""], strict=True):  # noqa: SLF001 no public list of all cells
        cell.text = text
    mark = f'{nsdecls("w")} w:id="1" w:author="a"'
    paragraph: Any = table.cell(1, 1).paragraphs[0]._p  # noqa: SLF001 tracked changes are not in the library
    paragraph.append(parse_xml(f"<w:del {mark}><w:r><w:delText>张敏</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {mark}><w:r><w:t>李红</w:t></w:r></w:ins>"))
    document.save(str(tmp_path / "r.docx"))
    reading = read_list_file(tmp_path / "r.docx")
    assert people(reading) == {"水务局": [("李红", "officer", "")]}
    assert keys(reading) == ["list_tracked"]


def test_hidden_sheets_and_rows_are_told(tmp_path: Path) -> None:
    rows = [["单位", "联络员"], ["水务局", "张敏"], ["教育局", "李红"]]

    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("旧名单")
        other.append(["单位", "联络员"])
        other.append(["民政局", "丁一"])
        other.sheet_state = "hidden"

    reading = read_list_file(xlsx(tmp_path / "r.xlsx", ("名册", rows, ()), after=hide))
    assert list(people(reading)) == ["水务局", "教育局"]
    assert keys(reading) == ["list_hidden_sheet", "list_hidden_rows"]


def test_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    rows = [["单位", "联络员", "职务"], ["水务局", "张敏", '=A1&"科长"']]
    reading = read_list_file(xlsx(tmp_path / "r.xlsx", ("名册", rows, ())))
    assert people(reading) == {"水务局": [("张敏", "officer", "")]}
    assert [(problem.key, problem.line, problem.column) for problem in reading.problems] == [("list_formula", 2, 3)]


def test_a_format_in_the_last_row_of_all_is_no_data(tmp_path: Path) -> None:
    def colour(sheet: Worksheet) -> None:
        sheet.cell(1_048_576, 16_384).number_format = "@"

    rows = [["单位", "联络员"], ["水务局", "张敏"]]
    assert list(people(read_list_file(xlsx(tmp_path / "r.xlsx", ("名册", rows, ()), after=colour)))) == ["水务局"]


def test_yaml_is_read_as_before_whatever_it_is_called(tmp_path: Path) -> None:
    text = "ruqi_roster: 1\ntitle: 名册\nunits:\n  - {name: 甲局, officers: [{name: 张三}]}\n"
    for name in ("r.yaml", "r.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        reading = library.load_roster(str(tmp_path / name))
        assert people(reading) == {"甲局": [("张三", "officer", "")]}
        assert not reading.partial


def test_an_ordinary_roster_is_read_soon(tmp_path: Path) -> None:
    rows = [["单位", "类别", "联络员", "职务"], *([f"第{n}局", "执法部门", "张敏", "科长"] for n in range(2_000))]
    path = xlsx(tmp_path / "r.xlsx", ("名册", rows, ()))
    started = time.process_time()
    assert len(people(read_list_file(path))) == 2_000
    assert time.process_time() - started < 2
