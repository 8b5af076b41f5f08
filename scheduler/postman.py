"""The postman: claim and commit, read afresh, send with no transaction open, record."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from scheduler.clock import Clock
from scheduler.lanes import Lanes
from scheduler.leases import Leases
from scheduler.together import Together
from schedules.retry import Outcome, Refused, Sent, Unknown
from storage.refusals import is_away
from storage.rows import DeliveryRow
from usecases import deliver
from usecases.deliver import Ending, Messenger, Outgoing
from usecases.office import Office

log = logging.getLogger(__name__)

BATCH = 50
MOST = 500
"""How many deliveries of one channel this process holds at once; the rest waits in the database, for any node."""
SEND_LIMIT = 30.0
"""Seconds a messenger may take for one message; its lease is renewed meanwhile."""
PAUSE = 1.0
"""Seconds after a message that could not be written, times the number of tries."""
PREPARE_TRIES = 3
RECORD_TRIES = 3


class Postman:
    """Takes deliveries to their end. `owner`: this process in its claims.

    `more` hears that there may be something to claim, `put_off` that the next moment may be another. Of a message that
    was sent neither hears, so that no turn of the beat gets into the way of the next.
    """

    def __init__(  # noqa: PLR0913 - what it carries, and for whom
        self,
        office: Office,
        clock: Clock,
        messengers: Mapping[str, Messenger],
        *,
        owner: str,
        more: Callable[[], None],
        put_off: Callable[[], None],
        sends: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._office = office
        self._clock = clock
        self._messengers = messengers
        self._owner = owner
        self._sends = sends
        self._more = more
        self._put_off = put_off
        self._crowded: set[str] = set()
        self._closing = asyncio.Event()
        self._unwritten: Counter[int] = Counter()
        self._leases = Leases(office, clock, owner)
        self._preparing = Together(self._prepare, writers=office.store.writers)
        self._ending = Together(self._write, writers=office.store.writers)
        self.lanes = Lanes(self._carry, self._through)

    async def collect(self) -> int:
        """Claim what is due and set it on its way; gives how many."""
        return sum([await self._collect(channel) for channel in self._messengers if self._sends(channel)])

    async def _collect(self, channel: str) -> int:
        """Each channel by itself, so that one that is down does not take the places of the others."""
        taken = 0
        self._crowded.discard(channel)
        while not self._closing.is_set():
            if self.lanes.held(channel) >= MOST:
                self._crowded.add(channel)
                break
            rows = await asyncio.to_thread(self._claim, channel)
            for row in rows:
                self.lanes.put(row)
            taken += len(rows)
            if len(rows) < BATCH:
                break
        return taken

    def _through(self, channel: str) -> None:
        """A chat is through: where something was left for want of room, and a batch has room now, it is claimed."""
        if channel in self._crowded and self.lanes.held(channel) <= MOST - BATCH:
            self._more()

    async def begun(self, within: float) -> None:
        """Wait until what is on its way is written and may leave, at most `within` seconds."""
        await asyncio.sleep(0)  # what was claimed at this moment asks to be written first
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._preparing.empty()

    async def close(self, patience: float) -> None:
        """Claim nothing more, finish what is being sent, give back what was not begun."""
        self._closing.set()
        for row in await self.lanes.close(patience):
            await asyncio.to_thread(self._release, row)
        await self._ending.empty()
        self._leases.stop()

    async def _carry(self, row: DeliveryRow) -> None:
        try:
            await self._carry_held(row)
        finally:
            self._leases.drop(row)

    async def _carry_held(self, row: DeliveryRow) -> None:
        try:
            outgoing = await self._preparing.write(row)
            while outgoing is not None and self._leases.is_short(row):  # this process slept: is it still ours?
                outgoing = await self._preparing.write(row)
        except Exception as error:
            log.exception("delivery %s could not be written (try %s)", row.id, row.attempt)
            await self._stumble(row, its_fault=not is_away(error))
            self._more()
            return
        self._unwritten.pop(row.id, None)
        if outgoing is None:
            self._more()  # it may have gone to another way
            return
        await self._send(row, outgoing)

    async def _send(self, row: DeliveryRow, outgoing: Outgoing) -> None:
        try:
            outcome = await self._outcome(row, outgoing)
        except asyncio.CancelledError:
            await self._record(row, outgoing, Unknown("stopped while sending"))
            raise
        await self._record(row, outgoing, outcome)
        if not isinstance(outcome, Sent):
            self._more() if isinstance(outcome, Refused) else self._put_off()

    async def _outcome(self, row: DeliveryRow, outgoing: Outgoing) -> Outcome:
        """What came of sending. A messenger that breaks its promise and raises has perhaps sent."""
        try:
            async with asyncio.timeout(SEND_LIMIT):
                return await self._messengers[row.channel].send(outgoing)
        except TimeoutError:
            return Unknown(f"no answer within {SEND_LIMIT:.0f} s")
        except Exception as error:
            log.exception("the %s messenger failed on delivery %s", row.channel, row.id)
            return Unknown(type(error).__name__)  # the error's own words may hold a secret address

    async def _record(self, row: DeliveryRow, outgoing: Outgoing, outcome: Outcome) -> None:
        """Write the outcome; a database that fails for good leaves the row to its lease: twice rather than never."""
        self._office.tally.sent(row.channel, outcome, self._clock.now() - row.at)
        ending = Ending(row, outgoing, outcome, random.random())  # noqa: S311 - spreads retries, no secret
        for tries in range(1, RECORD_TRIES + 1):
            try:
                await self._ending.write(ending)
                return
            except Exception:
                log.exception("the outcome of delivery %s could not be recorded (try %s)", row.id, tries)
                await asyncio.sleep(tries)

    async def _stumble(self, row: DeliveryRow, *, its_fault: bool) -> None:
        """Try again after a pause that only this chat notices; set aside what fails again and again.

        Only failures to write this very message count: it may have been claimed often for other reasons, and a
        database that was away is no fault of the message.
        """
        if its_fault:
            self._unwritten[row.id] += 1
        step = self._park if self._unwritten[row.id] >= PREPARE_TRIES else self._release
        if step == self._release and not self._closing.is_set():
            await self._pause(PAUSE * row.attempt)
        try:
            await asyncio.to_thread(step, row)
        except Exception:
            log.exception("delivery %s stays claimed until its lease runs out", row.id)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return

    def _claim(self, channel: str) -> list[DeliveryRow]:
        """The moment is read afresh: a lease that began with the beat's turn would be short after a slow one."""
        with self._office.write(self._clock.now()) as desk:
            self._leases.renew_late(desk)  # what we hold is alive, however long we waited for the database
            rows = deliver.claim(desk, owner=self._owner, channels=[channel], limit=BATCH)
        self._leases.hold(rows)
        return rows

    def _prepare(self, rows: Sequence[DeliveryRow]) -> list[Outgoing | None]:
        now = self._clock.now()
        with self._office.write(now) as desk:
            outgoing = deliver.prepare_all(desk, rows)
        for row in rows:
            self._leases.extend(row, now + self._office.lease)
        return outgoing

    def _write(self, endings: Sequence[Ending]) -> list[bool]:
        with self._office.write(self._clock.now(), gated=False) as desk:
            return deliver.record_all(desk, endings)

    def _release(self, row: DeliveryRow) -> None:
        with self._office.write(self._clock.now(), gated=False) as desk:
            deliver.release(desk, row)

    def _park(self, row: DeliveryRow) -> None:
        with self._office.write(self._clock.now()) as desk:
            deliver.park(desk, row, "could not be written")
