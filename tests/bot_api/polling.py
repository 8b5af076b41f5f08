"""getUpdates: hold the call until something arrives; a second caller ends the first with 409.

Source: telegram-bot-api, `do_get_updates` and `abort_long_poll`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tests.bot_api.calls import Call
from tests.bot_api.errors import BotApiError
from tests.bot_api.updates import Update, UpdateQueue

LONGEST_HOLD = 50  # seconds
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(slots=True)
class Polling:
    queue: UpdateQueue
    now: Callable[[], float]
    held: asyncio.Future[None] | None = None
    closed: bool = False

    async def get(self, call: Call) -> list[Update]:
        """What getUpdates answers, after holding the call when there is nothing yet."""
        if call.world.webhook.get("url"):
            raise BotApiError(409, WEBHOOK_ACTIVE)
        kinds = call.items("allowed_updates")
        self.queue.allow(None if kinds is None else [str(kind) for kind in kinds])
        offset, limit = call.integer("offset"), min(max(call.integer("limit", 100), 1), 100)
        hold = min(max(call.integer("timeout"), 0), LONGEST_HOLD)
        updates = self.queue.take(offset, limit, now=call.now)
        if updates or not hold or self.closed:
            return updates
        await self._hold(hold)
        return self.queue.take(offset, limit, now=self.now())

    def wake(self) -> None:
        if self.held and not self.held.done():
            self.held.set_result(None)

    def abort(self, reason: str) -> None:
        if self.held and not self.held.done():
            self.held.set_exception(BotApiError(409, reason))

    def close(self) -> None:
        self.closed = True
        self.wake()

    async def _hold(self, seconds: float) -> None:
        self.abort(OTHER_POLLER)
        self.held = held = asyncio.get_running_loop().create_future()
        done, _ = await asyncio.wait([held], timeout=seconds)
        if self.held is held:
            self.held = None
        for future in done:
            future.result()
