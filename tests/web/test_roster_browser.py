"""The roster in a real browser, with scripts and without: a code for somebody, a list from file to report."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from ruqi.rosters import rosters
from ruqi.serve import converse
from tests.web import roster_files
from tests.web.browsing import DESK, PHONE, opened, sign_in
from tests.web.conftest import MakeWorld
from tests.web.world import World
from web.app import create_app

pytestmark = pytest.mark.browser

ROWS = [
    ("1", "综合执法局", "", "王新民", "法制科副科长", "", ""),
    ("2", "示例档案馆", "事业单位", "陈晓", "办公室主任", "", ""),
    ("3", "示例城市管理综合执法局", "", "周平", "", "", ""),
]


@pytest.fixture
def make_world(make_world: MakeWorld) -> MakeWorld:
    """The sample office with the room of the documents wired in."""

    def make(**options: object) -> World:
        world = make_world(**options)
        world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, rosters=rosters())
        return world

    return make


@pytest.mark.parametrize(
    ("size", "scripts", "scheme"),
    [(PHONE, False, "light"), (PHONE, True, "dark"), (DESK, True, "light")],
    ids=["phone-plain", "phone-dark", "desk"],
)
def test_from_a_file_to_the_report(
    served: World, browser: Chromium, tmp_path: Path, *, size: dict[str, int], scripts: bool, scheme: str
) -> None:
    file = tmp_path / "联络员名单.xlsx"
    file.write_bytes(roster_files.xlsx(ROWS))
    with opened(browser, scripts=scripts, viewport=size, color_scheme=scheme) as (_, page):
        sign_in(page, served, "司法局", "bureau")
        page.get_by_role("link", name="名册").click()
        expect(page.locator("h1")).to_have_text("名册")
        page.get_by_label("文件").set_input_files(file)
        page.get_by_role("button", name="试算").click()
        expect(page.locator("h1")).to_have_text("核对名册")
        expect(page.locator("main")).to_contain_text("“联络员”第 4 行")
        page.get_by_role("button", name="确认导入").click()
        expect(page.locator("h1")).to_have_text("名册已导入")
        page.get_by_role("link", name="返回名册").click()
        page.get_by_label("单位、类别或姓名").fill("示例档案馆")
        page.get_by_role("button", name="查找").click()
        expect(page.locator(".roster .unit")).to_have_count(1)
        page.get_by_role("button", name="给陈晓发邀请码").click()
        expect(page.locator("#secret")).to_have_value(re.compile("^/start [A-Za-z0-9_-]{20,}$"))
