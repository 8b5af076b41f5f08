"""The inbox: cards by need, every button, and a form that has its effect once however often it is sent."""

import re
from datetime import timedelta

import pytest

from storage import parts
from tests.web.reading import UNIT, cards, data_of, verbs
from tests.web.world import Browser, World
from usecases import answer
from usecases.answer import Act


@pytest.fixture
def browser(world: World) -> Browser:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/inbox")
    return browser


def test_the_newest_need_is_on_top(world: World, browser: Browser) -> None:
    overdue, friday = world.part(UNIT, "年度案卷评查"), world.part(UNIT, "年度集中宣誓")
    assert list(cards(browser))[:2] == [str(overdue.code), str(friday.code)]
    assert "已过期 2 个工作日" in browser.text
    assert "12月4日(周五)" in browser.text
    assert "还有 2 个工作日" in browser.text
    assert "逾期 1 件" in browser.text


def test_receive_is_one_press_and_the_same_conversation_answers(world: World, browser: Browser) -> None:
    part = world.part(UNIT, "年度集中宣誓")
    browser.follow(browser.form("/inbox/press", data_of("receive", part.id)))
    assert cards(browser)[str(part.code)] == "received"
    assert f"已签收：办{part.code} 年度集中宣誓" in browser.text
    assert world.part(UNIT, "年度集中宣誓").received_name == world.officer(UNIT).name


def test_report_with_a_note_settles_the_part(world: World, browser: Browser) -> None:
    part = world.part(UNIT, "年度案卷评查")
    form = browser.form("/inbox/report", lambda f: f["part"] == str(part.id), words="示执发〔2026〕12号")
    browser.follow(form)
    assert cards(browser)[str(part.code)] == "reported"
    assert "附文号 1 个" in browser.text
    assert world.part(UNIT, "年度案卷评查").note == "示执发〔2026〕12号"


def test_free_text_goes_to_the_same_conversation(world: World, browser: Browser) -> None:
    part = world.part(UNIT, "年度案卷评查")
    browser.follow(browser.form("/inbox/say", words=f"办{part.code} 示执发〔2026〕12号"))
    assert cards(browser)[str(part.code)] == "reported"
    assert world.part(UNIT, "年度案卷评查").note == "示执发〔2026〕12号"
    assert f"办{part.code} 示执发〔2026〕12号" in browser.text


def test_empty_text_is_nothing_said(world: World, browser: Browser) -> None:
    before = world.dump()
    browser.follow(browser.form("/inbox/say", words="  "))
    assert world.dump() == before


def test_undo_is_offered_while_it_is_possible(world: World, browser: Browser) -> None:
    part = world.part(UNIT, "年度案卷评查")
    assert "v1:undo" not in browser.text
    browser.follow(browser.form("/inbox/report", lambda f: f["part"] == str(part.id)))
    undo = browser.form("/inbox/press", data_of("undo", part.id))
    browser.follow(undo)
    assert cards(browser)[str(part.code)] == "open"
    browser.follow(browser.form("/inbox/report", lambda f: f["part"] == str(part.id)))
    world.clock.advance(world.office.undo_window + timedelta(seconds=1))
    browser.get("/inbox")
    assert f'value="v1:undo:{part.id}"' not in browser.text.partition('id="talk"')[0]


@pytest.mark.parametrize("until", ["afternoon", "next_workday"])
def test_later_is_written_down_and_the_due_date_stands(world: World, browser: Browser, until: str) -> None:
    part = world.part(UNIT, "半年执法监督")
    browser.follow(browser.form("/inbox/press", data_of(f"snooze_{until}", part.id)))
    assert "snooze" in verbs(world)
    assert world.part(UNIT, "半年执法监督").due == part.due
    assert "再提醒" in browser.text


def test_looking_again_is_cheap_while_nothing_changed(world: World, browser: Browser) -> None:
    (etag,) = re.findall(r'data-etag="([^"]*)"', browser.text)
    tag = etag.replace("&#34;", '"')
    assert browser.client.get("/inbox/cards", headers={"if-none-match": tag}).status_code == 304
    browser.follow(browser.form("/inbox/press"))
    answer = browser.client.get("/inbox/cards", headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "<html" not in answer.text


def test_an_amount_is_reported_against_its_target(world: World) -> None:
    world.fill("zhengzhou")
    with world.store.read() as tx:
        counted = next(p for p in parts.all_parts(tx) if p.unit_of_measure)
    officer = world.officer(counted.unit_name)
    browser = world.signed_in(officer)
    browser.get(f"/parts/{counted.uid}")
    browser.follow(browser.form("/inbox/report", amount="12", words="第一次"))
    assert f"已报 12/{counted.target.normalize():f}" in browser.text
    browser.follow(browser.form("/inbox/report", amount="很多"))
    browser.get("/inbox?talk=all")
    assert "数量要写成大于零的数" in browser.text


def test_an_empty_inbox_says_why(world: World) -> None:
    browser = world.signed_in(world.officer("区委编办"))
    browser.get("/inbox")
    assert "现在没有要办的任务" in browser.text


def test_settled_parts_stay_in_sight_for_a_week(world: World, browser: Browser) -> None:
    part = world.part(UNIT, "年度案卷评查")
    browser.follow(browser.form("/inbox/report", lambda f: f["part"] == str(part.id)))
    world.clock.advance(timedelta(days=8))
    browser.get("/inbox")
    assert str(part.code) not in cards(browser)


def test_the_bureau_is_told_of_other_units_duty_by_duty(world: World) -> None:
    world.move_at_once("2026-12-15")
    with world.office.write(world.clock.now()) as desk:
        answer.report(desk, Act(world.officer("水务局"), "telegram"), world.part("水务局", "年度案卷评查").id)
    browser = world.signed_in(world.officer("司法局", "bureau"))
    browser.get("/inbox")
    elsewhere = browser.text.partition("通报")[2].partition("本单位")[0]
    assert elsewhere.count("年度案卷评查") == 1
    assert "16 个单位逾期" in elsewhere, "18, without its own and the one that reported"
    assert "/ledger?plan=three-duties&amp;state=overdue" in elsewhere
    assert "已办结" not in browser.text
