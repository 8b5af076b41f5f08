"""Every page there is, on a phone and on a desk, by day and by night, by the keyboard: one office, server and browser.

The pages are those of the application's own routes (`stops`): one that is added and not listed fails here. Contrast is
measured by `contrast.js` in both colour schemes, because axe's own rule takes longer than all its others together.
"""

import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, ViewportSize

from ruqi.serve import converse
from storage.engine import open_store
from storage.files import FileStore
from tests.judges import axe
from tests.web.browsing import opened, serving, too_faint
from tests.web.rules import PUBLIC, RULES
from tests.web.staffed import Office
from tests.web.stops import NO_PAGES, PEOPLE, STOPS, Stop, Who
from tests.web.touring import Tour, fill
from tests.web.world import World

pytestmark = pytest.mark.browser
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 800},
}
TABBING = (Path(__file__).parent / "tabbing.js").read_text(encoding="utf-8").rstrip().removesuffix(";")
OPEN_ALL = """[...document.querySelectorAll('main details:not([open])')].slice(0, 20).forEach(
  fold => { fold.removeAttribute('name'); fold.open = true; fold.dataset.opened = ''; })"""
CLOSE_AGAIN = "[...document.querySelectorAll('[data-opened]')].forEach(fold => { fold.open = false; })"
BAD = (Path(__file__).parent / "bad.html").read_text(encoding="utf-8")
SMALL = """() => [...document.querySelectorAll(
  "button, select, input:not([type=checkbox]), textarea, a.button, .tap, .fold > summary, .check label")]
  .filter(e => e.checkVisibility() && e.type !== 'hidden' && e.getBoundingClientRect().height < 44)
  .map(e => 'too small: ' + e.outerHTML.slice(0, 120))"""


def test_every_page_is_a_stop(office: Office) -> None:
    """The same routes that the authorization matrix goes by."""
    routes = {path for method, path in office.routes() if method == "GET" and not path.startswith("/api/v1/")}
    assert routes == {stop.route for stop in STOPS} | set(NO_PAGES)
    assert {path for method, path in (*RULES, *PUBLIC) if method == "GET"} - routes <= {"/api/v1/openapi.json"}


@pytest.fixture
def tour(filled: Path, tmp_path: Path) -> Iterator[Tour]:
    path = tmp_path / "ruqi.db"
    shutil.copy(filled, path)
    store = open_store(f"sqlite:///{path}")
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{sock.getsockname()[1]}"
        world = World(store, converse, files=FileStore(tmp_path / "files"), base_url=address, movable=True)
        world.move_at_once("2026-12-02")
        toured = fill(world)
        with serving(world, sock):
            yield toured
    store.close()


@pytest.fixture
def windows(tour: Tour, browser: Chromium) -> Iterator[dict[Who, Page]]:
    """A window for each kind of person, signed in."""
    with ExitStack() as stack:
        pages: dict[Who, Page] = {"guest": stack.enter_context(opened(browser, missing=True))[1]}
        for who, (unit, role) in PEOPLE.items():
            page = pages[who] = stack.enter_context(opened(browser, missing=True))[1]
            page.goto(tour.world.base_url + tour.world.link(tour.world.officer(unit, role)))
            page.get_by_role("main").get_by_role("button").click()
            page.wait_for_url(re.compile("/(inbox|ledger)$"))
        yield pages


@pytest.mark.timeout(1200)
def test_every_page_is_fit_to_be_seen_and_to_be_used_by_the_keyboard(tour: Tour, windows: dict[Who, Page]) -> None:
    (script, absent), wrong = judge(), dict[str, object]()
    for stop in STOPS:
        page = windows[stop.who]
        arrive(page, tour, stop)
        for name, size in SIZES.items():
            page.set_viewport_size(size)
            found = tabbed(page)
            page.evaluate(OPEN_ALL)
            found += [*too_wide(page), *page.evaluate(SMALL), *faint(page)]
            found += axe.findings(page, script) if script else []
            page.evaluate(CLOSE_AGAIN)
            if found:
                wrong[f"{stop}, {name}"] = found
    assert wrong == {}
    if absent:
        pytest.skip(absent)


def test_the_judges_find_what_is_wrong(browser: Chromium) -> None:
    """A page on which everything is wrong that the tour looks for."""
    with opened(browser, viewport=SIZES["phone"]) as (_, page):
        page.set_content(BAD)
        assert too_wide(page) != []
        assert len(faint(page)) == 2
        assert any("too small" in one for one in page.evaluate(SMALL))
        walked = " ".join(tabbed(page))
        for word in ("not reached", "no ring", "covered", "jumps back up"):
            assert word in walked, walked
        script, absent = judge()
        if absent:
            pytest.skip(absent)
        assert {rule for _, rule, _ in axe.findings(page, script)} >= {"label", "image-alt"}


def judge() -> tuple[str, str]:
    """The script of axe, or else why it is not there; all else is judged without it."""
    try:
        return axe.source(), ""
    except axe.NotInstalled as error:
        return "", str(error)


def arrive(page: Page, tour: Tour, stop: Stop) -> None:
    page.goto(tour.world.base_url + (stop.path or tour.path(stop.name)))
    if stop.press:
        page.locator(stop.press).first.click()
        page.wait_for_load_state()


def tabbed(page: Page) -> list[str]:
    """Tab through everything, as the page opens."""
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    for _ in range(page.evaluate(TABBING)):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate("tabbed()")
    return found


def too_wide(page: Page) -> list[str]:
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"wider than the window: {width}"] if width[0] > width[1] else []


def faint(page: Page) -> list[str]:
    found = list[str]()
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found += [f"faint, {scheme}: {one}" for one in too_faint(page)]
    return found
