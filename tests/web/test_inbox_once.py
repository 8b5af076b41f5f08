"""A form has its effect once, and only for whom it concerns: replays, second presses, forged and foreign ones."""

import pytest

from ruqi.serve import converse
from tests.web.reading import UNIT, data_of, verbs
from tests.web.world import Browser, World
from usecases.inbox import handle_waiting, take_in
from web.intake import handler
from web.talk import CHANNEL, account


@pytest.fixture
def browser(world: World) -> Browser:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/inbox")
    return browser


def test_a_form_sent_again_changes_nothing_and_shows_the_first_answer(world: World, browser: Browser) -> None:
    part = world.part(UNIT, "年度案卷评查")
    form = browser.form("/inbox/report", lambda f: f["part"] == str(part.id), words="已评查")
    browser.follow(form)
    after, page = world.dump(), browser.text
    for _ in range(3):
        browser.follow(form)
    assert world.dump() == after
    assert browser.text.count("已记录：") == page.count("已记录：") == 1


def test_the_second_of_two_people_is_told_who_was_first(world: World) -> None:
    part = world.part("司法局", "年度案卷评查")
    pages = [world.signed_in(world.officer("司法局", role)) for role in ("officer", "deputy")]
    for page in pages:
        page.get(f"/parts/{part.uid}")
    forms = [page.form("/inbox/press", data_of("receive", part.id)) for page in pages]
    for form, page in zip(forms, pages, strict=True):
        page.follow(form)
    assert verbs(world) == ["receive"]
    pages[1].get("/inbox")
    assert f"已由{world.officer('司法局').name}于" in pages[1].text


def test_a_part_of_another_unit_is_politely_refused(world: World, browser: Browser) -> None:
    foreign, own = world.part("水务局", "年度案卷评查"), world.part(UNIT, "年度案卷评查")
    report = browser.form("/inbox/report", lambda f: f["part"] == str(own.id))
    receive = browser.form("/inbox/press", data_of("receive", own.id))
    report.fields["part"] = str(foreign.id)
    receive.fields["data"] = f"v1:receive:{foreign.id}"
    for form in (report, receive):
        browser.follow(form)
        assert "没有改动" in browser.text
    assert world.part("水务局", "年度案卷评查").state == "open"
    assert verbs(world) == []


@pytest.mark.parametrize(
    "data", ["v1:receive:99999999", "v9:receive:1", "receive", "v1:receive:-1", "v1:drop table:1", "收到"]
)
def test_a_forged_button_changes_nothing(world: World, browser: Browser, data: str) -> None:
    form = browser.form("/inbox/press")
    form.fields["data"] = data
    browser.follow(form)
    assert verbs(world) == []


def test_what_no_page_sends_is_refused(world: World, browser: Browser) -> None:
    form = browser.form("/inbox/say", words="收1")
    before = world.dump()
    for wrong in ({"once": ""}, {"once": "<script>"}, {"words": "x" * 2001}):
        form.fields |= wrong
        assert browser.send(form).status_code == 400
    press = browser.form("/inbox/press")
    press.fields["data"] = "x" * 65
    assert browser.send(press).status_code == 400
    assert world.dump() == before


def test_a_text_of_a_crashed_moment_is_kept_and_handled_later(world: World, browser: Browser) -> None:
    """What was stored before the program died is handled by the next beat, once."""
    part = world.part(UNIT, "年度案卷评查")
    with world.office.write(world.clock.now()) as desk:
        take_in(
            desk,
            channel=CHANNEL,
            account=account(world.officer(UNIT)),
            source_id="x" * 16,
            payload={"text": f"收{part.code}"},
        )
    browser.get("/inbox")
    assert "已收到，正在处理" in browser.text
    for _ in range(2):
        handle_waiting(world.office, world.clock.now(), CHANNEL, handler(converse))
    assert verbs(world) == ["receive"]
    browser.get("/inbox")
    assert "已签收" in browser.text
