"""A list sent by browser: rehearsed, confirmed, reported; sent again nothing changes; doubts with their rows."""

import re

import pytest
from httpx2 import Response

from ruqi.rosters import rosters
from ruqi.serve import converse
from storage import people
from tests.web import roster_files
from tests.web.conftest import MakeWorld
from tests.web.world import Browser, World
from usecases import enroll
from web.app import create_app

UNIT = "综合执法局"
ROWS = [
    ("1", "综合执法局", "", "王新民", "法制科副科长", "", ""),
    ("2", "示例档案馆", "事业单位", "陈晓", "办公室主任", "13800138000", ""),
]
LIST = re.compile("/roster/lists/[A-Za-z0-9_-]{12,60}")


@pytest.fixture
def office(make_world: MakeWorld) -> World:
    world = make_world()
    world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, rosters=rosters())
    return world


@pytest.fixture
def bureau(office: World) -> Browser:
    return office.signed_in(office.officer("司法局", "bureau"))


def send(browser: Browser, content: bytes, name: str = "名单.xlsx", **headers: str) -> Response:
    browser.get("/roster")
    form = browser.form("/roster/upload")
    said = {"sec-fetch-site": "same-origin", **headers}
    return browser.client.post("/roster/upload", data=form.fields, files={"file": (name, content)}, headers=said)


def rehearsed(browser: Browser, content: bytes, name: str = "名单.xlsx") -> str:
    """The address of the rehearsal; the browser stands on it."""
    answer = send(browser, content, name)
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    assert LIST.fullmatch(where)
    assert browser.get(where).status_code == 200
    return where


def apart_from_lists(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Everything held but the inbox, where a list waits."""
    return {name: rows for name, rows in world.dump().items() if name != "inbox"}


def names(world: World) -> set[str]:
    with world.store.read() as tx:
        return {officer.name for officer in people.officers(tx)}


def test_a_list_is_rehearsed_confirmed_and_reported(office: World, bureau: Browser) -> None:
    old, before = office.officer(UNIT), apart_from_lists(office)
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    assert apart_from_lists(office) == before, "nothing is written before it is confirmed"
    for said in (
        "现在什么都还没有改",
        "王新民",
        "示例档案馆",
        "“联络员”第 4 行",
        f"{UNIT}：{old.name} → 王新民",
        "“手机”只用来看",
        "确认导入",
    ):
        assert said in bureau.text, said
    assert "13800138000" not in bureau.text
    bureau.follow(bureau.form(where))
    assert "名册已导入" in bureau.text
    assert f"{UNIT}：{old.name} → 王新民" in bureau.text
    assert "确认导入" not in bureau.text
    assert {"王新民", "陈晓"} <= names(office)
    assert old.name not in names(office)
    newcomer = office.signed_in(office.officer(UNIT))
    assert "年度案卷评查" in newcomer.get("/inbox").text


def test_sent_again_nothing_changes(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    bureau.follow(bureau.form(where))
    before = apart_from_lists(office)
    again = rehearsed(bureau, roster_files.xlsx(ROWS))
    assert "没有变化" in bureau.text
    assert "确认导入" not in bureau.text
    bureau.follow(bureau.form(f"{again}/drop"))
    assert apart_from_lists(office) == before


def test_the_present_roster_comes_back_without_a_change(bureau: Browser) -> None:
    present = bureau.get("/roster/roster.xlsx").content
    rehearsed(bureau, present, "现有名册.xlsx")
    assert "没有变化" in bureau.text


def test_the_empty_roster_changes_nothing(office: World, bureau: Browser) -> None:
    before = apart_from_lists(office)
    answer = send(bureau, bureau.get("/roster/template.xlsx").content)
    assert answer.status_code in {303, 422}
    assert apart_from_lists(office) == before


def test_confirmed_twice_is_taken_in_once(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    form = bureau.form(where)
    bureau.follow(form)
    before = office.dump()
    bureau.follow(form)
    assert "名册已导入" in bureau.text
    assert office.dump() == before


def test_a_thrown_away_list_is_gone(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    confirm, drop = bureau.form(where), bureau.form(f"{where}/drop")
    bureau.follow(drop)
    assert bureau.get(where).status_code == 404
    assert bureau.send(confirm).status_code == 404
    assert "王新民" not in names(office)
    assert "王新民" not in repr(office.dump())


def test_a_new_list_takes_the_place_of_the_one_before(bureau: Browser) -> None:
    first = rehearsed(bureau, roster_files.xlsx(ROWS))
    second = rehearsed(bureau, roster_files.xlsx(ROWS[:1]))
    assert bureau.get(first).status_code == 404
    assert bureau.get(second).status_code == 200


def test_what_changed_meanwhile_is_shown_again_before_it_is_taken_in(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    form = bureau.form(where)
    with office.store.write() as tx:
        people.add_unit(tx, name="示例档案馆", short="", categories=["事业单位"], sample=False)
    before = apart_from_lists(office)
    bureau.follow(form)
    assert "已重新试算" in bureau.text
    assert apart_from_lists(office) == before
    bureau.follow(bureau.form(where))
    assert "名册已导入" in bureau.text
    assert {"王新民", "陈晓"} <= names(office)


def test_a_restart_loses_no_list(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    office.app = create_app(office.office, office.clock, converse=converse, wake=office.beat, rosters=rosters())
    again = office.signed_in(office.officer("司法局", "bureau"))
    assert "王新民" in again.get(where).text
    again.follow(again.form(where))
    assert "王新民" in names(office)


def test_who_left_by_a_list_has_no_chat_any_more(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    with office.office.write(office.clock.now()) as desk:
        enroll.bind(desk, enroll.invite(desk, officer), "telegram", "77")
    where = rehearsed(bureau, roster_files.xlsx(ROWS[:1]))
    with office.office.read(office.clock.now()) as desk:
        assert enroll.who(desk, "telegram", "77")
    bureau.follow(bureau.form(where))
    with office.office.read(office.clock.now()) as desk:
        assert enroll.who(desk, "telegram", "77") is None


def test_doubts_and_remarks_come_with_their_rows_and_as_text(bureau: Browser) -> None:
    rows = [
        ("1", "市综合执法局", "", "王新民", "", "", ""),
        ("2", "市综合执法局", "", "王新民", "", "", ""),
        ("3", "<b>馆</b>", "", "<i>陈</i>", "", "", ""),
    ]
    rehearsed(bureau, roster_files.xlsx(rows))
    for said in ("名册里有相近的“综合执法局”", "“联络员”第 3 行", "这一行是重复的", "“联络员”第 4 行"):
        assert said in bureau.text, said
    assert "<b>馆" not in bureau.text
    assert "&lt;b&gt;馆" in bureau.text


def test_a_csv_tells_rows_without_a_sheet(bureau: Browser) -> None:
    content = "单位,联络员,职务\n综合执法局,王新民,\n综合执法局,王新民,\n".encode("gbk")
    rehearsed(bureau, content, "名单.csv")
    assert "第 2 行" in bureau.text
    assert "这一行是重复的" in bureau.text
    assert "ruqi-" not in bureau.text
