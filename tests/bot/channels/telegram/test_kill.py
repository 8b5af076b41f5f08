"""kill -9, again and again, around the moment in which an update arrives: nothing is lost, nothing is done twice.

The shipped program, a fake Telegram that outlives it, a real database. The delays walk the kill from before the update
is handed out, over stored and not handled, to handled and not answered.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.channels.telegram.menu import menus
from scheduler.clock import MovableClock
from storage import evidences, inbox, parts, timeline
from storage.files import FileStore
from storage.rows import Evidence
from storage.tables import delivery, evidence
from tests.bot.channels.telegram.conftest import opened
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.seen import Seen
from tests.sample_files import PDF
from tests.scheduler.office import Bureau

RUQI = str(Path(sys.executable).parent / "ruqi")
DELAYS = {"sqlite": (0.0, 0.012, 0.08), "postgres": (0.004, 0.03, 0.25)}
"""Seconds between an update and the kill; each database takes every second step of one walk."""
CODES = range(1, 7)


@dataclass(frozen=True)
class Program:
    """The program as a user starts it; `here` looks into its database."""

    environment: dict[str, str]
    here: Bureau

    @property
    def kind(self) -> str:
        return "sqlite" if self.environment["RUQI_DATABASE_URL"].startswith("sqlite") else "postgres"

    @contextmanager
    def running(self) -> Iterator[None]:
        process = subprocess.Popen([RUQI, "run"], env=self.environment, stdout=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.kill()
            process.wait()

    def waiting(self) -> int:
        with self.here.office.read(self.here.clock.now()) as desk:
            return len(inbox.waiting(desk.tx))

    def texts(self, account: str) -> list[str]:
        """What is stored of what was said to the bot, in the order of arrival."""
        with self.here.office.read(self.here.clock.now()) as desk:
            rows = inbox.talk_of(desk.tx, "telegram", account, limit=1000)
        return [row.payload["message"]["text"] for row in rows]

    def let_leases_run_out(self) -> None:
        """What a minute would do: a message that was being sent at the kill may be tried again."""
        now = self.here.clock.now()
        with self.here.office.write(now) as desk:
            desk.tx.execute(update(delivery).where(delivery.c.state == "sending").values(lease_until=now))

    def let_waits_run_out(self) -> None:
        """What some seconds would do: a file that could not be fetched may be tried again."""
        with self.here.office.write(self.here.clock.now()) as desk:
            desk.tx.execute(update(evidence).values(next_try_at=None))

    def files(self) -> list[Evidence]:
        with self.here.office.read(self.here.clock.now()) as desk:
            return evidences.of_parts(desk.tx, list(CODES))

    def opened(self, file: Evidence) -> bytes | None:
        return FileStore(Path(self.environment["RUQI_DATA_DIR"]) / "evidence").get(file.sha256)

    def receipts(self) -> dict[int, int]:
        """How often each part was received, by its code."""
        with self.here.office.read(self.here.clock.now()) as desk:
            held = parts.by_ids(desk.tx, list(CODES))
            return {p.code: sum(r.verb == "receive" for r in timeline.of_part(desk.tx, p.id)) for p in held.values()}


@pytest.fixture
def program(bot_api_process: BotApi, database_url: str, tmp_path: Path) -> Iterator[Program]:
    settings = {
        "RUQI_DATA_DIR": str(tmp_path),
        "RUQI_DATABASE_URL": database_url,
        "RUQI_PORT": "0",
        "RUQI_TELEGRAM_TOKEN": bot_api_process.token,
        "RUQI_TELEGRAM_BASE_URL": bot_api_process.url,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RUQI_")}
    for here in opened(database_url):
        here.clock = MovableClock(datetime.now(UTC), speed=1.0)
        here.enroll("telegram", "1001")
        here.assign(*(here.clock.now().date() + timedelta(days=200 + code) for code in CODES))
        yield Program(kept | settings, here)


def test_killed_around_every_arrival(program: Program, bot_api_process: BotApi) -> None:
    api = bot_api_process
    officer = api.person(id=1001, name="张敏", started=True)
    for number, delay in enumerate(DELAYS[program.kind]):
        with program.running():
            greeted(api, number + 1)
            for code in CODES[2 * number : 2 * number + 2]:
                officer.says(f"收{code}")
            time.sleep(delay)
    program.let_leases_run_out()
    with program.running():
        api.waits_for(lambda: not api.pending() and not program.waiting(), timeout=30)
        for code in CODES:
            officer.waits_for(answers(code), timeout=30)
        time.sleep(1)
    assert program.texts(str(api.bot_id)) == [f"收{code}" for code in CODES]
    assert program.receipts() == dict.fromkeys(CODES, 1)
    for code in CODES:
        copies = [seen.text for seen in officer.hears(answers(code))]
        assert len([text for text in copies if "可能重复" not in text]) <= 1, copies


def test_killed_between_the_update_and_the_file(program: Program, bot_api_process: BotApi) -> None:
    """The update is stored, the row waits, the next process fetches."""
    api = bot_api_process
    officer = api.person(id=1001, name="张敏", started=True)
    api.inject(faults.bad_gateway(), method="file", times=None)
    with program.running():
        greeted(api, 1)
        officer.sends_document("签到表.pdf", PDF, caption="收1")
        api.waits_for(lambda: [file.state for file in program.files()] == ["waiting"], timeout=30)
    api.clear_faults()
    program.let_waits_run_out()
    with program.running():
        api.waits_for(lambda: [file.state for file in program.files()] == ["stored"], timeout=30)
    (file,) = program.files()
    assert program.opened(file) == PDF


def greeted(api: BotApi, times: int) -> None:
    """Wait until the program has greeted Telegram so often, and its poll is held."""
    api.waits_for(lambda: len(api.ledger("setMyCommands")) >= len(list(menus())) * times, timeout=30)
    time.sleep(0.2)  # the poll itself stands in the ledger only once it is answered


def answers(code: int) -> Callable[[Seen], bool]:
    return lambda seen: f"已签收：办{code} " in seen.text
