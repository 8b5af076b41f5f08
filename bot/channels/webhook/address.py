"""Where a webhook may go: named machines on public addresses, and the networks an administrator lists, never elsewhere.

A name says nothing about where it leads: what counts is the address that is connected to.
Source of the ranges: IANA's special-purpose address registries for IPv4 and IPv6; the clouds' own documentation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import ClassVar, TypeAlias

import httpx

from schedules.errors import RuqiError

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
LONGEST = 1000
NEVER: tuple[Network, ...] = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this host
            "169.254.0.0/16",  # link-local, and most clouds' metadata
            "100.100.100.200/32",  # Alibaba Cloud's metadata
            "168.63.129.16/32",  # Azure's
            "192.0.0.0/24",  # protocol assignments, and Oracle's metadata
            "192.88.99.0/24",  # 6to4 relays
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "::/128",
            "::ffff:0:0/96",  # IPv4-mapped
            "64:ff9b::/96",  # NAT64
            "64:ff9b:1::/48",
            "2001::/32",  # Teredo
            "2002::/16",  # 6to4
            "fd00:ec2::254/128",  # Amazon's metadata
            "fd20:ce::254/128",  # Google's
            "fe80::/10",  # link-local
            "fec0::/10",  # site-local, as it once was
            "ff00::/8",  # multicast
        ),
    )
)
"""Listed or not."""
UNICAST = ip_network("2000::/3")
"""All that is public in IPv6."""


class BadHook(RuqiError):
    """This address cannot be told of events; it has to be https and among RUQI_WEBHOOK_HOSTS."""

    key: ClassVar[str] = "bad_hook"

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        super().__init__(
            "This address cannot be told of events: use https, and list its machine in RUQI_WEBHOOK_HOSTS."
        )


@dataclass(frozen=True, slots=True)
class Allowed:
    """The machines, by name, and the networks that may be called."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, words: Iterable[str]) -> "Allowed":
        """From the words of the setting: what is no network is a name."""
        networks = {word: network for word in words if (network := _network(word))}
        return cls(frozenset(words) - networks.keys(), tuple(networks.values()))

    def may_be(self, host: str) -> bool:
        """Whether a machine of this name could be called at all; its address decides."""
        literal = _literal(host)
        return host in self.names or (bool(self.networks) if literal is None else self._is_listed(literal))

    def may_call(self, host: str, address: str) -> bool:
        """Whether `host` may be called at this very address."""
        found = _literal(address)
        if found is None or any(found in network for network in NEVER):
            return False
        return self._is_listed(found) or (host in self.names and is_public(found))

    def _is_listed(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Not private, shared (CGNAT), loopback, for documentation, or otherwise set aside."""
    return address.is_global and (isinstance(address, IPv4Address) or address in UNICAST)


def usable(url: str, allowed: Allowed) -> str:
    """The address as it is stored. Raises BadHook. http is for a listed loopback address only."""
    found = _parsed(url)
    if found is None or not allowed.may_be(found.host) or found.fragment or found.userinfo:
        raise BadHook
    if found.scheme != "https" and not (found.scheme == "http" and is_loopback(found.host)):
        raise BadHook
    return str(found)


def is_loopback(host: str) -> bool:
    literal = _literal(host)
    return literal is not None and literal.is_loopback


def _parsed(url: str) -> httpx.URL | None:
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or set(url) & set(" \\@"):
        return None
    try:
        return httpx.URL(url)
    except httpx.InvalidURL:
        return None


def _literal(text: str) -> Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _network(word: str) -> Network | None:
    try:
        return ip_network(word, strict=False)
    except ValueError:
        return None
