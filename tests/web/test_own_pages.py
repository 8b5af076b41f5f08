"""One's own page, the roster's page of a person, announcements and pauses: their effects, once, and for whom."""

import re
from datetime import date

import pytest

from storage import announcements, deliveries, leaves, people
from storage.rows import Leave
from storage.tables import delivery
from tests.web.test_acts import kept, post, someone
from tests.web.world import Browser, World
from usecases import enroll

UNIT = "城中街道"
LEAVE = {"first": "2026-12-03", "last": "2026-12-09"}


def taken(world: World) -> list[Leave]:
    with world.store.read() as tx:
        return leaves.leaves(tx, since=date(2026, 12, 1))


def bureau(world: World) -> Browser:
    return world.signed_in(world.officer("司法局", "bureau"))


def test_leave_with_a_deputy_and_back_again(world: World) -> None:
    me, deputy = world.officer(UNIT), world.officer(UNIT, "deputy")
    browser = world.signed_in(me)
    browser.get("/me")
    form = browser.form("/me/leave")
    form.fields |= LEAVE | {"deputy": str(deputy.id)}
    browser.follow(form)
    assert f"由{deputy.name}代办" in browser.text
    assert [(row.officer_id, row.deputy_id) for row in taken(world)] == [(me.id, deputy.id)]
    browser.follow(form)
    assert len(taken(world)) == 1
    browser.get("/me")
    browser.follow(browser.form("/me/back"))
    assert "已销假" in browser.text
    assert taken(world) == []


def test_the_bureau_notes_a_leave_for_somebody(world: World) -> None:
    who = world.officer(UNIT)
    browser = bureau(world)
    browser.get(f"/roster/people/{who.id}")
    form = browser.form("/me/leave")
    form.fields |= LEAVE
    browser.follow(form)
    assert [(row.officer_id, row.deputy_id) for row in taken(world)] == [(who.id, None)]
    assert "没有指定代办人" in browser.text


@pytest.mark.parametrize(("first", "last"), [("x", "2026-12-09"), ("2026-12-09", "2026-12-03")])
def test_a_leave_that_is_none(world: World, first: str, last: str) -> None:
    assert post(world, world.officer(UNIT), "/me/leave", {"first": first, "last": last}) == 400
    assert taken(world) == []


def test_the_hour_of_the_days_reminders(world: World) -> None:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/me")
    browser.follow(browser.form("/me/digest", at="08:30"))
    assert "以后每天 08:30 发提醒" in browser.text
    assert world.officer(UNIT).digest_at == "08:30"
    assert post(world, world.officer(UNIT), "/me/digest", {"at": "03:00"}) == 400
    assert world.officer(UNIT).digest_at == "08:30"


def test_the_ways_in_their_order_and_a_test_message(world: World) -> None:
    me = world.officer(UNIT)
    with world.store.write() as tx:
        for position, address in enumerate(("1001", "1002")):
            people.bind_contact(tx, officer_id=me.id, channel="telegram", address=address, now=world.clock.now())
            people.change_contact(tx, "telegram", address, position=position)
    browser = world.signed_in(me)
    browser.get("/me")
    second = [form for form in browser.forms() if form.action == "/me/ways"][1]
    second.fields["do"] = "first"
    browser.follow(second)
    with world.store.read() as tx:
        assert [contact.address for contact in people.contacts(tx, [me.id])] == ["1002", "1001"]
    browser.follow(browser.form("/me/ways", do="test"))
    assert "测试消息已发出" in browser.text
    with world.store.read() as tx:
        assert deliveries.counts(tx).get("due") == 1


def test_a_mail_address_of_ones_own_counts_when_its_code_came_back(world: World) -> None:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/me")
    browser.follow(browser.form("/me/ways", do="ask", address="someone@example.org"))
    assert "验证码已发到 someone@example.org" in browser.text
    with world.store.read() as tx:
        (code,) = re.findall(r"如期验证码：(\d{6})", str(tx.execute(delivery.select()).mappings().all()))
        assert people.contacts(tx, [world.officer(UNIT).id]) == []
    browser.follow(browser.form("/me/ways", do="confirm", code=f"{(int(code) + 1) % 1_000_000:06}"))
    assert "验证码不对" in browser.text
    browser.follow(browser.form("/me/ways", do="confirm", code=code))
    assert "已添加" in browser.text
    with world.store.read() as tx:
        assert [one.address for one in people.contacts(tx, [world.officer(UNIT).id])] == ["someone@example.org"]


def test_a_chat_of_ones_own_is_bound_by_a_code_that_is_shown_once(world: World) -> None:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/me")
    browser.text = browser.send(browser.form("/me/chat")).text
    (code,) = re.findall(r">/start ([\w-]{20,})<", browser.text)
    assert code not in str(world.dump())
    with world.office.write(world.clock.now()) as desk:
        assert enroll.bind(desk, code, "telegram", "4711").id == world.officer(UNIT).id


