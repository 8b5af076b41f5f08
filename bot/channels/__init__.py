"""Channels: one messenger each. A channel only translates; what is said and done is the conversation's.

A channel is imported only where it is set up, so that nobody waits for a library they do not use.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from starlette.types import ASGIApp

from storage.rows import InboxRow
from usecases.deliver import Messenger
from usecases.office import Desk


class Channel(Protocol):
    """A way to reach people. `close` comes last, after the deliveries have stopped."""

    @property
    def channel(self) -> str: ...
    @property
    def messenger(self) -> Messenger: ...
    async def close(self) -> None: ...


@runtime_checkable
class TwoWay(Channel, Protocol):
    """One that also hears people. `run` receives until it is cancelled and stores what comes; `handle` acts on a row.

    `trouble` says why nothing comes in now; empty while all is well.
    """

    @property
    def trouble(self) -> str: ...
    def handle(self, desk: Desk, row: InboxRow) -> None: ...
    async def run(self) -> None: ...


@runtime_checkable
class Served(Channel, Protocol):
    """One whose service may call us: `routes` are paths, and what answers a POST there."""

    @property
    def routes(self) -> Mapping[str, ASGIApp]: ...
