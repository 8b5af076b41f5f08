"""The ledger's workbook: what an office sees and prints, text that stays text, and the way back."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plans.rosters.refusals import NotRead
from plans.sheets.ledger import HEADINGS, STATE, ledger_book
from plans.sheets.ledger_back import read_ledger
from usecases.ledger_sheet import LedgerSheet, SheetRow

ROW = SheetRow(
    uid="11111111-1111-4111-8111-111111111111",
    plan="执法工作方案",
    item="5",
    title="年度案卷评查",
    unit="示例区教育局",
    role="responsible",
    due=date(2026, 10, 31),
    original_due=date(2026, 10, 31),
    state="received",
    days_over=0,
    received_on=date(2026, 10, 12),
    reported_on=None,
    reported_by="",
    note="",
    reason="",
)
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "<b>粗</b>", "a\u202eb", "x" * 1000)
LEDGER = LedgerSheet(
    "示例区司法局",
    date(2026, 1, 1),
    date(2026, 12, 31),
    date(2026, 11, 2),
    (("执法工作方案", "示司发〔2026〕1号"),),
    (ROW,),
)


def written(tmp_path: Path, ledger: LedgerSheet, language: str = "zh") -> Path:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(ledger_book(ledger, language))
    return path


def test_it_has_what_an_office_files() -> None:
    sheet = load_workbook(io.BytesIO(ledger_book(LEDGER))).worksheets[0]
    assert sheet.title == "工作台账"
    assert sheet["A1"].value == "示例区司法局工作台账"
    assert "A1:M1" in {str(span) for span in sheet.merged_cells.ranges}
    assert sheet["A2"].value == "执法工作方案(示司发〔2026〕1号)"
    assert [cell.value for cell in sheet[HEADINGS]][:7] == [
        "序号",
        "任务",
        "承办单位",
        "角色",
        "完成时限",
        "原定时限",
        "状态",
    ]
    assert [cell.value for cell in sheet[HEADINGS + 1]][:7] == [
        "1",
        "5 年度案卷评查",
        "示例区教育局",
        "责任",
        "2026-10-31",
        None,
        "已签收",
    ]
    assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"
    assert sheet.print_area.replace("$", "").endswith(f"A1:M{HEADINGS + 1}")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    footer = sheet.oddFooter
    assert footer
    assert footer.center
    assert "&P" in (footer.center.text or "")
    assert sheet.column_dimensions["N"].hidden


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula(text: str) -> None:
    book = ledger_book(replace(LEDGER, rows=(replace(ROW, title=text, note=text, unit=text, reason=text),)))
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_written_is_read_back(tmp_path: Path, language: str) -> None:
    rows = [
        replace(ROW, uid=f"{n}" * 8, state=state, note=f"第 {n} 条说明")
        for n, state in enumerate(("open", "received", "reported", "verified", "refused", "waived", "lapsed"))
    ]
    lines = read_ledger(written(tmp_path, replace(LEDGER, rows=tuple(rows)), language))
    assert [(line.uid, line.state, line.note) for line in lines] == [(row.uid, row.state, row.note) for row in rows]
    assert lines[0].row == HEADINGS + 1


def test_lines_may_be_sorted_and_columns_moved_by_the_office(tmp_path: Path) -> None:
    path = written(tmp_path, LEDGER)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.insert_cols(2)
    sheet.cell(HEADINGS, 2).value = "科室意见"
    sheet.cell(HEADINGS + 1, STATE + 1).value = "已报结"
    book.save(path)
    assert [(line.uid, line.state) for line in read_ledger(path)] == [(ROW.uid, "reported")]


def test_a_word_that_is_no_state_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    path = written(tmp_path, LEDGER)
    book = load_workbook(path)
    book.worksheets[0].cell(HEADINGS + 1, STATE).value = "差不多了"
    book.save(path)
    assert [(line.state, line.words) for line in read_ledger(path)] == [("", "差不多了")]


def test_another_workbook_is_refused_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, LEDGER)
    book = load_workbook(path)
    book.worksheets[0].delete_rows(HEADINGS)
    book.save(path)
    with pytest.raises(NotRead) as refused:
        read_ledger(path)
    assert refused.value.kind == "no_columns"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", "序号,状态".encode(), b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotRead):
        read_ledger(path)
