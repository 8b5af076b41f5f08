"""Calls over the wire: what each answer means, what is sent, and that slow, long and lying servers cost little."""

import asyncio
import logging
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.channels.webhook.address import Allowed
from bot.channels.webhook.calling import MOST_BYTES, Caller
from bot.channels.webhook.channel import Webhook
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from tests.bot.channels.fake_http import Answer, fake_http
from tests.usecases.office import moment
from texts.values import Message
from usecases.deliver import Outgoing
from usecases.hook_events import Call

HERE = Allowed.read(["127.0.0.1"])
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


async def sent(url: str, *, longest: float = 5.0) -> Outcome:
    caller = Caller(HERE, longest=longest)
    channel = Webhook(HERE, lambda: moment("2025-03-03 09:00"), caller)
    call = Call("msg_1", url, SECRET, b'{"type":"hook.test"}')
    outcome = await channel.send(Outgoing(1, "hook", "1", Message(("hook.test",)), call=call))
    await channel.close()
    return outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=200), Sent()),
        (Answer(status=204, body=""), Sent()),
        (Answer(status=202, body="no JSON"), Sent()),
        (Answer(status=410), Refused("HTTP 410", gone=True)),
        (Answer(status=429, headers={"retry-after": "30"}), Again(30.0, "HTTP 429")),
        (Answer(status=429, headers={"retry-after": "9999999"}), Again(3600.0, "HTTP 429")),
        (Answer(status=503, headers={"retry-after": "later"}), Again(60.0, "HTTP 503")),
        (Answer(status=500), Again(reason="HTTP 500")),
        (Answer(status=404), Again(reason="HTTP 404")),
        (Answer(fault="reset after"), Unknown("RemoteProtocolError")),
    ],
    ids=lambda value: str(getattr(value, "status", "")),
)
async def test_what_an_answer_means(answer: Answer, outcome: Outcome) -> None:
    async with fake_http() as server:
        server.usual = answer
        assert await sent(f"{server.url}/hook") == outcome


async def test_what_is_sent() -> None:
    async with fake_http() as server:
        await sent(f"{server.url}/hook?key=canary")
        (asked,) = server.asked
    assert asked.path == "/hook?key=canary"
    assert asked.raw == b'{"type":"hook.test"}'
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["webhook-id"] == "msg_1"
    assert asked.headers["webhook-timestamp"] == str(int(moment("2025-03-03 09:00").timestamp()))
    assert asked.headers["webhook-signature"].startswith("v1,")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with fake_http() as server, fake_http() as trap:
        server.usual = Answer(status=status, headers={"location": f"{trap.url}/"})
        assert await sent(server.url) == Again(reason=f"HTTP {status}")
        assert len(server.asked) == 1
        assert trap.asked == []


async def test_silence_costs_ten_seconds_at_most() -> None:
    async with fake_http() as server:
        server.usual = Answer(fault="silence")
        assert await sent(server.url, longest=0.3) == Unknown("no answer within 0.3 s")


async def test_an_endless_answer_is_not_read() -> None:
    poured = 0

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal poured
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n")
        try:
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
                poured += 65536
        except ConnectionError:
            writer.close()

    server = await asyncio.start_server(pour, "127.0.0.1", 0)
    async with server:
        assert await sent(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/") == Sent()
    assert poured < 8 * MOST_BYTES, "what the kernel's buffers take"


async def test_a_body_that_is_too_long_is_not_sent() -> None:
    async with fake_http() as server:
        caller = Caller(HERE)
        assert isinstance(await caller.post(server.url, {}, b"x" * (MOST_BYTES + 1)), Refused)
        await caller.close()
        assert server.asked == []


async def test_nobody_listens() -> None:
    async with fake_http() as server:
        gone = server.url
    assert await sent(gone) == Again(reason="ConnectError")


async def test_a_name_that_does_not_resolve_is_tried_again() -> None:
    async def nothing(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    caller = Caller(Allowed.read(["oa.example"]), nothing)
    assert await caller.post("https://oa.example/", {}, b"{}") == Again(reason="OSError")
    await caller.close()


async def test_the_log_says_neither_address_nor_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with fake_http() as server:
        await sent(f"{server.url}/hook?key=canary")
        server.usual = Answer(status=500)
        await sent(f"{server.url}/hook?key=canary")
    assert "canary" not in caplog.text
    assert SECRET not in caplog.text
    call = Call("msg_1", "https://oa.example/canary", SECRET, b"body-canary")
    assert "canary" not in repr(call)
    assert SECRET not in repr(call)


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(the server's context, a client's that trusts it)."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run([*made, "-keyout", key, "-out", cert, "-days", "2", *named], check=True, capture_output=True)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


@pytest.mark.parametrize(("name", "good"), [("hook.test", True), ("other.test", False)])
async def test_the_certificate_has_to_be_the_names(tmp_path: Path, name: str, good: bool) -> None:
    """Although it is the address that is connected to."""
    theirs, ours = certificate(tmp_path, "hook.test")
    taken: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    async def here(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    server = await asyncio.start_server(take, "127.0.0.1", 0, ssl=theirs)
    async with server:
        port = server.sockets[0].getsockname()[1]
        caller = Caller(HERE, here, trusted=ours)
        outcome = await caller.post(f"https://{name}:{port}/", {}, b"{}")
        await caller.close()
    assert outcome == (Sent() if good else Again(reason="ConnectError"))
    assert (f"host: {name}:{port}".encode() in b"".join(taken).lower()) is good
