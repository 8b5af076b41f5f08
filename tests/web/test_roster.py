"""The roster page without a browser: who is there, who can be reached, how people are let in, workbooks both ways."""

import re
from dataclasses import replace

import pytest
from httpx2 import Response

from ruqi.rosters import rosters
from ruqi.serve import converse
from storage import joinings, people
from tests.web import roster_files
from tests.web.conftest import MakeWorld
from tests.web.world import Browser, World
from usecases import enroll, groups
from usecases.ask_to_join import ask_to_join
from usecases.dead_groups import dead_groups
from usecases.errors import BadInvite
from web.app import create_app
from web.pages import roster as roster_page

UNIT = "综合执法局"
_LINK = re.compile(r">(http[^<]*/in/[^<]*)</textarea>")
_CODE = re.compile(r">/start ([^<]*)</textarea>")


@pytest.fixture
def office(make_world: MakeWorld) -> World:
    """The sample office with the room of the documents wired in."""
    world = make_world()
    world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, rosters=rosters())
    return world


@pytest.fixture
def bureau(office: World) -> Browser:
    return office.signed_in(office.officer("司法局", "bureau"))


def ask(browser: Browser, officer_id: int, want: str) -> Response:
    browser.get("/roster")
    return browser.send(browser.form(f"/roster/people/{officer_id}", want=want))


def make_administrator(world: World) -> int:
    unit = world.officer(UNIT).unit_id
    with world.store.write() as tx:
        return people.add_officer(tx, unit_id=unit, name="管理员甲", role="administrator", position="", sample=False)


def test_a_long_roster_has_pages(office: World, bureau: Browser) -> None:
    more = roster_page.A_PAGE + 20
    with office.store.write() as tx:
        held = len(people.units(tx))
        for n in range(more):
            people.add_unit(tx, name=f"第{n:03}单位", short="", categories=[], sample=False)
    first, last = (bureau.get(path).text for path in ("/roster", "/roster?page=99"))
    assert first.count('class="unit"') == roster_page.A_PAGE
    assert last.count('class="unit"') == held + more - roster_page.A_PAGE
    assert 'href="/roster?page=2" rel="next"' in first
    assert "第119单位" in last
    assert "第119单位" not in first
    found = bureau.get("/roster?find=单位&page=2").text
    assert 'href="/roster?find=%E5%8D%95%E4%BD%8D&amp;page=1" rel="prev"' in found
    assert bureau.get("/roster?find=第119单位&page=2").text.count('class="unit"') == 1


