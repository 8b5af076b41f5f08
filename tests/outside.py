"""The wall around the tests: nothing in this process may talk to a machine other than this one.

An audit hook sees every connect, datagram and name look-up made through Python's socket module, asyncio included. The
offence is noted besides being refused, so that a test fails even where the code under test swallows the error. What
talks through C (libpq) or in another process is not seen.
"""

import ipaddress
import socket
import sys
from typing import Any

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}
ADDRESSED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class OutsideCall(Exception):
    """Tests talk to this machine only."""


def is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return str(name).endswith(".localhost")
    return address.is_loopback or address.is_unspecified


class Wall:
    """Refuses and notes every call to the outside; one for the whole test run, because audit hooks stay for ever."""

    def __init__(self) -> None:
        self.offences: list[str] = []

    def raise_up(self) -> None:
        sys.addaudithook(self._watch)

    def take_offences(self) -> list[str]:
        """The offences since the last call."""
        offences, self.offences = self.offences, []
        return offences

    def _watch(self, event: str, args: tuple[Any, ...]) -> None:
        if event in ADDRESSED:
            sock, address = args
            if address is not None and sock.family in {socket.AF_INET, socket.AF_INET6}:
                self._admit(event, address[0])
        elif event in LOOK_UPS:
            self._admit(event, args[0])

    def _admit(self, event: str, host: object) -> None:
        if not is_local(host):
            offence = f"{event} to {host!r}"
            self.offences.append(offence)
            raise OutsideCall(f"{offence}: tests talk to this machine only")


WALL = Wall()
