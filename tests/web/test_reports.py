"""The statistics page, the workbook both ways and the bulletin: who gets them, what they do."""

import io

import pytest
from docx import Document
from httpx2 import Response
from openpyxl import load_workbook

from plans.sheets.ledger import HEADINGS, NOTE, STATE
from ruqi.serve import converse
from ruqi.sheets import sheets
from tests.web.conftest import MakeWorld
from tests.web.world import Browser, World
from web.app import create_app

UNIT = "综合执法局"


@pytest.fixture
def office(make_world: MakeWorld) -> World:
    world = make_world()
    world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, sheets=sheets())
    return world


def as_(office: World, unit: str, role: str) -> Browser:
    return office.signed_in(office.officer(unit, role))


def hand_back(browser: Browser, content: bytes, **headers: str) -> Response:
    browser.get("/reports")
    form = browser.form("/reports/ledgers")
    said = {"sec-fetch-site": "same-origin", **headers}
    return browser.client.post(form.action, data=form.fields, files={"file": ("台账.xlsx", content)}, headers=said)


def filled_in(content: bytes, unit: str, title: str) -> bytes:
    """What an office would fill in: the unit's line of that duty is reported, with a few words."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for row in range(HEADINGS + 1, sheet.max_row + 1):
        if sheet.cell(row, 3).value == unit and title in str(sheet.cell(row, 2).value):
            sheet.cell(row, STATE).value, sheet.cell(row, NOTE).value = "已报结", "综执发〔2026〕8号"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_bureau_sees_every_unit_with_its_rate_and_each_chart_has_its_table(office: World) -> None:
    text = as_(office, "司法局", "bureau").get("/reports").text
    assert UNIT in text
    assert text.count('role="img"') == text.count("<caption") == 2
    assert "交回工作台账" in text


def test_an_officer_sees_their_own_unit_only(office: World) -> None:
    mine = as_(office, UNIT, "officer").get("/reports").text
    assert UNIT in mine
    others = {name for name in ("教育局", "水务局", "公安分局") if name in mine}
    assert others == set()
    assert "交回工作台账" not in mine


def test_a_time_without_duties_says_so_and_nonsense_is_refused(office: World) -> None:
    browser = as_(office, "司法局", "bureau")
    assert "这段时间没有到期的任务" in browser.get("/reports?from=2020-01-01&to=2020-12-31").text
    assert browser.get("/reports?from=%3Cscript%3E").status_code == 400
    assert browser.get("/reports/2026-13.docx").status_code == 404


def test_unchanged_the_workbook_changes_nothing(office: World) -> None:
    browser = as_(office, "司法局", "bureau")
    book = browser.get("/reports/ledger.xlsx?from=2026-01-01&to=2026-12-31").content
    before = {name: rows for name, rows in office.dump().items() if name not in {"inbox", "token"}}
    where = hand_back(browser, book).headers["location"]
    assert "与现在的台账一致" in browser.get(where).text
    assert {name: rows for name, rows in office.dump().items() if name not in {"inbox", "token"}} == before


def test_what_was_filled_in_is_shown_first_and_recorded_once(office: World) -> None:
    browser = as_(office, "司法局", "bureau")
    book = browser.get("/reports/ledger.xlsx?from=2026-01-01&to=2026-12-31").content
    where = hand_back(browser, filled_in(book, UNIT, "年度案卷评查")).headers["location"]
    page = browser.get(where).text
    assert "将登记 1 件" in page
    assert "综执发〔2026〕8号" in page
    assert office.part(UNIT, "年度案卷评查").state == "open"
    done = browser.form(where)
    browser.send(done)
    browser.send(done)
    part = office.part(UNIT, "年度案卷评查")
    assert (part.state, part.note) == ("reported", "综执发〔2026〕8号")
    assert "已登记 1 件" in browser.get(where).text
    assert "代" in browser.get(f"/parts/{part.uid}").text, "both names are kept"


def test_a_file_that_is_none_of_ours_is_refused_in_words(office: World) -> None:
    browser = as_(office, "司法局", "bureau")
    answer = hand_back(browser, b"PK\x03\x04nonsense")
    assert answer.status_code == 422
    assert "没有读出来" in answer.text
    browser.get("/reports")
    answer = browser.client.post(
        "/reports/ledgers",
        data=browser.form("/reports/ledgers").fields,
        files={"file": ("x.xlsx", b"")},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(("unit", "role"), [(UNIT, "officer"), (UNIT, "head")])
def test_only_those_who_oversee_get_the_bulletin_and_only_the_bureau_hands_back(
    office: World, unit: str, role: str
) -> None:
    browser = as_(office, unit, role)
    assert browser.get("/reports/2026-11.docx").status_code == 403
    browser.get("/inbox")
    token = browser.forms()[0].fields
    answer = browser.client.post(
        "/reports/ledgers", data=token, files={"file": ("x.xlsx", b"x")}, headers={"sec-fetch-site": "same-origin"}
    )
    assert answer.status_code == 403


def test_nobody_hands_back_from_another_site(office: World) -> None:
    browser = as_(office, "司法局", "bureau")
    assert hand_back(browser, b"x", **{"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_bulletin_comes_as_a_word_draft(office: World) -> None:
    answer = as_(office, "司法局", "bureau").get("/reports/2026-11.docx")
    assert answer.headers["content-disposition"].startswith("attachment")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "关于2026年11月工作任务办理情况的通报" in text
    assert "年度案卷评查(期限 11月30日)" in text
