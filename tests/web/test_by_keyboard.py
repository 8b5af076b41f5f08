"""A whole task on each page by the keyboard alone: Tab until it is there, then type, Space or Enter.

Nothing is clicked and nothing is focused by a script. That Tab reaches everything, in order and visibly, is the tour's.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from plans import library
from ruqi.documents import documents
from ruqi.serve import converse
from ruqi.sheets import sheets
from storage import announcements, leaves, parts, people, plans
from storage.tables import delivery
from tests.web import plan_files
from tests.web.browsing import DESK, PHONE, opened, sign_in
from tests.web.conftest import MakeWorld
from tests.web.keys import Keys
from tests.web.test_acts import report
from tests.web.touring import NOTED, filled_in
from tests.web.world import World
from usecases import feed, pause
from usecases.import_plan import import_plan
from web.app import create_app

pytestmark = pytest.mark.browser
UNIT, TITLE = "综合执法局", "年度案卷评查"
MAIL = "someone@example.org"


@pytest.fixture
def make_world(make_world: MakeWorld) -> MakeWorld:
    """The sample office with the room of the documents wired in; the bureau verifies, one unit has reported."""

    def make(**options: object) -> World:
        world = make_world(**options)
        plan = library.load("three-duties").plan
        assert plan
        with world.office.write(world.clock.now()) as desk:
            import_plan(desk, replace(plan, verification="bureau"))
        wired = {"documents": documents(), "sheets": sheets()}
        world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, **wired)  # type: ignore[arg-type] # one of each
        return world

    return make


def nudge_from_the_ledger(keys: Keys) -> None:
    keys.go("台账")
    keys.next_choice(keys.page.get_by_label("状态"))
    keys.enter(keys.button("筛选"))
    keys.page.wait_for_url(re.compile("state=overdue"))
    keys.tick(keys.page.locator("td.tick input").first)
    keys.back_to(keys.page.locator("#bulk button[value=nudge]"))
    keys.page.keyboard.press("Enter")
    keys.write(keys.page.get_by_label("附一句话"), "请今天报结")
    keys.enter(keys.button("确认催办 1 件"))
    keys.said("催办")


def verify_one(keys: Keys) -> None:
    keys.go("请您定")
    keys.enter(keys.button("销号"))
    keys.said("已销号")
    assert keys.world.part("水务局", TITLE).state == "verified"


def hold_a_letter(keys: Keys) -> None:
    keys.go("请您定")
    keys.enter(keys.page.get_by_role("link", name=re.compile("督办单和通报")))
    keys.page.wait_for_url(re.compile("/letters"))
    fold = keys.page.locator("main details.fold").first
    keys.enter(fold.locator("summary"))
    keys.write(fold.locator("input[name=words]"), "单位已书面说明")
    keys.enter(fold.locator("button"))
    keys.said("已暂缓")


def announce_to_all(keys: Keys) -> None:
    keys.menu("发通知")
    keys.write(keys.page.get_by_label("内容"), "请核对联络员名单")
    keys.enter(keys.button("看效果"))
    keys.enter(keys.button("确认发送给"))
    keys.said("通知已发给")
    with keys.world.store.read() as tx:
        assert [one.text for one in announcements.sent_since(tx, keys.world.clock.now() - timedelta(1))] == [
            "请核对联络员名单"
        ]


def resume_what_is_paused(keys: Keys) -> None:
    keys.menu("暂停提醒")
    keys.enter(keys.button("现在恢复"))
    keys.said("已恢复")


def begin_a_pause(keys: Keys) -> None:
    keys.menu("暂停提醒")
    keys.next_choice(keys.page.get_by_label("暂停哪些"))
    keys.day(keys.page.get_by_label("到哪一天为止"), date(2026, 12, 18))
    keys.write(keys.page.get_by_label("原因"), "机房检修")
    keys.enter(keys.button("暂停提醒"))
    keys.said("已暂停到12月18日")
    with keys.world.office.read(keys.world.clock.now()) as desk:
        (held,) = pause.paused(desk).plans.values()
    assert (held.until, held.reason) == (date(2026, 12, 18), "机房检修")


def give_the_ledger_back(keys: Keys, workbook: Path) -> None:
    keys.go("统计")
    keys.to(keys.page.locator("input[type=file]"))
    keys.choose(workbook)
    keys.enter(keys.button("读取"))
    keys.page.wait_for_url(re.compile("/reports/ledgers/"))
    keys.enter(keys.button("确认登记"))
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("交回的台账：已登记")
    with keys.world.store.read() as tx:
        assert [one.state for one in parts.all_parts(tx) if one.note == NOTED] == ["reported"]


def ask_leave(keys: Keys) -> None:
    keys.menu("我的设置")
    keys.day(keys.page.get_by_label("从哪天"), date(2026, 12, 7))
    keys.day(keys.page.get_by_label("到哪天"), date(2026, 12, 11))
    keys.enter(keys.button("请假"))
    keys.said("已请假")
    with keys.world.store.read() as tx:
        (taken,) = leaves.leaves(tx, since=date(2026, 12, 2))
    assert (taken.first_day, taken.last_day) == (date(2026, 12, 7), date(2026, 12, 11))


def add_a_mail_address(keys: Keys) -> None:
    """The code is read where it would arrive: in the letter that is to be sent."""
    keys.menu("我的设置")
    keys.write(keys.page.get_by_label("邮箱地址"), MAIL)
    keys.page.keyboard.press("Enter")
    keys.said("验证码已发到")
    with keys.world.store.read() as tx:
        (code,) = re.findall(r"如期验证码：(\d{6})", str(tx.execute(delivery.select()).mappings().all()))
    keys.write(keys.page.get_by_label("验证码"), code)
    keys.page.keyboard.press("Enter")
    keys.said("已添加")
    with keys.world.store.read() as tx:
        assert [one.address for one in people.contacts(tx, [keys.world.officer(UNIT).id])] == [MAIL]


def upload_a_plan_and_switch_it_on(keys: Keys, document: Path) -> None:
    keys.go("方案")
    keys.to(keys.page.get_by_label("文件", exact=True))
    keys.choose(document)
    keys.enter(keys.button("读取"))
    keys.page.wait_for_url(re.compile(r"/plans/drafts/\d+$"))
    keys.enter(keys.page.get_by_role("link", name="下一步"))
    keys.enter(keys.button("确认，去预览"))
    keys.page.wait_for_url(re.compile("/preview$"))
    keys.enter(keys.button("启用方案"))
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("方案已启用")
    with keys.world.store.read() as tx:
        assert plan_files.TITLE in {plan.title for plan in plans.all_plans(tx)}


def invite_somebody(keys: Keys) -> None:
    keys.go("名册")
    keys.write(keys.page.get_by_label("单位、类别或姓名"), "水务局")
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_url(re.compile("find="))
    keys.enter(keys.page.locator("button[value=invite]").first)
    expect(keys.page.locator("#secret")).to_have_value(re.compile("^/start "))


def take_the_ledger_of_one_plan_home(keys: Keys) -> None:
    keys.go("统计")
    keys.next_choice(keys.page.get_by_label("方案"))
    keys.enter(keys.button("查看"))
    keys.page.wait_for_url(re.compile("plan=[^&]+"))
    keys.to(keys.page.get_by_role("link", name="下载工作台账"))
    with keys.page.expect_download() as download:
        keys.page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")


def subscribe(keys: Keys) -> None:
    keys.go("日历")
    keys.enter(keys.button("生成地址"))
    expect(keys.page.locator("#new")).to_be_visible()
    with keys.world.office.read(keys.world.clock.now()) as desk:
        assert len(feed.list_feeds(desk, keys.world.officer("司法局", "bureau"))) == 1


def be_reminded_earlier(keys: Keys) -> None:
    keys.menu("我的设置")
    keys.next_choice(keys.page.get_by_label("时间", exact=True))
    keys.enter(keys.button("保存"))
    keys.said("以后每天 08:30 发提醒")


BUREAU: tuple[Callable[[Keys], None], ...] = (
    nudge_from_the_ledger,
    verify_one,
    hold_a_letter,
    resume_what_is_paused,
    begin_a_pause,
    announce_to_all,
    invite_somebody,
    take_the_ledger_of_one_plan_home,
    subscribe,
    be_reminded_earlier,
)


def test_the_bureaus_pages(served: World, browser: Chromium, tmp_path: Path) -> None:
    report(served, "水务局")
    bureau, document, workbook = served.officer("司法局", "bureau"), tmp_path / "方案.docx", tmp_path / "台账.xlsx"
    document.write_bytes(plan_files.docx())
    workbook.write_bytes(filled_in(served.signed_in(bureau), "已报结"))
    with served.office.write(served.clock.now()) as desk:
        pause.pause(desk, bureau, date(2026, 12, 11), "系统迁移")
    with opened(browser, viewport=DESK) as (_, page):
        sign_in(page, served, "司法局", "bureau")
        keys = Keys(page, served)
        for task in BUREAU:
            task(keys)
        upload_a_plan_and_switch_it_on(keys, document)
        give_the_ledger_back(keys, workbook)


def test_an_officers_pages(served: World, browser: Chromium) -> None:
    """From the inbox to the part, the report made there; then leave, and another way to be reached."""
    part = served.part(UNIT, TITLE)
    with opened(browser, viewport=PHONE) as (_, page):
        sign_in(page, served, UNIT)
        keys = Keys(page, served)
        keys.enter(page.locator(f"#p{part.id} h3 a"))
        page.wait_for_url(re.compile("/parts/"))
        keys.enter(page.get_by_text("办结", exact=True))
        keys.write(page.get_by_label("文号或说明"), "示执发〔2026〕12号")
        keys.enter(keys.button("确认办结"))
        expect(page.locator("#said")).to_contain_text("已记录")
        assert served.part(UNIT, TITLE).note == "示执发〔2026〕12号"
        keys.enter(keys.button("撤销"))
        keys.said("已撤销")
        ask_leave(keys)
        add_a_mail_address(keys)
