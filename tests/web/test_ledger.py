"""The ledger: three answers on the first screen, filters in the address, decisions by the bureau alone."""

import pytest

from storage import people
from storage.rows import Officer
from tests.web.test_acts import ask, deny
from tests.web.world import Browser, World
from usecases import answer, page_ledger
from usecases.answer import Act

UNITS = ("综合执法局", "水务局", "应急管理局")
TITLE = "年度案卷评查"


def report(world: World, unit: str) -> None:
    with world.office.write(world.clock.now()) as desk:
        answer.report(desk, Act(world.officer(unit), "telegram", words="已评查 12 卷"), world.part(unit, TITLE).id)


@pytest.fixture
def verified(verified: World) -> World:
    """One report waits for the bureau."""
    report(verified, "水务局")
    return verified


def bureau(world: World) -> Browser:
    browser = world.signed_in(world.officer("司法局", "bureau"))
    browser.get("/ledger")
    return browser


def test_the_first_screen_answers_three_questions(verified: World) -> None:
    first = bureau(verified).text.partition('class="filters"')[0]
    for said in ("件逾期", "件请您定", "件七天内到期", "公安分局", "水务局", "年度集中宣誓", "12月4日(周五)"):
        assert said in first
    late = 18 - 1
    assert f'<span class="count urgent">{late}</span>' in first


def test_what_needs_a_decision_is_counted_as_on_its_own_page(verified: World) -> None:
    ask(verified)
    deny(verified)
    browser = bureau(verified)
    assert '<span class="count">3</span>件请您定' in browser.text
    assert "今天有 3 件" in browser.get("/decisions").text


def test_the_first_rows_are_drawn_in_full_and_paper_names_who_is_missing_in_all(
    verified: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_ledger, "DRAWN", 20)
    rows, _, paper = bureau(verified).text.partition('<ol class="rows')[2].partition('<table class="filed')
    assert rows.count("<tr id=") == 18, "the first row; a second one would be too many"
    assert rows.count("个单位</a>") == rows.count('<details class="row"') - 1
    assert paper.count("综合执法局") == paper.count("<tr>") - 1


def test_rows_roll_up_and_the_overdue_come_first(verified: World) -> None:
    rows = bureau(verified).text.partition('<ol class="rows')[2]
    assert rows.index(TITLE) < rows.index("年度集中宣誓")
    assert "1/18" in rows
    assert "17 个单位逾期" in rows


def test_filters_stand_in_the_address(verified: World) -> None:
    browser = bureau(verified)
    browser.get("/ledger?unit=水务局&state=reported")
    rows = browser.text.partition('<ol class="rows')[2].partition("</ol>")[0]
    assert rows.count("<tr id=") == 1
    assert "水务局" in rows
    assert "综合执法局" not in rows
    assert "1/18" in rows, "the roll-up is of all units, whatever is filtered"
    browser.get("/ledger?plan=no-such-plan")
    assert "没有符合条件的任务" in browser.text
    assert browser.get("/ledger?state=' OR 1=1&unit[]=x&plan=%00&plan=three-duties").status_code == 200


def test_verify_closes_a_report(verified: World) -> None:
    browser = bureau(verified)
    browser.get("/ledger?state=reported")
    browser.follow(browser.form("/acts", lambda f: f["verb"] == "verify"))
    assert verified.part("水务局", TITLE).state == "verified"


def test_a_return_needs_its_reason_and_reaches_the_unit(verified: World) -> None:
    browser = bureau(verified)
    browser.get("/ledger?state=reported")
    form = browser.form("/acts", lambda f: f["verb"] == "return")
    browser.follow(form)
    assert verified.part("水务局", TITLE).state == "reported"
    browser.get("/inbox?talk=all")
    assert "这一步要写明原因" in browser.text
    browser.get("/ledger?state=reported")
    browser.follow(browser.form("/acts", lambda f: f["verb"] == "return", words="缺签到表"))
    officer = verified.signed_in(verified.officer("水务局"))
    officer.get("/inbox")
    assert "缺签到表" in officer.text
    assert "退回" in officer.text


