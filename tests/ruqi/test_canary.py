"""Marked secrets of every kind go through the real program at DEBUG, faults included; none comes out anywhere.

Not looked at: what hands a secret to the very person who asked for it (a link in their chat, a token on the terminal).
"""

import asyncio
import json
import re
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx

from bot.channels.telegram.webhook import secret_of
from ruqi.log_files import kept
from tests.bot.channels.fake_http import FakeHttp, fake_http
from tests.bot.channels.mail.rig import PASSWORD, USER, Office, authenticate, mail_server
from tests.bot_api.bench import TOKEN
from tests.bot_api.client import BotApi
from tests.bot_api.fixtures import bot_api
from tests.ruqi.canary import Canaries, break_tables, cells, settings_of
from tests.ruqi.conftest import Ruqi
from tests.ruqi.house import Running, running

__all__ = ["bot_api"]

ROBOT = "canary-robot-0123456789abcdef"
SIGNING = "SECcanarysigning0123456789"
DATABASE = "canary-database-password"
PROGRAM, FEED = "a program's token", "a feed's token"
PAGES = (
    *("/", "/inbox", "/ledger", "/ledger?view=grid", "/decisions", "/letters", "/subscribe", "/me", "/announce"),
    *("/pause", "/plans", "/roster", "/reports", "/reports/ledger.xlsx", "/roster/roster.xlsx", "/nowhere"),
)
OPEN = ("/status", "/healthz", "/readyz", "/metrics", "/in/nobody", "/feeds/nobody.ics", "/api/v1/parts")


def free_port() -> int:
    """Below those that the kernel hands out, so that nobody gets it between our look and the program's start."""
    for _ in range(100):
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.05)


@asynccontextmanager
async def services() -> AsyncIterator[tuple[Office, int, FakeHttp]]:
    office = Office()
    async with (
        mail_server(office, authenticator=authenticate, auth_require_tls=False) as port,
        fake_http() as robot,
    ):
        yield office, port, robot


