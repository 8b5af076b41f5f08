"""`ruqi audit` and the outside heartbeat: what is found is said and exits with 2; the address is told to nobody."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from ruqi.outside import BadHeartbeat, Outside, outside
from ruqi.settings import Settings
from schedules.workdays import WorkCalendar
from storage import timeline
from storage.engine import open_store
from storage.keeper import Head, Keeper
from storage.tables import delivery
from storage.tables import timeline as acts
from tests.ruqi.conftest import Ruqi
from tests.storage.unguarded import unguarded
from usecases.office import Office
from usecases.seal import seal_what_is_new


@pytest.fixture
def monitor() -> Iterator[tuple[str, list[str]]]:
    """A service like healthchecks, on this machine: its address, and the paths that were called, each with its body."""
    called: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            called.append(self.path)
            called.append(self.rfile.read(int(self.headers["content-length"])).decode())
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
        moments = dict.fromkeys(("at", "next_try_at", "created_at"), datetime(2026, 1, 5, 1, tzinfo=UTC))
        tx.execute(delivery.insert().values(**row, **moments))
    said = ruqi("audit", code=2)
    assert "消息 1：消息没有发出去，也没有告诉任何人。请看发送失败的原因" in said.out
    (found,) = ruqi("audit", "--json", code=2).data["findings"]
    assert (found["check"], found["row"]) == ("unraised", 1)


def test_a_falsified_timeline_is_named_with_its_minute(ruqi: Ruqi) -> None:
    ruqi("audit")
    office = Office(
        store=open_store(f"sqlite:///{Path('data/ruqi.db').absolute()}"),
        zone=ZoneInfo("Asia/Shanghai"),
        calendar=WorkCalendar.published(),
        ladders={},
        keeper=Keeper(Path("data/seal.key")),
    )
    now = datetime(2026, 1, 5, 1, tzinfo=UTC)
    with closing(office.store), office.write(now) as desk:
        number = timeline.add(desk.tx, at=now, verb="import", door="cli", words="方案")
    assert seal_what_is_new(office, now) == 1
    assert "一致，最后一道 2026-01-05 09:00" in ruqi("audit").err
    with closing(office.store), office.write(now) as desk, unguarded(desk.tx):
        desk.tx.execute(acts.update().values(words="别的"))
    assert f"办理记录 {number}（2026-01-05 09:00 封存）：办理记录与封存时不一致" in ruqi("audit", code=2).out
    Path("data/seal.key").unlink()
    said = ruqi("audit", "--json", code=2)
    assert said.data["seals"] == {"looked_at": False, "number": 1, "unsealed": 0}
    assert [one["check"] for one in said.data["findings"]] == ["no_key"]
    assert "第 2 道" in ruqi("audit", "--new-key").out
    assert ruqi("audit", "--json").data["seals"] == {"looked_at": True, "number": 2, "unsealed": 0}


async def test_the_monitor_is_called_and_told_the_last_seal(monitor: tuple[str, list[str]], tmp_path: Path) -> None:
    base, called = monitor
    keeper = Keeper(tmp_path / "seal.key")
    heart = Outside(settings(f"{base}/ping/canary-7"), keeper)
    await heart.tell()
    keeper.bear_witness(Head(7, "f" * 64), "2026-01-05T01:00:00+00:00")
    await heart.tell()
    await heart.close()
    assert called == ["/ping/canary-7", "{}", "/ping/canary-7", json.dumps({"seal": f"7 {'f' * 64}"})]


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
