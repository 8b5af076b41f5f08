"""Hundreds of addresses that lead, or seem to lead, into this house: nothing here is ever connected to.

Whatever a machine is called, where its name leads decides. Every name is listed by the administrator in these tests, so
that nothing but the look at the address stands between a call and the listener.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from itertools import product

import pytest

from bot.channels.webhook.address import Allowed, BadHook, usable
from bot.channels.webhook.calling import Caller
from schedules.retry import Outcome, Refused, Sent

LOOPBACKS = (
    "127.0.0.1",
    "127.0.0.2",
    "127.1.2.3",
    "127.255.255.254",
    "0.0.0.0",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:0.0.0.0",
    "::127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001::7f00:1",
)
INSIDE = (
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "2002:0a00:0001::",
    "2002:c0a8:0101::1",
    "2002:a9fe:a9fe::",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
)
ODD = (
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0177.1",
    "0",
    "0x0",
    "00.0.0.0",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "167772161",
    "012.0.0.1",
    "0xa.0.0.1",
    "3232235521",
)
"""What the C library, and so a browser, takes for an IPv4 address."""
NAMES = ("localhost", "localhost.", "ip6-localhost", "127.0.0.1.nip.io", "evil.example", "oa.example.gov.cn")
WRITTEN = (
    "https://{user}@{host}:{port}/",
    "https://user:{user}@{host}:{port}/",
    "https://oa.example.gov.cn@{host}:{port}/",
    "https://{host}:{port}\\@oa.example.gov.cn/",
    "https://{host}:{port}#@oa.example.gov.cn/",
    "https:// {host}:{port}/",
    "https://{host}:{port}/\r\nhost: x",
    "ftp://{host}:{port}/",
    "file://{host}/etc/passwd",
    "gopher://{host}:{port}/_x",
    "//{host}:{port}/",
    "javascript://{host}:{port}/",
    "http://{host}:{port}/",
)


@dataclass
class Listener:
    """Everything that reaches this machine, whatever it says."""

    hits: list[str] = field(default_factory=list)
    port: int = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.hits.append(str(writer.get_extra_info("sockname")[0]))
        await reader.read(4096)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    """On every IPv4 and IPv6 address of this machine."""
    listener = Listener()
    server = await asyncio.start_server(listener.take, "0.0.0.0", 0)
    listener.port = server.sockets[0].getsockname()[1]
    other = await asyncio.start_server(listener.take, "::", listener.port)
    async with server, other:
        yield listener


def leading_to(*places: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - the type is calling.Resolve
    """A look-up that says what an attacker's name server would; what is an address already, libc reads."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            pass
        try:
            return [socket.inet_ntoa(socket.inet_aton(host))]
        except OSError:
            return places

    return resolve


def hostile_urls(port: int) -> list[tuple[str, str]]:
    """(address, where its name leads)."""
    literals = [f"[{place}]" if ":" in place else place for place in (*LOOPBACKS, *INSIDE)]
    found = [(f"{scheme}://{host}:{port}/", "") for scheme, host in product(("https", "http"), (*literals, *ODD))]
    found += [(f"https://{name}:{port}/", place) for name, place in product(NAMES, (*LOOPBACKS, *INSIDE))]
    hosts = ("127.0.0.1", "[::1]", "localhost", "2130706433")
    found += [(form.format(host=host, port=port, user="x"), "127.0.0.1") for form, host in product(WRITTEN, hosts)]
    return found


TRUSTED = ssl.create_default_context()
LISTED = frozenset({*NAMES, *ODD, *LOOPBACKS, *INSIDE})


async def called(allowed: Allowed, url: str, *places: str) -> Outcome:
    caller = Caller(allowed, leading_to(*places), longest=5.0, trusted=TRUSTED)
    outcome = await caller.post(url, {}, b"{}")
    await caller.close()
    return outcome


async def test_nothing_hostile_reaches_this_machine() -> None:
    async with listening() as listener:
        cases = hostile_urls(listener.port)
        assert len({url + place for url, place in cases}) >= 400
        for url, place in cases:
            outcome = await called(Allowed(LISTED), url, place)
            assert isinstance(outcome, Refused), f"{url} to {place}: {outcome}"
        assert listener.hits == []


async def test_the_listener_would_have_noticed() -> None:
    """The same call, once this machine is listed as a network."""
    async with listening() as listener:
        allowed = Allowed.read(["127.0.0.1"])
        assert await called(allowed, f"http://127.0.0.1:{listener.port}/") == Sent()
        assert listener.hits == ["127.0.0.1"]


