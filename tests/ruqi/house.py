"""`ruqi run` as a program of its own, on a free port, with what it printed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

PROGRAM = Path(sys.executable).with_name("ruqi")
READY_LIMIT = 30.0


@dataclass(slots=True)
class Running:
    """A started program. `links` are the addresses it showed, the first is its own."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ready_after: float = 0.0
    browsers: list[httpx.Client] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.links[0]

    def read_until(self, words: str) -> None:
        started = time.monotonic()
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            self.links += re.findall(r"http://\S+", line)
            if words in line:
                self.ready_after = time.monotonic() - started
                return
        assert self.process.stderr
        raise AssertionError("it ended before it was ready:\n" + self.process.stderr.read())

    def signed_in(self, link: str) -> tuple[httpx.Client, httpx.Response]:
        """A browser that has gone through the door."""
        browser = httpx.Client(base_url=self.url, follow_redirects=True, headers={"origin": self.url}, timeout=60)
        self.browsers.append(browser)
        page = browser.get(link)
        return browser, browser.post(link, data=form(page, page.url.path))

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, float, str]:
        """The exit code, the seconds it took, and what stood on standard error."""
        started = time.monotonic()
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=120)
        return self.process.returncode, time.monotonic() - started, said


def form(page: httpx.Response, action: str) -> dict[str, str]:
    """What a form of the page would send by itself: its hidden fields."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)
    assert found, f"no form for {action} in\n{page.text}"
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0])
    return dict(hidden)


@contextmanager
def running(*words: str, program: Sequence[str | Path] = (PROGRAM,), **settings: str) -> Iterator[Running]:
    env = os.environ | {"PYTHONUNBUFFERED": "1", **settings}
    command: list[str | Path] = [*program, "run", "--port", "0", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    started = Running(process)
    try:
        started.read_until("Ctrl-C")
        yield started
    finally:
        for browser in started.browsers:
            browser.close()
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=60)
