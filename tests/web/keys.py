"""Somebody without a mouse: Tab until it is there, then type, Space or Enter. Nothing is focused by a script."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect  # noqa: A004 - its own name

from tests.web.world import World

FAR = 150
"""More presses of Tab than any of these pages needs."""
YEAR_FIRST, MONTH_FIRST = ("%Y", "%m", "%d"), ("%m", "%d", "%Y")


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Page, world: World) -> None:
        self.page, self.world = page, world

    def to(self, wanted: Locator) -> None:
        """Tab until the wanted control has the focus."""
        for _ in range(FAR):
            if wanted.evaluate("e => e === document.activeElement || e.contains(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {wanted}")

    def enter(self, wanted: Locator) -> None:
        self.to(wanted)
        self.page.keyboard.press("Enter")

    def tick(self, wanted: Locator) -> None:
        self.to(wanted)
        self.page.keyboard.press("Space")

    def write(self, wanted: Locator, words: str) -> None:
        self.to(wanted)
        self.page.keyboard.insert_text(words)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("button", name=name).first

    def go(self, tab: str) -> None:
        """Along the tabs, which begin each page."""
        self.enter(self.page.get_by_role("navigation").first.get_by_role("link", name=tab, exact=True))
        self.page.wait_for_load_state()

    def choose(self, document: Path) -> None:
        """Open the file chooser of the field that has the focus. Chromium forgets a key now and then: press again."""
        for _ in range(5):
            try:
                with self.page.expect_file_chooser(timeout=10_000) as chooser:
                    self.page.keyboard.press("Enter")
            except TimeoutError:
                continue
            chooser.value.set_files(document)
            return
        raise AssertionError("Enter opened no file chooser")

    def menu(self, entry: str) -> None:
        """The person's own menu, behind their name."""
        self.enter(self.page.locator(".me > summary"))
        self.enter(self.page.locator(".menu").get_by_role("link", name=entry))
        self.page.wait_for_load_state()

    def back_to(self, wanted: Locator) -> None:
        for _ in range(FAR):
            if wanted.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Shift+Tab")
        raise AssertionError(f"Shift and Tab never came to {wanted}")

    def day(self, wanted: Locator, day: date) -> None:
        """Type a day into a date field, in whichever order this browser asks for it."""
        self.to(wanted)
        for order in (YEAR_FIRST, MONTH_FIRST):
            for pattern in order:
                self.page.keyboard.type(f"{day:{pattern}}")
                if pattern == "%Y":
                    self.page.keyboard.press("ArrowRight")
            if wanted.input_value() == day.isoformat():
                return
            for _ in order:
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{day} could not be typed: {wanted.input_value()!r}")

    def next_choice(self, wanted: Locator) -> None:
        """The choice below the present one."""
        self.to(wanted)
        self.page.keyboard.press("ArrowDown")

    def said(self, words: str) -> None:
        expect(self.page.locator("#said")).to_contain_text(words)