@pytest.mark.parametrize("place", ["169.254.169.254", "::ffff:127.0.0.1", "100.100.100.200", "fe80::1", "0.0.0.0"])
async def test_some_addresses_are_never_called_listed_or_not(place: str) -> None:
    allowed = Allowed.read(["evil.example", "0.0.0.0/0", "::/0"])
    assert isinstance(await called(allowed, "https://evil.example:1/", place), Refused)


async def test_one_bad_address_among_good_ones_is_enough() -> None:
    async with listening() as listener:
        allowed = Allowed.read(["127.0.0.2", "evil.example"])
        there = f"https://evil.example:{listener.port}/"
        assert isinstance(await called(allowed, there, "127.0.0.2", "127.0.0.1"), Refused)
        assert listener.hits == []


async def test_a_name_that_leads_elsewhere_the_second_time_is_asked_once() -> None:
    """DNS rebinding: what was looked at is what is connected to."""
    answers = [["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]]

    async def rebind(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    async with listening() as listener:
        caller = Caller(Allowed.read(["127.0.0.2"]), rebind, longest=5.0)
        await caller.post(f"https://evil.example:{listener.port}/", {}, b"{}")
        await caller.close()
        assert listener.hits == ["127.0.0.2"]
        assert len(answers) == 2


@pytest.mark.parametrize("name", ["http_proxy", "https_proxy", "all_proxy"])
async def test_no_proxy_of_the_environment_is_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening() as listener:
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.port}")
        allowed = Allowed.read(["127.0.0.2"])
        await called(allowed, "http://127.0.0.2:9/")
        assert listener.hits == []


@pytest.mark.parametrize(
    ("words", "url", "good"),
    [
        ("oa.example.gov.cn", "https://oa.example.gov.cn/hook?key=1", True),
        ("oa.example.gov.cn", "https://OA.example.gov.cn:8443/hook", True),
        ("oa.example.gov.cn", "http://oa.example.gov.cn/hook", False),
        ("oa.example.gov.cn", "https://other.example.gov.cn/", False),
        ("oa.example.gov.cn", "https://oa.example.gov.cn.evil.example/", False),
        ("oa.example.gov.cn", "https://x.oa.example.gov.cn/", False),
        ("oa.example.gov.cn", "https://me@oa.example.gov.cn/", False),
        ("oa.example.gov.cn", "https://oa.example.gov.cn/#part", False),
        ("oa.example.gov.cn", "https://10.2.3.4/", False),
        ("oa.example.gov.cn", f"https://oa.example.gov.cn/{'x' * 1000}", False),
        ("oa.example.gov.cn", "https://", False),
        ("oa.example.gov.cn", "oa.example.gov.cn", False),
        ("10.2.0.0/16", "https://10.2.3.4/", True),
        ("10.2.0.0/16", "http://10.2.3.4/", False),
        ("10.2.0.0/16", "https://10.3.3.4/", False),
        ("10.2.0.0/16", "https://inside.example/", True),
        ("127.0.0.1", "http://127.0.0.1:8000/", True),
        ("::1", "http://[::1]:8000/", True),
        ("127.0.0.1", "http://127.0.0.2:8000/", False),
        ("", "https://oa.example.gov.cn/", False),
    ],
)
def test_what_may_be_added(words: str, url: str, good: bool) -> None:
    allowed = Allowed.read(words.split())
    if good:
        assert usable(url, allowed).startswith("http")
    else:
        with pytest.raises(BadHook):
            usable(url, allowed)


@pytest.mark.parametrize(
    ("words", "host", "place", "good"),
    [
        ("oa.example", "oa.example", "8.8.8.8", True),
        ("oa.example", "oa.example", "2400:3200::1", True),
        ("oa.example", "other.example", "8.8.8.8", False),
        ("oa.example", "oa.example", "10.1.1.1", False),
        ("10.1.0.0/16", "oa.example", "10.1.1.1", True),
        ("10.1.0.0/16", "oa.example", "8.8.8.8", False),
        ("oa.example", "oa.example", "100::1", False),
        ("oa.example", "oa.example", "nonsense", False),
    ],
)
def test_where_a_call_may_go(words: str, host: str, place: str, good: bool) -> None:
    assert Allowed.read(words.split()).may_call(host, place) is good
