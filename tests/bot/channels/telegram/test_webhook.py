"""A webhook: the secret before anything else, stored before 200, the same handling as polling, and back again."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram import Telegram
from bot.channels.telegram.webhook import MOST_BODY, PATH, secret_of
from ruqi.listening import Pages, listen
from ruqi.serve import pushed
from storage import inbox, parts
from tests.bot.channels.telegram.rig import BRISK, Rig, stop
from tests.bot_api.client import BotApi
from tests.bot_api.people import Person
from tests.scheduler.office import Bureau

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
UPDATE = {"update_id": 5, "message": {"text": "收1"}}


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


@pytest.fixture
async def rig(here: Bureau, bot_api: BotApi) -> AsyncIterator[Rig]:
    """The channel behind a webhook on a server of ours."""
    with listen("127.0.0.1", 0) as sock:
        here.office = replace(here.office, base_url=f"http://127.0.0.1:{sock.getsockname()[1]}")
        rig = Rig(here, bot_api)
        rig.telegram = Telegram(
            bot_api.token, bot_api.url, here.office, here.clock, wake=rig.woken.set, pauses=BRISK, webhook=True
        )
        server = Pages(Starlette(routes=pushed([rig.telegram])))
        task = asyncio.create_task(server.serve(sockets=[sock]))
        yield rig
        await rig.telegram.close()
        server.should_exit = True
        await task


@asynccontextmanager
async def set_up(rig: Rig) -> AsyncIterator[None]:
    async with rig.running():
        await rig.api.waits_for_async(lambda: bool(rig.api.ledger("setWebhook")))
        yield


async def post(rig: Rig, body: bytes | str | dict[str, object], secret: str | None = None) -> httpx.Response:
    shown = secret_of(rig.api.token) if secret is None else secret
    headers = {b"X-Telegram-Bot-Api-Secret-Token": shown.encode()}
    content = json.dumps(body) if isinstance(body, dict) else body
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(rig.here.office.base_url + PATH, content=content, headers=headers)


def stored(here: Bureau) -> list[str]:
    with here.office.read(here.clock.now()) as desk:
        return [row.source_id for row in inbox.waiting(desk.tx, "telegram")]


async def test_the_whole_conversation_without_polling(rig: Rig, officer: Person) -> None:
    rig.here.enroll("telegram", "1001")
    rig.here.assign(date(2024, 1, 31))
    async with set_up(rig):
        card = await officer.waits_for_async(lambda seen: "签收" in seen.buttons)
        assert "已签收" in (await officer.presses(card, "签收").answered_async()).text
        officer.says("办1 红司发5号")
        await officer.waits_for_async(lambda seen: "已记录" in seen.text)
    assert rig.api.ledger("getUpdates") == []
    (said,) = rig.api.ledger("setWebhook")
    assert said.params["url"] == rig.here.office.base_url + PATH
    assert said.params["max_connections"] == 1
    assert not rig.telegram.trouble
    with rig.here.office.read(rig.here.clock.now()) as desk:
        assert parts.by_ids(desk.tx, [1])[1].state in {"reported", "verified"}


@ONE_DATABASE
@pytest.mark.parametrize("secret", ["", "wrong", secret_of("1:other"), "é"])
async def test_without_the_secret_there_is_nothing_here(rig: Rig, secret: str) -> None:
    answer = await post(rig, UPDATE, secret)
    assert (answer.status_code, answer.content) == (404, b"")
    assert stored(rig.here) == []


@ONE_DATABASE
async def test_only_posts_and_only_small_ones(rig: Rig) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(rig.here.office.base_url + PATH)).status_code == 405
    assert (await post(rig, b" " * (MOST_BODY + 1))).status_code == 413
    assert stored(rig.here) == []


@ONE_DATABASE
@pytest.mark.parametrize("body", ["", "{", "[]", '{"update_id": "5"}', '{"update_id": true}', "\xff"])
async def test_what_is_no_update_is_left_out_and_blocks_nothing(rig: Rig, body: str) -> None:
    assert (await post(rig, body.encode("latin-1"))).status_code == 200
    assert (await post(rig, UPDATE)).status_code == 200
    assert stored(rig.here) == ["5"]


@ONE_DATABASE
async def test_stored_before_it_is_answered_and_twice_is_once(rig: Rig) -> None:
    assert (await post(rig, UPDATE)).status_code == 200
    assert (await post(rig, UPDATE)).status_code == 200
    assert stored(rig.here) == ["5"]
    assert rig.woken.is_set()


@ONE_DATABASE
async def test_what_could_not_be_stored_is_asked_for_again(
    rig: Rig, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake, failed = rig.telegram._receiver._intake, []  # noqa: SLF001 - the database goes away for a moment
    take = intake.take

    def away(*args: object) -> None:
        failed.append(args)
        raise OSError("no database")

    async with set_up(rig):
        monkeypatch.setattr(intake, "take", away)
        officer.says("/help")
        await rig.api.waits_for_async(lambda: len(failed) >= 2)
        assert len(rig.api.pending()) == 1
        monkeypatch.setattr(intake, "take", take)
        await officer.waits_for_async()


@ONE_DATABASE
async def test_a_webhook_that_somebody_took_away_is_set_again(rig: Rig) -> None:
    async with set_up(rig):
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.post(f"{rig.api.url}/bot{rig.api.token}/deleteWebhook")
        await rig.api.waits_for_async(lambda: len(rig.api.ledger("setWebhook")) == 2)


@ONE_DATABASE
async def test_going_back_to_polling_takes_the_webhook_away(rig: Rig, officer: Person) -> None:
    async with set_up(rig):
        pass
    rig.here.enroll("telegram", "1001")
    again = Rig(rig.here, rig.api)
    async with again.running():
        officer.says("/help")
        await officer.waits_for_async()
    await again.telegram.close()
    assert rig.api.ledger("deleteWebhook")


@ONE_DATABASE
async def test_that_telegram_does_not_get_through_is_seen(rig: Rig, officer: Person) -> None:
    async with set_up(rig):
        rig.telegram._receiver._secret = "changed"  # type: ignore[union-attr]  # noqa: SLF001 - every post is refused
        officer.says("/help")
        await rig.api.waits_for_async(lambda: "does not get through" in rig.telegram.trouble)


async def test_the_secret_never_shows(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    async with set_up(rig):
        pass
    assert secret_of(rig.api.token) not in caplog.text
    assert secret_of(rig.api.token) not in repr(rig.telegram)
    await stop()
