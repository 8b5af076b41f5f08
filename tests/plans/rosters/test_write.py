"""What Ruqi writes: text in every cell, a template that explains itself, and a roster that comes back as it was."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plans.library import load_roster
from plans.problems import Finds
from plans.rosters import write
from plans.rosters.cells import is_blank, listed, people, squeezed
from plans.rosters.csvfile import read_csv
from plans.rosters.draft import Listing
from plans.rosters.listing import gather
from plans.rosters.read import read_list_file
from schedules.roster import OFFICER_ROLES, Roster, RosterOfficer, RosterUnit
from tests.plans.rosters.lists import keys

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", '=HYPERLINK("http://x")', "'=1")


def sheets(data: bytes) -> list[Worksheet]:
    return [*load_workbook(io.BytesIO(data)).worksheets]


def shipped() -> Roster:
    roster = load_roster().roster
    assert roster is not None
    return roster


def back(data: bytes) -> Listing:
    """The list in the bytes of a CSV file, without a file."""
    return gather(read_csv(data.decode("utf-8-sig"), Finds("r.csv")), "r.csv", Finds("r.csv"))


def units(roster: Roster) -> list[RosterUnit]:
    return list(roster.units)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_roster_comes_back_as_it_was(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"r{ending}"
    path.write_bytes(write.as_csv(shipped()) if ending == ".csv" else write.as_xlsx(shipped()))
    reading = read_list_file(path)
    assert reading.roster is not None
    assert units(reading.roster) == units(shipped())
    assert reading.problems == ()


NAMES = st.text("张敏李红王伟·买买提", min_size=2, max_size=6).filter(
    lambda name: [person.name for person in people(name)] == [name]
)
WORDS = st.text("局科室（东）塬镇1A=+-@'、“", min_size=1, max_size=12).filter(
    lambda word: squeezed(word) == word and not is_blank(word) and not word.startswith("'")
)
OFFICERS = st.builds(RosterOfficer, NAMES, st.sampled_from(OFFICER_ROLES), WORDS | st.just(""))
UNITS = st.builds(
    RosterUnit,
    WORDS.map(lambda word: f"{word}局"),
    WORDS | st.just(""),
    st.lists(WORDS.filter(lambda word: listed(word) == (word,)), unique=True, max_size=3).map(tuple),
    st.just(""),
    st.lists(OFFICERS, unique_by=lambda person: person.name, max_size=3).map(tuple),
)
ROSTERS = st.lists(UNITS, unique_by=lambda unit: unit.name, min_size=1, max_size=5)


@settings(max_examples=150)
@given(ROSTERS)
def test_any_roster_comes_back_from_csv(staff: list[RosterUnit]) -> None:
    assert units(back(write.as_csv(Roster(units=tuple(staff)))).roster) == staff


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_is_ever_computed(name: str) -> None:
    roster = Roster(units=(RosterUnit(f"{name}局", name, (name,), "", (RosterOfficer("张敏", "officer", name),)),))
    for sheet in sheets(write.as_xlsx(roster)):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}
    rows = list(csv.reader(io.StringIO(write.as_csv(roster).decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]


def test_csv_opens_as_chinese_in_office_programs() -> None:
    data = write.as_csv(shipped())
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_holds_nobody_and_says_so(tmp_path: Path, language: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(write.template(language))
    reading = read_list_file(path)
    assert reading.roster is not None
    assert reading.roster.units == ()
    assert keys(reading) == ["list_example"]


def test_the_template_can_be_filled_in(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(write.template()))
    sheet = book.worksheets[0]
    for column, text in enumerate(["水务局", "", "执法部门", "", "张敏", "联络员", "科长"], start=1):
        sheet.cell(4, column).value = text or None
    book.save(tmp_path / "t.xlsx")
    reading = read_list_file(tmp_path / "t.xlsx")
    assert reading.roster is not None
    assert units(reading.roster) == [
        RosterUnit("水务局", "", ("执法部门",), "", (RosterOfficer("张敏", "officer", "科长"),))
    ]


def test_the_template_is_good_to_work_with() -> None:
    sheet, guide = sheets(write.template())
    assert [cell.value for cell in sheet[2]] == list(write.HEADINGS)
    assert sheet.freeze_panes == "A3"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"联络员,AB角,单位领导,督办,审计,管理员"'
    assert sheet.column_dimensions["A"].width > 20
    assert sheet.cell(100, 1).number_format == "@", "what will be typed is text too"
    assert "手机号" in "".join(str(row[0].value) for row in guide.iter_rows())
