"""Webhooks: updates are posted in order, with the secret, again and again until they are taken."""

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.bot_api.client import BotApi


class Taker(http.server.ThreadingHTTPServer):
    """A bot's side of a webhook: answers with the given statuses, then 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses: list[int] = []
        self.taken: list[tuple[str | None, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/telegram"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Taker

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def taker() -> Iterator[Taker]:
    with Taker() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def test_updates_are_posted_until_they_are_taken(bot_api: BotApi, bot: Bot, taker: Taker) -> None:
    officer = bot_api.person(id=1001, name="张敏")
    taker.statuses = [502]
    assert await bot.set_webhook(taker.url, secret_token="s3cret")
    officer.says("a")
    officer.says("b")
    await bot_api.waits_for_async(lambda: not bot_api.pending())
    assert [(secret, body["message"]["text"]) for secret, body in taker.taken] == [
        *(("s3cret", "a"), ("s3cret", "a"), ("s3cret", "b"))
    ]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (taker.url, 0)
    assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"


async def test_polling_and_webhook_exclude_each_other(bot_api: BotApi, bot: Bot, taker: Taker) -> None:
    await bot.set_webhook(taker.url)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    assert (await bot.get_webhook_info()).url == ""


async def test_deleting_a_webhook_can_drop_what_waits(bot_api: BotApi, bot: Bot) -> None:
    bot_api.person(id=1001, name="张敏").says("x")
    await bot.delete_webhook()
    assert len(bot_api.pending()) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert bot_api.pending() == []


async def test_only_loopback_is_posted_to(bot_api: BotApi, bot: Bot) -> None:
    bot_api.expect_complaint("the fake posts to loopback only")
    with pytest.raises(BadRequest):
        await bot.set_webhook("https://example.org/telegram")
