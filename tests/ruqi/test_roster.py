"""`ruqi roster` with office files: taken in, rehearsed, said row by row, written, and back without a change."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.ruqi.conftest import Ruqi

ROWS = [
    ["某区联络员名册", "", "", ""],
    ["单位", "类别", "联络员", "手机"],
    ["司法局", "司法局", "钱进", "13912345678"],
    ["水 务 局", "执法部门", "唐慧", ""],
    ["市教育局", "执法部门", "何水", ""],
    ["", "", "", "13912345678"],
]


@pytest.fixture
def office_file() -> str:
    book = Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.worksheets[0].title = "名册"
    book.save("r.xlsx")
    return "r.xlsx"


def test_an_office_file_is_taken_in_and_said_row_by_row(staffed: Ruqi, office_file: str) -> None:
    said = staffed("roster", "import", office_file)
    assert "更新单位　水务局　r.xlsx#名册:4" in said.out
    assert "“水务局”不再属于“行业主管部门”" in said.out
    assert "新增单位　市教育局　r.xlsx#名册:5" in said.out
    assert "新增人员　水务局 唐慧　r.xlsx#名册:4" in said.out
    assert "离任　　　水务局 示例·唐慧敏" in said.out
    assert "“市教育局”按新单位加入" in said.out
    assert "个单位保持原样" in said.out
    assert "r.xlsx#名册:3:4: warning: “手机”只用来看，不保存" in said.err
    assert "没有改动" in staffed("roster", "import", office_file).out


def test_a_handover_is_said(staffed: Ruqi, office_file: str) -> None:
    staffed("plan", "import", "three-duties")
    said = staffed("roster", "import", office_file, "--json").data
    assert {entry["unit"] for entry in said["handovers"]} >= {"司法局", "水务局"}
    assert said["changes"][0].keys() == {"what", "unit", "name", "place"}
    assert not [text for text in str(said).split() if "139" in text]


def test_a_rehearsal_changes_nothing(staffed: Ruqi, office_file: str) -> None:
    before = staffed("officer", "list", "--json").data
    said = staffed("roster", "import", office_file, "--check")
    assert "新增单位　市教育局" in said.out
    assert "什么都没有改" in said.out
    assert staffed("officer", "list", "--json").data == before


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_is_written_comes_back_without_a_change(staffed: Ruqi, name: str) -> None:
    assert name in staffed("roster", "export", "-o", name).out
    said = staffed("roster", "import", name)
    assert said.out == "名册和已有的一样，没有改动。\n"
    assert "warning" not in said.err


def test_the_template_is_written_once(ruqi: Ruqi) -> None:
    ruqi("roster", "template")
    assert load_workbook(io.BytesIO(Path("roster-template.xlsx").read_bytes())).sheetnames == ["名册", "填写说明"]
    assert "没有覆盖" in ruqi("roster", "template", code=2).err
    assert "没有改动" in ruqi("roster", "import", "roster-template.xlsx").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "-o", "r.docx"], "r.docx"),
        (["export", "-o", "no/r.csv"], "no/r.csv"),
        (["template", "-o", "r.csv"], "r.csv"),
        (["import", "none.xlsx"], "none.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said(staffed: Ruqi, words: list[str], said: str) -> None:
    assert said in staffed("roster", *words, code=2).err


def test_a_file_that_is_no_roster_changes_nothing(ruqi: Ruqi) -> None:
    Path("r.csv").write_bytes("今天,天气\n很,好\n".encode("gbk"))
    said = ruqi("roster", "import", "r.csv", code=2)
    assert "没有找到名册" in said.err
    assert "什么都没有改" in said.err