def someone(world: World, role: str) -> Officer:
    """A person of the bureau's own unit in that role: near, and still not the bureau."""
    if role in ("officer", "deputy", "head", "bureau"):
        return world.officer("司法局", role)
    with world.store.write() as tx:
        unit = world.officer("司法局").unit_id
        people.add_officer(tx, unit_id=unit, name=f"示例·{role}", role=role, position="", sample=True)
    return world.officer("司法局", role)


@pytest.mark.parametrize("role", ["officer", "deputy", "head", "bureau", "auditor", "administrator"])
@pytest.mark.parametrize("verb", ["verify", "return"])
def test_only_the_bureau_decides(verified: World, role: str, verb: str) -> None:
    part = verified.part("水务局", TITLE)
    browser = verified.signed_in(someone(verified, role))
    browser.get("/subscribe")
    fields = browser.form("/subscribe").fields | {"verb": verb, "part": str(part.id), "words": "原因"}
    answered = browser.client.post("/acts", data=fields, headers={"sec-fetch-site": "same-origin"})
    assert answered.status_code == (303 if role == "bureau" else 403)
    changed = {"verify": "verified", "return": "received"}[verb] if role == "bureau" else "reported"
    assert verified.part("水务局", TITLE).state == changed


@pytest.mark.parametrize("role", ["officer", "deputy", "head", "bureau", "auditor", "administrator"])
def test_who_sees_the_ledger(verified: World, role: str) -> None:
    browser = verified.signed_in(someone(verified, role))
    sees = role in ("bureau", "auditor", "administrator")
    assert browser.get("/ledger").status_code == (200 if sees else 403)
    assert ("水务局" in browser.text) is sees
    assert (browser.get(f"/parts/{verified.part('水务局', TITLE).uid}").status_code == 200) is sees
    assert ('action="/acts"' in browser.text) is (role == "bureau")


def test_a_role_taken_away_is_gone_at_the_next_press(verified: World) -> None:
    browser = bureau(verified)
    browser.get("/ledger?state=reported")
    form = browser.form("/acts", lambda f: f["verb"] == "verify")
    with verified.store.write() as tx:
        people.change_officer(tx, verified.officer("司法局", "bureau").id, role="auditor")
    assert browser.send(form).status_code == 403
    assert verified.part("水务局", TITLE).state == "reported"


def test_an_empty_ledger_says_what_to_do(world: World) -> None:
    browser = bureau(world)
    browser.get("/ledger?unit=区委编办")
    assert "没有符合条件的任务" in browser.text
    assert 'href="/ledger"' in browser.text


@pytest.mark.parametrize(
    ("query", "says", "not_says"),
    [
        ("find=案卷", "年度案卷评查", "集中宣誓"),
        ("find=100%25", "没有符合条件的任务", "年度案卷评查"),
        ("month=2026-12", "年度集中宣誓", "年度案卷评查"),
        ("month=2026-99", "年度案卷评查", "没有符合条件的任务"),
        ("view=grid&state=overdue", "年度案卷评查", "年度集中宣誓"),
        ("view=month&month=2026-12", "年度集中宣誓", "年度案卷评查"),
        ("page=99", "年度案卷评查", "没有符合条件的任务"),
    ],
)
def test_what_is_looked_for_is_found_in_every_view(verified: World, query: str, says: str, not_says: str) -> None:
    browser = bureau(verified)
    assert browser.get(f"/ledger?{query}").status_code == 200
    shown = browser.text.partition('class="filters"')[2].partition("</form>")[2]
    assert says in shown
    assert not_says not in shown


def test_one_duty_over_its_units(verified: World) -> None:
    browser = bureau(verified)
    browser.get(f"/ledger?duty={verified.part('水务局', TITLE).occurrence_id}")
    rows = browser.text.partition('<ol class="rows')[2].partition("</ol>")[0]
    assert rows.count("<tr id=") == 18