class Flow:
    """One run of the program with everything that can leak in it."""

    def __init__(self, ruqi: Ruqi, bot_api: BotApi, settings: dict[str, str], program: Running) -> None:
        self.ruqi, self.bot_api, self.settings, self.program = ruqi, bot_api, settings, program
        self.canaries = Canaries(
            {
                "the bot's token": TOKEN.partition(":")[2],
                "the webhook's secret": secret_of(TOKEN),
                "the mail password": PASSWORD,
                "the robot's key": ROBOT,
                "the robot's signing secret": SIGNING,
                "the database's password": DATABASE,
            }
        )

    def command(self, *words: str, code: int = 0) -> str:
        done = self.ruqi(*words, code=code, **self.settings)
        self.canaries.hear(f"ruqi {words[0]} on standard error", done.err)
        return done.out

    def quiet(self, *words: str, code: int = 0) -> None:
        """A command that hands nothing out: its results are looked at, too."""
        self.canaries.hear(f"ruqi {words[0]}", self.command(*words, code=code))

    def hand_out(self, robot: str) -> None:
        """Ask for one of each kind that is handed out once."""
        who = "示例·张敏"
        marks = self.canaries.marks
        marks[PROGRAM] = json.loads(self.command("api", "create", who, "--json"))["token"]
        marks[FEED] = re.findall(r"/feeds/([\w-]+)", self.command("feed", "create", who))[0]
        marks["a sign-in link"] = json.loads(self.command("link", who, "--json"))["url"].rpartition("/")[2]
        self.quiet("officer", "way", "add", who, "mail", "zhang@example.org")
        self.quiet(
            "unit",
            "robot",
            "add",
            "司法局",
            "dingtalk",
            f"{robot}/robot/send?access_token={ROBOT}",
            "--secret",
            SIGNING,
        )
        (row,) = json.loads(self.command("unit", "robot", "list", "--json"))
        self.quiet("unit", "robot", "list")
        self.quiet("unit", "robot", "test", str(row["number"]))
        self.quiet("officer", "test", who)
        self.quiet("officer", "ways", who)
        bureau = json.loads(self.command("link", "示例·李卫东", "--json"))["url"]
        self.web, _ = self.program.signed_in(bureau)
        marks["a session"] = next(iter(self.web.cookies.values()))

    def talk(self) -> None:
        """In the chat: bind, and ask for a calendar and a link."""
        code = json.loads(self.command("officer", "invite", "示例·周丽萍", "--json"))["code"]
        person = self.bot_api.person(id=1001, name="周丽萍")
        person.says(f"/start {code}")
        person.waits_for(lambda seen: "绑定成功" in seen.text, timeout=60)
        person.says("日历")
        told = person.waits_for(lambda seen: "/feeds/" in seen.text, timeout=60).text
        self.canaries.marks["a feed's token from the chat"] = re.findall(r"/feeds/([\w-]+)", told)[0]
        person.says("网页")
        told = person.waits_for(lambda seen: "/in/" in seen.text, timeout=60).text
        self.canaries.marks["a sign-in link from the chat"] = re.findall(r"/in/([\w-]+)", told)[0]

    def run(self, url: str) -> None:
        """Talk, look at everything, then once more with half the database gone."""
        self.talk()
        self.browse("in order")
        for where, cell in cells(url):
            self.canaries.hear(where, cell)
        self.quiet("doctor", code=2)
        break_tables(url, "delivery_item", "part", "token")
        self.browse("broken")
        self.quiet("--debug", "doctor", code=2)

    def browse(self, when: str) -> None:
        marks = self.canaries.marks
        bearer = {"authorization": f"Bearer {marks[PROGRAM]}"}
        asked: list[tuple[str, dict[str, str]]] = [(path, {}) for path in (*OPEN, *PAGES)]
        asked += [("/api/v1/parts", bearer), ("/api/v1/openapi.json", bearer), (f"/feeds/{marks[FEED]}.ics", {})]
        for path, headers in asked:
            self.look(f"{path.partition('?')[0]} {when}", self.web.get(path, headers=headers))
        forged = {"x-telegram-bot-api-secret-token": "wrong"}
        self.look(f"the webhook {when}", self.web.post("/channels/telegram", json={"update_id": 1}, headers=forged))

    def look(self, where: str, answer: httpx.Response) -> None:
        shown = answer.text
        if "/feeds/" in where or "/in/" in where:
            shown = shown.replace(str(answer.url), "")
        self.canaries.hear(f"the answer of {re.sub(r'/feeds/.*', '/feeds/…', where)}", shown + str(answer.headers))


async def test_no_secret_comes_out_anywhere(ruqi: Ruqi, bot_api: BotApi, postgres_database: str) -> None:
    port = free_port()
    url = postgres_database.replace("ruqi@", f"ruqi:{DATABASE}@")
    async with services() as (office, mail_port, robot):
        settings = settings_of(
            {
                "database_url": url,
                "telegram_token": TOKEN,
                "telegram_base_url": bot_api.url,
                "telegram_webhook": "on",
                "base_url": f"http://127.0.0.1:{port}",
                "mail_host": "127.0.0.1",
                "mail_port": str(mail_port),
                "mail_security": "none",
                "mail_user": USER,
                "mail_password": PASSWORD,
                "mail_from": "ruqi@example.org",
                "robots": "dingtalk",
                "log_level": "DEBUG",
            }
        )
        with running("--port", str(port), **settings) as program:
            flow = Flow(ruqi, bot_api, settings, program)
            assert program.process.stderr
            errors_said = asyncio.create_task(asyncio.to_thread(program.process.stderr.read))
            await asyncio.to_thread(flow.hand_out, robot.url)
            await until(lambda: office.taken and robot.asked)
            await asyncio.to_thread(flow.run, url)
            program.process.send_signal(signal.SIGINT)
            errors = await errors_said
    flow.canaries.hear("standard error", errors)
    logged = "".join(path.read_text() for _, path in kept(Path("data/logs")))
    flow.canaries.hear("the log's files", logged)
    assert "Traceback" in errors, "nothing broke, so nothing was shown about faults"
    assert "Traceback" in logged
    assert len(flow.canaries.marks) == 12
    assert list(flow.canaries.found()) == []
