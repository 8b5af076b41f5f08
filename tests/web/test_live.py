"""The live inbox over a real connection: it says "look again" when something changed, and ends when the server does."""

import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.web.world import Browser, World
from usecases import answer
from usecases.answer import Act

UNIT = "综合执法局"
TITLE = "年度案卷评查"


def cookies(browser: Browser) -> dict[str, str]:
    return {cookie.name: cookie.value or "" for cookie in browser.client.cookies.jar}


def looks(lines: Iterator[str]) -> None:
    """Wait for the next event."""
    assert next(line for line in lines if line.startswith("data")) == "data: look"


def receive(world: World, unit: str) -> None:
    with world.office.write(world.clock.now()) as desk:
        answer.receive(desk, Act(world.officer(unit), "telegram"), world.part(unit, TITLE).id)


def test_a_change_of_my_unit_is_told_and_others_are_not(served: World) -> None:
    kept = cookies(served.signed_in(served.officer(UNIT)))
    with httpx.Client(base_url=served.base_url, cookies=kept, timeout=60) as client:
        with client.stream("GET", "/inbox/live") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            lines = stream.iter_lines()
            looks(lines)
            time.sleep(0.3)
            began = time.monotonic()
            threading.Timer(0.2, receive, (served, "水务局")).start()
            threading.Timer(1.5, receive, (served, UNIT)).start()
            looks(lines)
            assert time.monotonic() - began > 1.4
        assert len(served.app.state.live) <= 1


def test_it_ends_when_the_server_does(served: World) -> None:
    kept = cookies(served.signed_in(served.officer(UNIT)))
    with httpx.stream("GET", f"{served.base_url}/inbox/live", cookies=kept, timeout=60) as stream:
        lines = stream.iter_lines()
        looks(lines)
        began = time.monotonic()
        served.app.state.live.end()
        assert [line for line in lines if line.startswith("data")] == []
        assert time.monotonic() - began < 30
    assert httpx.get(f"{served.base_url}/inbox/live", cookies=kept).status_code == 503


@pytest.mark.parametrize("path", ["/inbox/live"])
def test_a_stranger_hears_nothing(served: World, path: str) -> None:
    assert httpx.get(served.base_url + path).status_code == 401


def test_many_watch_without_holding_threads(served: World) -> None:
    kept = cookies(served.signed_in(served.officer(UNIT)))
    with httpx.Client(base_url=served.base_url, cookies=kept, timeout=60, limits=httpx.Limits()) as client:
        streams = [client.send(client.build_request("GET", "/inbox/live"), stream=True) for _ in range(60)]
        lines = [stream.iter_lines() for stream in streams]
        for one in lines:
            looks(one)
        assert client.get("/inbox/cards").status_code == 200
        assert threading.active_count() < 60
        time.sleep(0.3)
        receive(served, UNIT)
        for one in lines:
            looks(one)
        for stream in streams:
            stream.close()
