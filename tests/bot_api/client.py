"""`BotApi`: how a test holds the fake, whether it runs in a thread or in its own process."""

import base64
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from tests.bot_api.bench import BOT, TOKEN, Bench
from tests.bot_api.clock import ServerClock
from tests.bot_api.faults import Fault
from tests.bot_api.ledger import Ledger
from tests.bot_api.order import Injected, Line, until, until_async
from tests.bot_api.people import Group, Person, Room
from tests.bot_api.poison import POISONS
from tests.bot_api.running import in_thread
from tests.bot_api.seen import Entry, dump
from tests.bot_api.verdict import verdict

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class BotApi:
    """The control client. `host` is "127.0.0.1:port"; the bot needs `base_url`, `base_file_url` and `token`."""

    host: str
    token: str = TOKEN
    username: str = BOT.username
    bot_id: int = BOT.id
    expected: list[str] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def in_thread(cls, *, now: Callable[[], datetime] | None = None, ledger: Path | None = None) -> Iterator[Self]:
        """Run the fake in a thread of this process; `now` lends it the test's own clock."""
        clock = ServerClock(time.time if now is None else lambda: now().timestamp())
        with in_thread(Bench(clock=clock, ledger=Ledger(ledger))) as host:
            yield cls(host)

    @classmethod
    @contextlib.contextmanager
    def in_process(cls, *, ledger: Path, port: int = 0) -> Iterator[Self]:
        """Run the fake as its own process, so that it lives on when Ruqi is killed."""
        command = [sys.executable, "-m", "tests.bot_api", "--port", str(port), "--ledger", str(ledger)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout
                ready = process.stdout.readline()
                assert ready, "the fake Bot API did not start; its error is above"
                yield cls(ready.split()[-1].removeprefix("http://"))
            finally:
                process.terminate()

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url: the token is put right behind it."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    @property
    def line(self) -> Line:
        return Line(self.host)

    def person(
        self,
        id: int,  # noqa: A002  # Telegram's own word for it
        name: str,
        *,
        username: str = "",
        started: bool = False,
    ) -> Person:
        """A person with an account. Until they say something (or `started`), the bot may not write to them."""
        self.line.order("person", id=id, first_name=name, username=username, started=started)
        return Person(id, name, self.line)

    def group(
        self,
        id: int,  # noqa: A002  # Telegram's own word for it
        title: str,
        *,
        members: Sequence[Person],
        kind: str = "supergroup",
        forum: bool = False,
        bot: str = "member",
    ) -> Group:
        """A group or supergroup; the first member owns it. `bot`: member, administrator or left."""
        about = {"number": id, "title": title, "kind": kind, "forum": forum, "bot": bot}
        self.line.order("group", members=[member.id for member in members], **about)
        return Group(id, title, self.line, members[0].id)

    def inject(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat: Room | int | None = None,
        nth: int = 1,
        times: int | None = 1,
        every: int = 1,
    ) -> Injected:
        """Let a fault strike: from the nth matching call on, every so many calls, so many times (None: until cleared).

        Without `method` it strikes every method but getUpdates; "file" is the download of a file.
        """
        where = chat.id if isinstance(chat, Room) else chat
        aim = {"method": method, "chat": where, "nth": nth, "times": times, "every": every}
        return Injected(self.line.order("inject", fault=asdict(fault), **aim), self.line)

    def clear_faults(self) -> None:
        self.line.order("clear")

    def enforce_limits(self, *, overall: int = 30, per_chat: int = 1, per_group: int = 20) -> None:
        """Answer 429 beyond so many messages a second, a second per chat, a minute per group; 0 lifts a limit."""
        self.line.order("limits", overall=overall, per_chat=per_chat, per_group=per_group)

    def poison(self, kind: str = "no_date") -> int:
        """Queue a malformed update of a kind named in `poison.POISONS`; returns its update_id."""
        return self.queue_raw(POISONS[kind])

    def queue_raw(self, body: dict[str, Any]) -> int:
        return int(self.line.order("queues_raw", body=body))

    def pending(self) -> list[dict[str, Any]]:
        """Updates that are not confirmed and not expired."""
        return list(self.line.order("pending"))

    def advance(self, *, seconds: float) -> None:
        """Move Telegram's clock ahead: messages die after 24 h, presses after 150 s."""
        self.line.order("clock", advance=seconds)

    def set_clock(self, at: datetime, *, frozen: bool = False) -> None:
        assert at.tzinfo is not None, "an instant needs a zone"
        self.line.order("clock", at=at.timestamp(), frozen=frozen)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.line.order("clock"), UTC)

    def ledger(self, method: str | None = None, *, chat: Room | int | None = None) -> list[Entry]:
        """Every call so far, getUpdates only when asked for by name."""
        where = chat.id if isinstance(chat, Room) else chat
        entries = [Entry.read(line) for line in self.line.order("ledger")]
        entries = [entry for entry in entries if where in (None, entry.chat)]
        if method is None:
            return [entry for entry in entries if entry.method != "getUpdates"]
        return [entry for entry in entries if entry.method == method]

    def delivered(self, *, chat: Room | int | None = None) -> list[Entry]:
        """The messages that reached a screen, answered or not: what "lost" and "twice" are counted on."""
        return [entry for entry in self.ledger(chat=chat) if entry.seen and entry.method.startswith("send")]

    def waits_for(self, look: Callable[[], bool], *, timeout: float = 60.0) -> None:
        """Wait until something holds; the failure shows the last calls."""
        until(lambda: look() or None, timeout, self.page)

    async def waits_for_async(self, look: Callable[[], bool], *, timeout: float = 60.0) -> None:  # noqa: ASYNC109  # as above
        await until_async(lambda: look() or None, timeout, self.page)

    def commands(self, *, language: str = "", scope: str = "default") -> dict[str, str]:
        """The command menu of a language and a kind of chat: command to description."""
        for menu in self.line.order("commands"):
            if menu["language"] == language and f'"type": "{scope}"' in menu["scope"]:
                return {item["command"]: item["description"] for item in menu["commands"]}
        return {}

    def profile(self) -> dict[str, str]:
        """What was set with setMyName, setMyDescription, setMyShortDescription: "description zh" to text."""
        return dict(self.line.order("profile"))

    def file(self, file_id: str) -> bytes:
        return base64.b64decode(self.line.order("file", file=file_id))

    def page(self) -> str:
        return dump(f"the last calls at {self.url}:", self.ledger()[-15:])

    def complaints(self) -> list[str]:
        """What no well-written bot does, and what the schema has against calls and answers."""
        entries = [Entry.read(line) for line in self.line.order("ledger")]
        return [*self.line.order("complaints"), *verdict(entries)]

    def expect_complaint(self, fragment: str) -> None:
        """This test does something wrong on purpose: a complaint with these words must come, and may."""
        self.expected.append(fragment)

    def check(self) -> None:
        """Fail on everything unexpected; the fixtures call it at the end of each test."""
        complaints = self.complaints()
        surprises = [one for one in complaints if not any(words in one for words in self.expected)]
        assert not surprises, dump("the fake Bot API complains:", [f"  {one}" for one in surprises])
        missing = [words for words in self.expected if not any(words in one for one in complaints)]
        assert not missing, f"expected complaints never came: {missing}"
