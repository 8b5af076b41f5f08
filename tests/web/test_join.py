"""Asking to join on the page: a stranger asks and learns nothing, the bureau admits and hands an invitation over."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from ruqi.serve import converse
from storage.tables import delivery, joining
from tests.web.conftest import MakeWorld
from tests.web.world import Browser, Form, World
from usecases import ask_on_page, enroll
from usecases.errors import BadInvite
from web.app import create_app
from web.pages import join

UNIT, PERSON, REACH, NOTE = "综合执法局", "钱新", "0951-5098112", "接替<b>梁浩然</b>"
TYPED = {"unit": UNIT, "name": PERSON, "reach": REACH, "note": NOTE}
ASK = "/join?lang=zh"


def opened(world: World, *, units: bool = False, requests: bool = True) -> World:
    world.office = replace(world.office, join_requests=requests, join_units=units)
    world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat)
    return world


@pytest.fixture
def office(make_world: MakeWorld) -> World:
    return opened(make_world())


def filled(browser: Browser, action: str = ASK, **typed: str) -> Form:
    """The form of the page as somebody fills it in."""
    form = browser.form(action)
    return replace(form, fields=form.fields | TYPED | typed)


def admitted(world: World, want: str) -> tuple[str, str]:
    """What the bureau reads once it has admitted them, and when it has made what they want."""
    bureau = world.signed_in(world.officer("司法局", "bureau"))
    bureau.get("/decisions")
    (form,) = [form for form in bureau.forms() if form.action.endswith("/admit")]
    read = bureau.follow(replace(form, fields=form.fields | {"unit": str(world.officer(UNIT).unit_id)})).text
    invite = next(form for form in bureau.forms() if form.action.startswith("/roster/people/"))
    return read, bureau.send(replace(invite, fields=invite.fields | {"want": want})).text


def asks(world: World, **typed: str) -> Browser:
    guest = world.browser()
    guest.get("/join")
    guest.follow(filled(guest, **typed))
    return guest


def requests(world: World) -> list[tuple[str, str, str]]:
    with world.store.read() as tx:
        return [(row.name, row.address, row.note) for row in tx.execute(select(joining).order_by(joining.c.id))]


def test_a_stranger_comes_in_by_the_page(office: World) -> None:
    guest, bureau = office.browser(), office.signed_in(office.officer("司法局", "bureau"))
    assert '<a class="button" href="/join?lang=zh">申请加入</a>' in guest.get("/").text
    guest.get("/join?lang=zh")
    said = guest.follow(filled(guest))
    assert "已提交" in said.text
    assert "12月9日(周三)前没有人联系您" in said.text
    for page in ("/decisions", "/roster"):
        shown = bureau.get(page).text
        assert REACH in shown
        assert "接替&lt;b&gt;梁浩然&lt;/b&gt;" in shown
    person, secret = admitted(office, "link")
    assert f"请在本页生成邀请码或登录链接，告诉本人：{REACH}" in person
    assert f"申请加入时留的联系方式：{REACH}" in person
    found = re.search(r">http[^<]*(/in/[^<]*)</textarea>", secret)
    assert found
    guest.get(found[1])
    assert guest.send(guest.form(found[1])).headers["location"] == "/"
    assert PERSON in guest.get("/inbox").text


def test_the_code_binds_a_chat(office: World) -> None:
    asks(office)
    code = re.search(r">/start ([^<]*)</textarea>", admitted(office, "invite")[1])
    assert code
    with office.office.write(office.clock.now()) as desk:
        assert enroll.bind(desk, code[1], "telegram", "9001").name == PERSON
        with pytest.raises(BadInvite):
            enroll.bind(desk, code[1], "telegram", "9002")


def test_closed_it_is_not_there(make_world: MakeWorld) -> None:
    world = opened(make_world(), requests=False)
    guest = world.browser()
    assert "/join" not in guest.get("/").text
    closed, missing = guest.get("/join"), guest.get("/nowhere")
    assert (closed.status_code, closed.text) == (404, missing.text)
    link = world.link(world.officer(UNIT))
    guest.get(link)
    form = replace(guest.form(link), action="/join")
    assert guest.send(replace(form, fields=form.fields | TYPED)).status_code == 404
    assert requests(world) == []


def test_the_same_answer_whatever_was_typed(office: World) -> None:
    """A unit that exists, one that does not, somebody of the roster, one who asked before, one who asks too often."""
    typed: list[dict[str, str]] = [{}, {"unit": "无此单位", "reach": "1"}, {"name": "梁浩然", "reach": "2"}]
    typed += [{"name": "别人"}, {"reach": f" {REACH} "}]
    assert len({asks(office, **one).text for one in typed}) == 1
    assert [name for name, *_ in requests(office)] == [PERSON, PERSON, "梁浩然"], "one that waits is not written again"


def test_the_units_are_listed_only_where_the_office_wants_it(office: World) -> None:
    guest = office.browser()
    assert UNIT not in guest.get("/join").text
    opened(office, units=True)
    assert f'<option value="{UNIT}">' in office.browser().get("/join").text


@pytest.mark.parametrize("gap", ["unit", "name", "reach"])
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(office: World, gap: str) -> None:
    guest = office.browser()
    guest.get("/join")
    answer = guest.send(filled(guest, **{gap: "  "}))
    assert answer.status_code == 422
    assert 'role="alert">单位、姓名和联系方式都要写' in answer.text
    assert "接替&lt;b&gt;" in answer.text
    long = guest.send(filled(guest, **{gap: "长" * 101}))
    assert (long.status_code, requests(office)) == (422, [])


def test_only_our_own_form_asks(office: World) -> None:
    shown, other = office.browser(), office.browser()
    shown.get("/join")
    assert other.send(filled(shown)).status_code == 403
    assert shown.send(filled(shown), **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert requests(office) == []


def test_an_address_asks_so_often_and_no_more_than_so_many_wait(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "MOST", 3)
    monkeypatch.setattr(ask_on_page, "MOST_WAITING", 2)
    opened(office)
    guest = office.browser()
    said = []
    for number in range(4):
        guest.get("/join")
        said.append(guest.send(filled(guest, reach=str(number))).status_code)
    assert said == [303, 303, 422, 429]
    assert len(requests(office)) == 2


def test_a_decline_is_told_by_whoever_declined(office: World) -> None:
    asks(office)
    bureau = office.signed_in(office.officer("司法局", "bureau"))
    bureau.get("/roster")
    (form,) = [form for form in bureau.forms() if form.action.endswith("/decline")]
    form.fields["words"] = "不是本单位的人"
    assert f"原因请按对方留的联系方式告知：{REACH}" in bureau.follow(form).text
    with office.store.read() as tx:
        assert "web" not in {row.channel for row in tx.execute(select(delivery))}, "nothing is sent to what was typed"


def test_it_speaks_english_too(office: World) -> None:
    guest = office.browser()
    guest.get("/join?lang=en")
    assert "It was sent" in guest.follow(filled(guest, "/join?lang=en")).text
