"""The first run, as a newcomer has it: `ruqi run` in an empty folder, a real browser, kill -9, and all still there."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import icalendar
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=20_000)
pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

RUQI = Path(sys.executable).with_name("ruqi")
LINK = re.compile(r"https?://\S+/(?:in|feeds)/\S+")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")
PATIENCE = 60


@dataclass(frozen=True)
class Running:
    """A started Ruqi and the three links it printed, in their order."""

    process: subprocess.Popen[str]
    inbox: str
    ledger: str
    feed: str


@contextmanager
def running(folder: Path, port: int) -> Iterator[Running]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RUQI_")} | {"RUQI_PORT": str(port)}
    process = subprocess.Popen([RUQI, "run"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield Running(process, *_links(process))
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _links(process: subprocess.Popen[str]) -> list[str]:
    links: list[str] = []
    patience = threading.Timer(PATIENCE, process.kill)
    patience.start()
    assert process.stdout is not None
    for line in process.stdout:
        links += LINK.findall(line)
        if len(links) == 3:
            break
    patience.cancel()
    assert len(links) == 3, f"only these links came: {links}"
    return links


@pytest.fixture
def port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET, timeout=180_000)
        yield started
        started.close()


def enter(browser: Browser, link: str) -> Page:
    page = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}).new_page()
    page.goto(link)
    page.get_by_role("main").get_by_role("button").click()
    return page


def summaries(feed: str) -> list[str]:
    with urlopen(feed) as answer:  # noqa: S310 our own server on loopback
        calendar = icalendar.Calendar.from_ical(answer.read())
    return [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]


def test_a_report_in_the_browser_changes_card_ledger_and_feed_and_outlives_a_kill(
    tmp_path: Path, port: int, browser: Browser
) -> None:
    with running(tmp_path, port) as ruqi:
        officer = enter(browser, ruqi.inbox)
        card = officer.locator(".card").first
        expect(card).to_be_visible()
        title = card.get_by_role("heading").inner_text()
        assert not any("✅" in summary for summary in summaries(ruqi.feed))
        card.get_by_text("办结", exact=True).click()
        card.get_by_role("textbox").first.fill("红司发〔2026〕5号")
        card.locator("form[action='/inbox/report'] button").click()
        expect(officer.locator(".card", has_text=title).first).to_contain_text("已报结")
        assert [title in summary for summary in summaries(ruqi.feed) if "✅" in summary] == [True]
        bureau = enter(browser, ruqi.ledger)
        expect(bureau.get_by_role("main")).to_contain_text(re.compile(r"\b1/\d+"))
        ruqi.process.send_signal(signal.SIGKILL)
        ruqi.process.wait()
    with running(tmp_path, port) as again:
        assert [title in summary for summary in summaries(again.feed) if "✅" in summary] == [True]
        officer = enter(browser, again.inbox)
        expect(officer.locator(".card", has_text=title).first).to_contain_text("已报结")
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(20) == 0