def test_units_and_people_are_listed_with_how_they_are_reached(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    assert "未绑定聊天" in bureau.get("/roster").text
    with office.office.write(office.clock.now()) as desk:
        enroll.bind(desk, enroll.invite(desk, officer), "telegram", "77")
        for other in people.officers_of(desk.tx, officer.unit_id):
            if other.id != officer.id:
                people.change_officer(desk.tx, other.id, active=False)
    page = bureau.get("/roster").text
    for said in (UNIT, officer.name, "已绑定聊天", "联络员", "执法部门"):
        assert said in page
    assert f"/roster/people/{officer.id}" in page
    enough = bureau.get("/roster?show=unreached").text
    assert f"/roster/people/{officer.id}" not in enough
    found = bureau.get(f"/roster?find={officer.name}")
    assert found.text.count('<li class="unit">') == 1
    assert "没有符合条件" in bureau.get("/roster?find=没有这个单位").text


def test_who_left_is_named_and_cannot_be_let_in(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    bureau.get("/roster")
    form = bureau.form(f"/roster/people/{officer.id}", want="invite")
    with office.store.write() as tx:
        people.change_officer(tx, officer.id, active=False)
    assert bureau.send(form).status_code == 404
    assert f"已离任：{officer.name}" in bureau.get("/roster").text


def test_a_code_is_shown_once_and_binds_the_chat(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    answer = ask(bureau, officer.id, "invite")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["cache-control"]
    (code,) = _CODE.findall(answer.text)
    page = bureau.get("/roster").text
    assert code not in page
    assert "邀请码待使用" in page
    (newer,) = _CODE.findall(ask(bureau, officer.id, "invite").text)
    with office.office.write(office.clock.now()) as desk:
        with pytest.raises(BadInvite):
            enroll.bind(desk, code, "telegram", "77")
        assert enroll.bind(desk, newer, "telegram", "77").id == officer.id


def test_a_link_is_shown_once_and_opens_that_persons_pages(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    (link,) = _LINK.findall(ask(bureau, officer.id, "link").text)
    path = link.removeprefix(office.base_url)
    assert path not in bureau.get("/roster").text
    guest = office.browser()
    assert officer.name in guest.get(path).text
    assert guest.send(guest.form(path)).status_code == 303
    assert guest.get("/inbox").status_code == 200
    assert office.browser().get(path).status_code == 404


def test_only_administrators_let_administrators_in(office: World, bureau: Browser) -> None:
    number = make_administrator(office)
    bureau.get("/roster")
    assert f"/roster/people/{number}" not in bureau.text
    form = bureau.form(f"/roster/people/{office.officer(UNIT).id}", want="link")
    form.action = f"/roster/people/{number}"
    before = office.dump()
    assert bureau.send(form).status_code == 403
    assert office.dump() == before
    administrator = office.signed_in(office.officer(UNIT, "administrator"))
    assert _LINK.search(ask(administrator, number, "link").text)


@pytest.mark.parametrize("want", ["", "session", "feed"])
def test_nothing_else_can_be_asked_for(office: World, bureau: Browser, want: str) -> None:
    officer = office.officer(UNIT)
    before = office.dump()
    assert ask(bureau, officer.id, want).status_code == 400
    assert office.dump() == before


def test_the_roster_is_the_bureaus(office: World, bureau: Browser) -> None:
    officer = office.signed_in(office.officer(UNIT))
    officer.get("/inbox")
    token = officer.form("/inbox/say").fields["token"]
    for path in ("/roster", "/roster/template.xlsx", "/roster/roster.xlsx", "/roster/lists/abcdefghijkl"):
        assert officer.get(path).status_code == 403, path
        assert office.browser().get(path).status_code == 401, path
    before = office.dump()
    for path in (f"/roster/people/{office.officer(UNIT).id}", "/roster/lists/abcdefghijkl"):
        sent = {"token": token, "want": "link", "once": "abcdefghijkl"}
        assert officer.client.post(path, data=sent).status_code == 403, path
    files = {"file": ("a.xlsx", roster_files.xlsx([]))}
    assert officer.client.post("/roster/upload", data={"token": token}, files=files).status_code == 403
    assert office.browser().client.post("/roster/upload", files=files).status_code == 401
    assert office.dump() == before
    assert 'href="/roster"' not in officer.get("/inbox").text
    assert 'href="/roster"' in bureau.get("/ledger").text


def test_who_was_the_bureau_a_moment_ago_may_not(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    bureau.get("/roster")
    form = bureau.form(f"/roster/people/{officer.id}", want="link")
    with office.store.write() as tx:
        people.change_officer(tx, office.officer("司法局", "bureau").id, role="officer")
    before = office.dump()
    assert bureau.send(form).status_code == 403
    assert office.dump() == before


def test_looking_changes_nothing(office: World, bureau: Browser) -> None:
    before = office.dump()
    for path in ("/roster", "/roster?show=unreached", "/roster?show=x&find=a", "/roster/roster.xlsx"):
        assert bureau.get(path).status_code == 200
    assert bureau.get(f"/roster/people/{office.officer(UNIT).id}").status_code == 200
    assert bureau.get("/roster/lists/abcdefghijkl").status_code == 404
    assert office.dump() == before


def test_workbooks_come_with_their_names(bureau: Browser) -> None:
    for path, name in (("template", "roster-template"), ("roster", "roster-20261202")):
        answer = bureau.get(f"/roster/{path}.xlsx")
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}.xlsx"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content.startswith(b"PK")


def test_without_the_room_of_the_documents_there_are_no_files(world: World) -> None:
    bureau = world.signed_in(world.officer("司法局", "bureau"))
    assert "/roster/upload" not in bureau.get("/roster").text
    assert bureau.get("/roster/template.xlsx").status_code == 404
    assert bureau.get("/roster/roster.xlsx").status_code == 404


def test_names_are_text_never_markup(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    with office.store.write() as tx:
        people.change_officer(tx, officer.id, name='<b onclick="x">甲</b>', position="<script>")
        people.change_unit(tx, officer.unit_id, short="<i>综</i>", categories=["<u>类</u>"])
    for text in (bureau.get("/roster").text, ask(bureau, officer.id, "invite").text):
        assert not re.search(r"<(b |i>|u>|script>)", text)
        assert "&lt;b onclick=" in text


def test_in_english_too(office: World, bureau: Browser) -> None:
    bureau.get("/roster")
    bureau.send(bureau.form("/language"))
    page = bureau.get("/roster").text
    assert "Invitation" in page or "Code" in page
    assert "名册" not in page.partition("<main")[2].partition("<ul")[0]


def test_a_dead_group_is_listed_with_what_to_do_and_let_go_once(office: World, bureau: Browser) -> None:
    officer = office.officer(UNIT)
    with office.office.write(office.clock.now()) as desk:
        groups.bind_group(desk, officer, "telegram", "-100")
        groups.lost_group(desk, "telegram", "-100", "kicked")
        (dead,) = dead_groups(desk)
    for path in ("/roster", "/decisions"):
        page = bureau.get(path).text
        assert "收不到提醒的群" in page
        assert "再绑一次" in page
    answer = bureau.send(bureau.form(f"/roster/groups/{dead.number}/forget"))
    assert "已从名单上去掉" in bureau.get(answer.headers["location"]).text
    assert "收不到提醒的群" not in bureau.get("/roster").text


def test_requests_to_join_are_admitted_into_a_unit_or_declined(office: World, bureau: Browser) -> None:
    office.office = replace(office.office, join_requests=True)
    with office.office.write(office.clock.now()) as desk:
        for address, unit, name in (("1", UNIT, "钱新"), ("2", "无此单位", "孙新")):
            ask_to_join(desk, channel="telegram", address=address, unit_said=unit, name=name)
        first, second = joinings.waiting(desk.tx)
    for path in ("/roster", "/decisions"):
        page = bureau.get(path).text
        assert "钱新" in page
        assert f'<option value="{office.officer(UNIT).unit_id}" selected>' in page, "the unit that was named"
    unit_id = str(office.officer(UNIT).unit_id)
    bureau.get("/roster")
    answer = bureau.send(bureau.form(f"/roster/joinings/{first.id}/admit", unit=unit_id))
    assert f"钱新现为{UNIT}联络员" in bureau.get(answer.headers["location"]).text
    answer = bureau.send(bureau.form(f"/roster/joinings/{second.id}/decline", words="没有这个单位"))
    assert "未同意" in bureau.get(answer.headers["location"]).text
    with office.office.read(office.clock.now()) as desk:
        assert [enroll.who(desk, "telegram", address) is None for address in ("1", "2")] == [False, True]
        assert joinings.waiting(desk.tx) == []
