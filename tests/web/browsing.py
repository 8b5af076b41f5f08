"""A real browser before a real server: what the browser tests of the pages share."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.world import World

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 90_000
"""Milliseconds that a page or a change on it may take: machines that run tests are busy ones."""
expect.set_options(timeout=PATIENCE)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8").rstrip().removesuffix(";")


@contextlib.contextmanager
def serving(world: World, sock: socket.socket) -> Iterator[World]:
    """The world's pages behind a real server."""
    server = uvicorn.Server(uvicorn.Config(world.app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    try:
        yield world
    finally:
        world.app.state.live.end()
        server.should_exit = True
        thread.join(10)


@contextlib.contextmanager
def opened(
    browser: Chromium, *, scripts: bool = True, missing: bool = False, **options: object
) -> Iterator[tuple[BrowserContext, Page]]:
    """A page of a fresh profile; what the console complains of fails the test, but for pages `missing` on purpose."""
    context = browser.new_context(java_script_enabled=scripts, locale="zh-CN", **options)  # type: ignore[arg-type] # as they came
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield context, page
    context.close()
    assert [one for one in complaints if not (missing and "status of 404" in one)] == []


def sign_in(page: Page, world: World, unit: str, role: str = "officer") -> None:
    page.goto(world.base_url + world.link(world.officer(unit, role)))
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(re.compile("/(inbox|ledger)$"))


def too_faint(page: Page) -> list[str]:
    found: list[str] = page.evaluate(CONTRAST)
    return found
