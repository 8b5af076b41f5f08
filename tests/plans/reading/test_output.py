"""From a reading to JSON lines, a table, and a plan that `plan check` accepts."""

import json
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from plans.planfile import read_plan
from plans.planyaml import plan_to_yaml
from plans.reading import read_document, to_jsonl, to_plan, to_table
from plans.reading.collect import collect
from plans.reading.pages import read_pages

FOLDER = Path(__file__).parent / "documents"


@pytest.mark.parametrize("name", ["safety-rectify.txt", "flood.txt", "prose.txt", "nested.txt", "env-gb18030.txt"])
def test_a_plan_file_comes_of_it(name: str) -> None:
    plan = to_plan(read_document(FOLDER / name), "read-plan")
    reading = read_plan(plan_to_yaml(plan))
    assert reading.errors == ()
    assert reading.plan == plan


def test_the_way_through_the_child_changes_nothing() -> None:
    path = FOLDER / "flood.txt"
    assert read_document(path) == collect(read_pages(path), path.stem)


def test_jsonl_has_the_agreed_keys() -> None:
    for line in to_jsonl(read_document(FOLDER / "prose.txt")).splitlines():
        duty = json.loads(line)
        assert duty.keys() == {"item", "section", "text", "roles", "due", "ongoing", "body", "source"}
        assert duty["roles"].keys() == {"lead", "support", "responsible"}


def test_what_was_not_understood_is_listed_with_its_place() -> None:
    reading = read_document(FOLDER / "flood.txt")
    assert "第5项：完成时限“适时”没有日期" in [one.says for one in reading.unclear]
    assert "第5项：完成时限“适时”没有日期" in to_table(reading)


def test_a_document_without_duties_says_so() -> None:
    reading = read_document(FOLDER / "speech.txt")
    assert reading.duties == ()
    assert "没有找到任务" in to_table(reading)


def test_a_guessed_encoding_is_told() -> None:
    reading = read_document(FOLDER / "env-gb18030.txt")
    assert reading.encoding == "GB18030"
    assert any("GB18030" in note for note in reading.notes)


def test_the_date_of_issue_and_the_number_go_into_the_plan() -> None:
    plan = to_plan(read_document(FOLDER / "education.txt"), "education")
    assert (plan.issued, plan.number, plan.issuer) == (date(2026, 1, 20), "教基〔2026〕8号", "青山市教育局")


def test_hidden_sheets_are_told_and_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["序号", "任务", "责任单位", "完成时限"])
    book.worksheets[0].append([1, "排查隐患点位", "县水利局", "2026年6月底前"])
    book.create_sheet("旧表").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    reading = read_document(tmp_path / "a.xlsx")
    assert len(reading.duties) == 1
    assert any("旧表" in note for note in reading.notes)


def test_a_ledger_of_500_rows_is_read_in_three_seconds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "任务", "措施", "牵头单位", "责任单位", "完成时限"])
    for row in range(1, 501):
        sheet.append(
            [
                row,
                f"任务{row}",
                f"开展第{row}处排查整治，落实日常巡查责任",
                "县水利局",
                "各乡镇人民政府、县住建局",
                "2026年10月底前",
            ]
        )
    book.save(tmp_path / "a.xlsx")
    started = time.process_time()
    reading = collect(read_pages(tmp_path / "a.xlsx"), "a")
    assert len(reading.duties) == 500
    assert time.process_time() - started < 3
