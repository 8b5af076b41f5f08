"""The wall around the tests holds: on every road out, and also where the refusal is swallowed."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import httpx
import pytest

from tests.outside import WALL, OutsideCall, is_local

FOREIGN = "192.0.2.1"  # TEST-NET-1, RFC 5737: nobody's address


def connect() -> None:
    with socket.socket() as sock:
        sock.connect((FOREIGN, 80))


def send_datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.sendto(b"?", (FOREIGN, 53))


def connect_v6() -> None:
    with socket.socket(socket.AF_INET6) as sock:
        sock.connect(("2001:db8::1", 80))


def look_up() -> None:
    socket.getaddrinfo("ruqi.example", 443)


def connect_in_asyncio() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(FOREIGN, 80), 5))


def look_up_in_asyncio() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection("ruqi.example", 80), 5))


def call_by_httpx() -> None:
    httpx.get(f"http://{FOREIGN}/", timeout=5)


ROADS = [connect, send_datagram, connect_v6, look_up, connect_in_asyncio, look_up_in_asyncio, call_by_httpx]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_every_road_out_is_refused_and_noted(road: Callable[[], None]) -> None:
    with pytest.raises(OutsideCall):
        road()
    assert WALL.take_offences(), "a refusal that leaves no note can be swallowed"


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "inbox.localhost", None, "0.0.0.0", b""]
)
def test_own_names(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", [FOREIGN, "10.0.0.1", "ruqi.example", "localhost.example", "169.254.169.254"])
def test_foreign_names(host: object) -> None:
    assert not is_local(host)


def test_swallowed_call_still_fails_the_test(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makeconftest("from tests.conftest import pytest_runtest_call")
    pytester.makepyfile("""
        import socket
        def test_swallows():
            try:
                socket.getaddrinfo("ruqi.example", 443)
            except Exception:
                pass
    """)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*called outside this machine: socket.getaddrinfo to 'ruqi.example'*"])


def test_a_thread_is_watched_too() -> None:
    def call() -> None:
        with suppress(OutsideCall):
            connect()

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert WALL.take_offences()
