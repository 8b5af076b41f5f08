"""The channel of other programs: it signs what was written for them and calls. They are heard by the API, not here."""

from collections.abc import Callable
from datetime import datetime

from bot.channels.webhook.address import Allowed
from bot.channels.webhook.calling import Caller
from bot.channels.webhook.signing import headers
from schedules.retry import Outcome, Refused
from usecases.deliver import Outgoing
from usecases.hook_events import CHANNEL


class Webhook:
    """All hooks; `now` is the office's clock."""

    channel = CHANNEL

    def __init__(self, allowed: Allowed, now: Callable[[], datetime], caller: Caller | None = None) -> None:
        self._caller = caller or Caller(allowed)
        self._now = now

    @property
    def messenger(self) -> "Webhook":
        return self

    async def send(self, outgoing: Outgoing) -> Outcome:
        call = outgoing.call
        if call is None:
            return Refused("no event")
        return await self._caller.post(call.url, headers(call.secret, call.id, self._now(), call.body), call.body)

    async def close(self) -> None:
        await self._caller.close()
