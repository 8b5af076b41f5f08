"""`ruqi audit` and the outside heartbeat: what is found is said and exits with 2; the address is told to nobody."""

import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from ruqi.outside import BadHeartbeat, Outside, outside
from ruqi.settings import Settings
from storage.engine import open_store
from storage.tables import delivery
from tests.ruqi.conftest import Ruqi


@pytest.fixture
def monitor() -> Iterator[tuple[str, list[str]]]:
    """A service like healthchecks, on this machine: its address, and the paths that were called."""
    called: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            called.append(self.path)
            self.send_response(500 if "down" in self.path else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", called
    server.shutdown()
    thread.join()
    server.server_close()


def settings(url: str, hosts: str = "127.0.0.1") -> Settings:
    return Settings(heartbeat_url=SecretStr(url), webhook_hosts=hosts)


def test_all_is_well_in_an_empty_office(ruqi: Ruqi) -> None:
    said = ruqi("audit")
    assert "每条提醒都有着落" in said.out
    assert ruqi("audit", "--json").data["clean"] is True


def test_a_finding_is_named_with_what_to_do(ruqi: Ruqi) -> None:
    ruqi("audit")
    with closing(open_store(f"sqlite:///{Path('data/ruqi.db').absolute()}")) as store, store.write() as tx:
        row = {"channel": "telegram", "address": "1", "kind": "say", "body": {}, "state": "dead", "attempt": 1}
        moment = "2026-01-05T01:00:00+00:00"
        tx.execute(delivery.insert().values(**row, **dict.fromkeys(("at", "next_try_at", "created_at"), _at(moment))))
    said = ruqi("audit", code=2)
    assert "消息 1：消息没有发出去，也没有告诉任何人。请看发送失败的原因" in said.out
    (found,) = ruqi("audit", "--json", code=2).data["findings"]
    assert (found["check"], found["row"]) == ("unraised", 1)


def _at(moment: str) -> object:
    from datetime import datetime  # noqa: PLC0415 - one use

    return datetime.fromisoformat(moment)


async def test_the_monitor_is_called(monitor: tuple[str, list[str]]) -> None:
    base, called = monitor
    heart = Outside(settings(f"{base}/ping/canary-7"))
    await heart.tell()
    await heart.close()
    assert called == ["/ping/canary-7"]


async def test_a_monitor_that_is_down_harms_nothing_and_learns_nothing(
    monitor: tuple[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    heart = Outside(settings(f"{monitor[0]}/down/canary-7"))
    await heart.tell()
    await heart.close()
    assert "not taken: HTTP 500" in caplog.text
    assert "canary" not in caplog.text
    assert "canary" not in repr(heart)


@pytest.mark.parametrize("url", ["http://example.com/ping", "https://10.0.0.1/ping", "https://169.254.169.254/x"])
def test_only_where_hooks_may_go(url: str) -> None:
    """Https only, and no address of a private network that is not listed."""
    with pytest.raises(BadHeartbeat):
        outside(settings(url, hosts=""))


def test_none_without_a_setting() -> None:
    assert outside(Settings()) is None
