"""The same call in every form Telegram accepts, and the clock that a test lends."""

import socket
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.bot_api.client import BotApi

MARKUP = {"inline_keyboard": [[{"text": "收到", "callback_data": "r"}]]}
PACKED = '{"inline_keyboard": [[{"text": "收到", "callback_data": "r"}]]}'


@pytest.mark.parametrize(
    "form",
    [
        {"json": {"chat_id": 1001, "text": "x", "reply_markup": MARKUP}},
        {"json": {"chat_id": "1001", "text": "x", "reply_markup": PACKED}},
        {"data": {"chat_id": "1001", "text": "x", "reply_markup": PACKED}},
        {"params": {"chat_id": "1001", "text": "x", "reply_markup": PACKED}},
        {
            "files": {
                name: (None, value) for name, value in {"chat_id": "1001", "text": "x", "reply_markup": PACKED}.items()
            }
        },
    ],
    ids=["json", "json with packed markup", "form", "address", "multipart"],
)
@pytest.mark.parametrize("method", ["sendMessage", "SENDMESSAGE"])
def test_every_form_of_a_call(bot_api: BotApi, form: dict[str, object], method: str) -> None:
    officer = bot_api.person(id=1001, name="张敏", started=True)
    answer = httpx.request("POST", f"{bot_api.base_url}{bot_api.token}/{method}", **form)  # type: ignore[arg-type]  # a table
    assert answer.json()["result"]["reply_markup"] == MARKUP
    assert officer.last().buttons == ("收到",)


@pytest.mark.parametrize(
    ("kind", "half"),
    [
        ("application/json", '{"chat_id": 1001, '),
        ("multipart/form-data; boundary=b", '--b\r\ncontent-disposition: form-data; name="chat_id"\r\n\r\n10'),
    ],
    ids=["json", "multipart"],
)
def test_a_caller_killed_while_it_speaks(bot_api: BotApi, kind: str, half: str) -> None:
    """Half a call is no call: nothing happened, nobody complains, the next one is served."""
    officer = bot_api.person(id=1001, name="张敏", started=True)
    host, _, port = bot_api.host.partition(":")
    head = f"POST /bot{bot_api.token}/sendMessage HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\n"
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"{head}content-length: 999\r\n\r\n{half}".encode())
        for _ in range(3):  # while it is served, others are
            bot_api.now()
    assert bot_api.complaints() == []
    assert bot_api.ledger() == []
    httpx.post(f"{bot_api.base_url}{bot_api.token}/sendMessage", json={"chat_id": 1001, "text": "x"})
    assert officer.last().text == "x"
    assert bot_api.complaints() == []


def test_a_file_path_that_is_not_there(bot_api: BotApi) -> None:
    assert httpx.get(f"{bot_api.base_file_url}{bot_api.token}/documents/file_9.pdf").status_code == 404


def test_the_test_may_lend_its_clock() -> None:
    at = datetime(2024, 1, 15, 1, tzinfo=UTC)
    with BotApi.in_thread(now=lambda: at) as api:
        officer = api.person(id=1001, name="张敏")
        assert officer.says("x").at == at
        api.advance(seconds=60)
        assert officer.says("y").at == at + timedelta(seconds=60)
        assert api.now() == at + timedelta(seconds=60)


def test_the_clock_can_be_set_and_stopped(bot_api: BotApi) -> None:
    at = datetime(2026, 12, 31, 16, tzinfo=UTC)
    bot_api.set_clock(at, frozen=True)
    assert bot_api.now() == bot_api.now() == at
