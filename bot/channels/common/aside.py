"""Aside: a foreign library in a thread and an event loop of its own, one connection after the other, for ever.

Some of these libraries block, take the loop they find, give up after ten tries or end without a word. Here none of
that reaches the program: whatever ends a connection is told once, waited out, and the next one is begun.
"""

import asyncio
import logging
import threading
import time
import traceback
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.channels.common.calls import Unsent

log = logging.getLogger(__name__)

T = TypeVar("T")
STEP = 0.02
GOODBYE = 3.0
"""Seconds for a connection to close; a thread that hangs is left behind, it does not keep the process."""
STEADY = 60.0
"""A connection that stood so long was a good one: after it the pauses begin anew."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds between connections: `first`, doubling up to `most`."""

    first: float = 1.0
    most: float = 60.0


class Trouble(Exception):
    """Why there is no connection, in words without secrets. `wait`: seconds before the next one, at least."""

    def __init__(self, words: str, *, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait


class Aside:
    """`live` holds one connection and returns or raises when it is over; it calls `up` once it stands.

    Everything but `run` and `call` is for the thread.
    """

    def __init__(self, name: str, live: Callable[["Aside"], None], pauses: Pauses | None = None) -> None:
        self.name = name
        self.trouble = "not connected yet"
        self._live = live
        self._pauses = pauses or Pauses()
        self._stopping = threading.Event()
        self._end: Callable[[], object] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failures = 0

    async def run(self) -> None:
        """Stay connected until cancelled."""
        self._stopping.clear()
        thread = threading.Thread(target=self._keep, name=f"ruqi-{self.name}", daemon=True)
        thread.start()
        try:
            while thread.is_alive():  # noqa: ASYNC110 - a thread has no event of the loop
                await asyncio.sleep(0.5)
        finally:
            self._stopping.set()
            self._end()
            await asyncio.shield(_over(thread))

    async def call(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a coroutine in the connection's loop; Unsent where there is none."""
        loop = self._loop
        if loop is None or loop.is_closed():
            raise Unsent(self.trouble or "not connected")
        job = work()
        try:
            future: Future[T] = asyncio.run_coroutine_threadsafe(job, loop)
        except RuntimeError as error:
            job.close()
            raise Unsent("the connection has just ended") from error
        return await asyncio.wrap_future(future)

    def up(self) -> None:
        """The connection stands."""
        if self.trouble:
            log.info("%s is connected", self.name)
        self.trouble = ""

    def in_loop(self, connection: Coroutine[Any, Any, None]) -> None:
        """Run a connection that is a coroutine, in a fresh loop."""
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            task = loop.create_task(connection)
            self.ends_with(lambda: loop.call_soon_threadsafe(task.cancel))
            self._loop = loop
            try:
                loop.run_until_complete(task)
            except asyncio.CancelledError:
                return
            finally:
                self._loop = None

    def ends_with(self, end: Callable[[], object]) -> None:
        """How the connection that now begins is ended from outside."""

        def end_it() -> None:
            try:
                end()
            except RuntimeError:
                log.debug("%s had ended already", self.name)

        self._end = end_it
        if self._stopping.is_set():
            end_it()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            trouble = self._lived()
            if self._stopping.is_set():
                break
            self._note(str(trouble), stood=time.monotonic() - began)
            self._stopping.wait(max(trouble.wait, self._pause()))

    def _lived(self) -> Trouble:
        """One connection from its beginning to its end, and what ended it."""
        try:
            self._live(self)
        except Trouble as trouble:
            return trouble
        except (Exception, SystemExit) as error:  # noqa: BLE001 - no library ends the program
            log.debug("%s broke down in %s", self.name, [f"{at.name}:{at.lineno}" for at in _places(error)])
            return Trouble(type(error).__name__)  # its own words may hold a secret address
        return Trouble("the connection ended")

    def _note(self, words: str, *, stood: float) -> None:
        if words != self.trouble:
            log.warning("nothing comes in from %s: %s", self.name, words)
        self._failures = 1 if not self.trouble and stood >= STEADY else self._failures + 1
        self.trouble = words

    def _pause(self) -> float:
        return min(self._pauses.most, self._pauses.first * float(2 ** min(self._failures - 1, 10)))


def _places(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


async def _over(thread: threading.Thread) -> None:
    for _ in range(int(GOODBYE / STEP)):
        if not thread.is_alive():
            return
        await asyncio.sleep(STEP)
    log.warning("%s did not close within %s s and is left behind", thread.name, GOODBYE)