def test_an_announcement_is_seen_before_it_is_sent(world: World) -> None:
    with world.store.write() as tx:
        now = world.clock.now()
        people.bind_contact(tx, officer_id=world.officer(UNIT).id, channel="telegram", address="1001", now=now)
    browser = bureau(world)
    browser.get("/announce")
    form = browser.form("/announce")
    form.fields |= {"to": "all", "text": "请于周五前报结<b>"}
    browser.follow(form)
    assert "现在还没有发送" in browser.text
    assert "请于周五前报结&lt;b&gt;" in browser.text
    with world.store.read() as tx:
        assert deliveries.counts(tx).get("due", 0) == 0
    number = browser.form(next(f.action for f in browser.forms() if f.action.endswith("/send"))).action.split("/")[2]
    browser.follow(browser.form(f"/announce/{number}/send"))
    assert "通知已发给" in browser.text
    with world.store.read() as tx:
        held = announcements.by_id(tx, int(number))
        assert deliveries.counts(tx).get("due") == 1
    assert held
    assert held.state == "sent"


def test_a_pause_and_its_end(world: World) -> None:
    browser = bureau(world)
    browser.get("/pause")
    form = browser.form("/pause")
    form.fields |= {"plan": "", "until": "2026-12-11", "words": "系统检修"}
    browser.follow(form)
    assert "已暂停到12月11日(周五)" in browser.text
    browser.get("/decisions")
    assert "系统检修" in browser.text
    browser.get("/pause")
    browser.follow(browser.form("/pause/end"))
    assert "没有暂停" in browser.text


@pytest.mark.parametrize("role", ["officer", "auditor", "administrator"])
def test_what_is_the_bureaus_is_refused_to_others(world: World, role: str) -> None:
    who, other = someone(world, role), world.officer(UNIT)
    before = kept(world)
    for path, fields in (
        ("/announce", {"to": "all", "text": "x"}),
        ("/announce/1/send", {}),
        ("/announce/1/drop", {}),
        ("/pause", {"until": "2026-12-11", "words": "x"}),
        ("/pause/end", {}),
    ):
        assert post(world, who, path, fields) == 403, path
    for path, fields in (("/me/leave", LEAVE), ("/me/back", {}), ("/me/ways", {"way": "1", "do": "remove"})):
        assert post(world, who, path, {"officer": other.id, **fields}) in (303, 403), path
    assert kept(world) == before


@pytest.mark.parametrize("path", ["/announce", "/pause", "/announce/1", "/roster/people/1"])
def test_the_bureaus_pages_are_not_for_units(world: World, path: str) -> None:
    browser = world.signed_in(world.officer(UNIT))
    assert browser.get(path).status_code in (403, 404)


def test_an_auditor_reads_and_finds_no_form(world: World) -> None:
    browser = world.signed_in(someone(world, "auditor"))
    uid = world.part("水务局", "年度案卷评查").uid
    for path in (
        "/ledger",
        "/ledger?view=grid",
        "/ledger?view=month",
        "/decisions",
        "/letters",
        f"/parts/{uid}",
        "/me",
    ):
        assert browser.get(path).status_code == 200, path
        actions = {form.action for form in browser.forms()}
        assert actions <= {"/language", "/out"}, (path, actions)


def test_a_letter_is_seen_before_it_leaves_and_held_back(world: World) -> None:
    browser = bureau(world)
    browser.get("/letters")
    assert "督办单" in browser.text
    form = browser.form("/acts", lambda f: f["verb"] == "hold")
    form.fields["words"] = "单位已书面说明"
    browser.follow(form)
    assert "已暂缓" in browser.text.partition('id="said"')[2].partition("</div>")[0]
    assert "暂缓：单位已书面说明" in browser.text
    browser.follow(browser.form("/acts", lambda f: f["verb"] == "let_go"))
    assert "已恢复" in browser.text
    assert "单位已书面说明" not in browser.text


def test_the_bureau_keeps_a_units_copy_list(world: World) -> None:
    """Put on and taken off on the page of letters to come; who oversees reads it and keeps nothing."""
    keeper, auditor = bureau(world), world.signed_in(someone(world, "auditor"))
    unit, head = world.officer("综合执法局").unit_id, world.officer("综合执法局")
    keeper.get("/letters")
    form = keeper.form("/letters/copies", unit=str(unit), letter="both", to=str(head.id))
    assert "已加入抄送名单" in keeper.follow(form).text
    again = keeper.form("/letters/copies", unit=str(unit), letter="head", to=str(head.id))
    assert "没有改动" in keeper.follow(again).text
    stranger = world.officer("水务局")
    wrong = keeper.form("/letters/copies", unit=str(unit), letter="head", to=str(stranger.id))
    assert "抄送对象要能看综合执法局的任务" in keeper.follow(wrong).text
    nowhere = keeper.form("/letters/copies", unit="987654", letter="head", to=str(head.id))
    assert "没有改动" in keeper.follow(nowhere).text
    assert f"督办单抄送{head.name}(综合执法局)" in auditor.get("/letters").text
    assert "/letters/copies" not in auditor.text
    lines = [form for form in keeper.forms() if form.action.endswith("/remove")]
    assert len(lines) == 2
    assert "已取消抄送" in keeper.follow(lines[0]).text
    keeper.get("/letters")
    assert f"督办单抄送{head.name}" not in keeper.text
    assert f"通报抄送{head.name}" in keeper.text
