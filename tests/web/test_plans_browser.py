"""In a real browser: from a Word file to the first reminder in an officer's inbox, without scripts; nothing cut off."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from ruqi.documents import documents
from ruqi.serve import converse
from tests.web import plan_files
from tests.web.browsing import DESK, PHONE, opened, sign_in
from tests.web.conftest import MakeWorld
from tests.web.world import World
from web.app import create_app

pytestmark = pytest.mark.browser


TITLE = "组织开展年度案卷评查"


@pytest.fixture
def make_world(make_world: MakeWorld) -> MakeWorld:
    """The sample office with the room of the documents wired in."""

    def make(**options: object) -> World:
        world = make_world(**options)
        world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, documents=documents())
        return world

    return make


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "方案.docx"
    path.write_bytes(plan_files.docx())
    return path


def upload(page: Page, world: World, document: Path) -> str:
    page.goto(f"{world.base_url}/plans")
    page.get_by_label("文件", exact=True).set_input_files(document)
    page.get_by_role("button", name="读取").click()
    page.wait_for_url(re.compile(r"/plans/drafts/\d+$"))
    return page.url


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_file_to_the_first_reminder(
    served: World, browser: Chromium, document: Path, size: dict[str, int]
) -> None:
    with opened(browser, scripts=False, viewport=size) as (_, page):
        sign_in(page, served, "司法局", "bureau")
        upload(page, served, document)
        doubtful = page.locator("#d3")
        expect(doubtful).to_contain_text("“适时”没有日期")
        doubtful.get_by_role("link", name="修改").click()
        doubtful.get_by_label("类型").select_option("某日前")
        doubtful.get_by_label("日期(含当日)", exact=True).fill("2027-06-30")
        doubtful.get_by_role("button", name="保存").click()
        expect(doubtful).to_contain_text("2027-06-30 前")
        page.get_by_role("link", name="下一步").click()
        expect(page.get_by_label("对应", exact=True).first).to_have_value("category:执法部门")
        page.get_by_role("button", name="确认，去预览").click()
        page.wait_for_url(re.compile("/preview$"))
        expect(page.locator(".bubble").first).to_contain_text("新任务")
        page.get_by_role("button", name="启用方案").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("方案已启用")
    with opened(browser, viewport=PHONE) as (_, page):
        sign_in(page, served, "综合执法局")
        expect(page.locator(".card").filter(has_text=TITLE)).to_be_visible()
