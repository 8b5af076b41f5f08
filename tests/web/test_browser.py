"""In a real browser: signing in, pressing 办结, the card changing, with scripts and without; nothing cut off."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.web.browsing import DESK, PHONE, opened, sign_in
from tests.web.world import World

pytestmark = pytest.mark.browser

UNIT = "综合执法局"
TITLE = "年度案卷评查"
TOUCHED = "button:visible, select:visible, input:not([type=checkbox]):visible, .tap:visible, .fold > summary:visible"


@pytest.mark.parametrize("scripts", [True, False])
def test_report_changes_the_card_with_and_without_scripts(served: World, browser: Chromium, scripts: bool) -> None:
    part = served.part(UNIT, TITLE)
    with opened(browser, scripts=scripts, viewport=PHONE) as (_, page):
        sign_in(page, served, UNIT)
        expect(page.locator(".card").first).to_contain_text(TITLE)
        card = page.locator(f"#p{part.id}")
        expect(card).to_have_attribute("data-state", "open")
        card.get_by_text("办结", exact=True).click()
        card.get_by_label("文号或说明").fill("示执发〔2026〕12号")
        card.get_by_role("button", name="确认办结").click()
        expect(card).to_have_attribute("data-state", "reported")
        expect(page.locator("#talk")).to_contain_text(f"已记录：办{part.code}")
        assert served.part(UNIT, TITLE).note == "示执发〔2026〕12号"
        page.locator("#words").fill("撤销")
        page.get_by_role("button", name="发送").click()
        expect(card).to_have_attribute("data-state", "open")
        page.reload()
        expect(card).to_have_attribute("data-state", "open")


def test_the_list_looks_again_by_itself(served: World, browser: Chromium) -> None:
    part = served.part(UNIT, TITLE)
    with opened(browser, viewport=PHONE) as (_, page), opened(browser, viewport=PHONE) as (_, other):
        for one in (page, other):
            sign_in(one, served, UNIT)
        page.locator(f"#p{part.id}").get_by_role("button", name="签收").click()
        expect(other.locator(f"#p{part.id}")).to_have_attribute("data-state", "received")


def test_it_leaves_alone_what_somebody_is_writing(served: World, browser: Chromium) -> None:
    part = served.part(UNIT, TITLE)
    with opened(browser, viewport=PHONE) as (_, page), opened(browser, viewport=PHONE) as (_, other):
        for one in (page, other):
            sign_in(one, served, UNIT)
        note = other.locator(f"#p{part.id}").get_by_label("文号或说明")
        other.locator(f"#p{part.id}").get_by_text("办结", exact=True).click()
        note.fill("写了一半")
        page.locator(f"#p{part.id}").get_by_role("button", name="签收").click()
        other.wait_for_timeout(3_000)
        expect(note).to_have_value("写了一半")


def test_the_keyboard_alone_is_enough(served: World, browser: Chromium) -> None:
    part = served.part(UNIT, TITLE)
    with opened(browser, viewport=DESK) as (_, page):
        sign_in(page, served, UNIT)
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("跳到正文")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.locator(":focus").get_attribute("class") == "main" and page.locator(f"#p{part.id} :focus").count():
                break
        page.keyboard.press("Enter")
        expect(page.locator(f"#p{part.id}")).to_have_attribute("data-state", "received")


def test_the_ledger_prints_as_an_office_would_file_it(served: World, browser: Chromium) -> None:
    with opened(browser, viewport=DESK) as (_, page):
        sign_in(page, served, "司法局", "bureau")
        page.goto(served.base_url + "/ledger?plan=three-duties")
        page.emulate_media(media="print")
        expect(page.locator("h1:visible")).to_have_text("三项常规工作（示例）")
        expect(page.locator("header.print-only")).to_contain_text("2026年12月2日(周三)")
        expect(page.locator("table.filed")).to_contain_text("2026-11-30")
        assert page.locator("button:visible, form:visible, nav:visible, summary:visible").count() == 0


def test_a_day_passes_at_the_press_of_a_button(served: World, browser: Chromium) -> None:
    with opened(browser, viewport=PHONE) as (_, page):
        sign_in(page, served, UNIT)
        page.get_by_role("button", name="下一天").click()
        expect(page.locator(".travel")).to_contain_text("2026年12月3日(周四)")
        expect(page.locator("h1")).to_contain_text("12月3日(周四)")
