"""Every page before a judge of accessibility, folds open too: no serious finding, on a phone and in the dark."""

import re

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.judges import axe
from tests.web.browsing import DESK, PHONE, opened, sign_in
from tests.web.test_acts import ask, deny, report
from tests.web.world import World
from usecases import announce

pytestmark = pytest.mark.browser
UNIT, TITLE = "综合执法局", "年度案卷评查"
OPEN_ALL = """[...document.querySelectorAll('details')].slice(0, 20).forEach(
  fold => { fold.removeAttribute('name'); fold.open = true; })"""


@pytest.fixture(scope="module")
def script() -> str:
    try:
        return axe.source()
    except axe.NotInstalled as error:
        pytest.skip(str(error))


def judged(page: Page, world: World, script: str, paths: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in paths:
        page.goto(world.base_url + path)
        page.evaluate(OPEN_ALL)
        if grave := axe.findings(page, script):
            found[path] = grave
    return found


def test_the_judge_finds_what_is_wrong(browser: Chromium, script: str) -> None:
    with opened(browser) as (_, page):
        page.set_content("<html><body><input><img src='data:,'></body></html>")
        assert {rule for _, rule, _ in axe.findings(page, script)} >= {"label", "image-alt"}


def test_an_officers_pages(served: World, browser: Chromium, script: str) -> None:
    ask(served)
    uid = served.part(UNIT, TITLE).uid
    with opened(browser, viewport=PHONE) as (_, page):
        sign_in(page, served, UNIT)
        assert judged(page, served, script, ("/inbox", f"/parts/{uid}", "/me", "/subscribe")) == {}


def test_the_bureaus_pages(served: World, browser: Chromium, script: str) -> None:
    report(served, "水务局")
    ask(served)
    deny(served)
    bureau = served.officer("司法局", "bureau")
    with served.office.write(served.clock.now()) as desk:
        held = announce.draft(desk, bureau, "请于周五前报结", {"to": "all"})
    paths = (
        *("/ledger", "/ledger?state=overdue", "/ledger?view=grid", "/ledger?view=month", "/decisions", "/letters"),
        *(
            "/announce",
            f"/announce/{held.id}",
            "/pause",
            "/roster",
            f"/roster/people/{bureau.id}",
            "/plans",
            "/reports",
        ),
        f"/parts/{served.part(UNIT, TITLE).uid}",
    )
    with opened(browser, viewport=DESK, color_scheme="dark") as (_, page):
        sign_in(page, served, "司法局", "bureau")
        assert judged(page, served, script, paths) == {}
        page.goto(f"{served.base_url}/ledger?state=overdue")
        page.get_by_role("button", name=re.compile("全部催办")).click()
        assert axe.findings(page, script) == []
