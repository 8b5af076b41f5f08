"""The closed loop in a real browser: an officer's phone with and without scripts, the bureau's desk."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from storage import evidences
from tests.sample_files import picture
from tests.web.browsing import DESK, PHONE, opened, sign_in, too_faint
from tests.web.test_acts import ask
from tests.web.world import World

pytestmark = pytest.mark.browser
UNIT, TITLE, JOINT = "综合执法局", "年度案卷评查", "年度集中宣誓"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_with_a_photo(served: World, browser: Chromium, tmp_path: Path, scripts: bool) -> None:
    part, photo = served.part(UNIT, TITLE), tmp_path / "签到表.jpg"
    photo.write_bytes(picture())
    with opened(browser, scripts=scripts, viewport=PHONE) as (_, page):
        sign_in(page, served, UNIT)
        card = page.locator(f"#p{part.id}")
        card.get_by_text("办结", exact=True).click()
        card.get_by_label("附件").set_input_files(photo)
        card.get_by_role("button", name="确认办结").click()
        expect(card).to_have_attribute("data-state", "reported")
        expect(card).to_contain_text("附件 1 个")
    with served.store.read() as tx:
        assert [file.name for file in evidences.of_parts(tx, [part.id])] == ["签到表.jpg"]


def test_more_time_is_asked_on_a_phone(served: World, browser: Chromium) -> None:
    part = served.part(UNIT, JOINT)
    with opened(browser, viewport=PHONE) as (_, page):
        sign_in(page, served, UNIT)
        card = page.locator(f"#p{part.id}")
        card.get_by_text("更多", exact=True).click()
        card.get_by_text("申请延期", exact=True).click()
        assert too_faint(page) == []
        card.get_by_label("延到哪一天").fill("2026-12-18")
        card.get_by_label("延期原因").fill("人员未到岗")
        card.get_by_role("button", name="提交申请").click()
        page.wait_for_url(re.compile("/inbox"))
        expect(page.locator(f"#p{part.id}")).to_contain_text("已申请延到12月18日")


def test_the_bureau_decides_one_by_one(served: World, browser: Chromium) -> None:
    ask(served)
    with opened(browser, scripts=False, viewport=DESK) as (_, page):
        sign_in(page, served, "司法局", "bureau")
        page.goto(f"{served.base_url}/decisions")
        waiting = page.locator("#extensions")
        waiting.get_by_text("同意延期", exact=True).click()
        waiting.get_by_label("延到").fill("2026-12-16")
        waiting.get_by_role("button", name="确认同意").click()
        expect(page.locator("#said")).to_be_visible()
        expect(page.locator("#extensions")).to_have_count(0)
        assert served.part(UNIT, JOINT).due == date(2026, 12, 16)
