"""A trial: the real `ruqi run` on a movable clock, the fake Bot API beside it, and a page that moves the days."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from tests.bot_api import BotApi, Person
from tests.ruqi.house import PROGRAM, Running, form, running

ZONE = ZoneInfo("Asia/Shanghai")
_CLOCK = re.compile(r"<span>[^<]*?(\d+)年(\d+)月(\d+)日[^<]*?(\d+):(\d+)[^<]*</span>")


@dataclass(slots=True)
class Trial:
    """One running trial. Telegram's clock follows Ruqi's at each step."""

    api: BotApi
    program: Running
    settings: dict[str, str]
    browser: httpx.Client

    @property
    def now(self) -> datetime:
        """What the time machine on the page shows, in local time."""
        found = _CLOCK.search(self.browser.get("/ledger").text)
        assert found, "the page shows no clock"
        year, month, day, hour, minute = (int(part) for part in found.groups())
        return datetime(year, month, day, hour, minute, tzinfo=ZONE)

    def presses_clock(self, step: str) -> None:
        """Press a button of the time machine: next-day, hour or next-reminder."""
        page = self.browser.get("/ledger")
        answer = self.browser.post(f"/clock/{step}", data=form(page, f"/clock/{step}"))
        assert answer.is_success, answer.text
        self.api.set_clock(self.now.astimezone(UTC), frozen=True)

    def invites(self, name: str) -> str:
        """What `ruqi officer invite NAME --json` gives a person to send: `/start CODE`."""
        done = self.ruqi("officer", "invite", name, "--json")
        return str(json.loads(done.stdout)["command"])

    def ruqi(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the command line on the same database."""
        return subprocess.run(
            [PROGRAM, *words], env=os.environ | self.settings, capture_output=True, text=True, check=True, timeout=60
        )

    def binds(self, person: Person, name: str) -> None:
        person.says(self.invites(name))
        person.waits_for(lambda seen: "绑定" in seen.text)


@contextmanager
def trial(folder: Path, start: datetime) -> Iterator[Trial]:
    """Start both in `folder`, signed in as the bureau; `start` is a local wall clock."""
    with BotApi.in_process(ledger=folder / "telegram.jsonl") as api:
        api.set_clock(start.astimezone(UTC), frozen=True)
        settings = {
            "RUQI_DATA_DIR": str(folder / "data"),
            "RUQI_DATABASE_URL": f"sqlite:///{folder / 'trial.db'}",
            "RUQI_TELEGRAM_TOKEN": api.token,
            "RUQI_TELEGRAM_BASE_URL": api.url,
        }
        (folder / "data").mkdir(exist_ok=True)
        with running("--clock", f"{start:%Y-%m-%dT%H:%M}", "--speed", "0", **settings) as program:
            browser, _ = program.signed_in(next(link for link in program.links[2:] if "/in/" in link))
            yield Trial(api, program, settings, browser)
