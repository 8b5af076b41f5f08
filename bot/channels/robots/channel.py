"""The channel of one platform's robots: it keeps the pace of each, posts, and reads the verdict from the body."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.channels.pacing import Window
from bot.channels.posting import Poster
from bot.channels.robots import address as addresses
from bot.channels.robots.dialect import Dialect
from bot.channels.robots.dingtalk import DINGTALK
from bot.channels.robots.feishu import FEISHU
from bot.channels.robots.wecom import WECOM
from schedules.retry import Again, Outcome, Refused, Unknown
from usecases.deliver import Outgoing

log = logging.getLogger(__name__)

DIALECTS: Mapping[str, Dialect] = MappingProxyType({d.channel: d for d in (WECOM, DINGTALK, FEISHU)})
MINUTE = 60.0


class RobotChannel:
    """All robots of one platform; `per_minute` is what each may say, `now` the office's clock."""

    def __init__(self, channel: str, *, now: Callable[[], datetime], per_minute: int = 20) -> None:
        self.channel = channel
        self._dialect = DIALECTS[channel]
        self._now = now
        self._per_minute = per_minute
        self._paces: dict[str, Window] = {}
        self._poster = Poster()

    @property
    def messenger(self) -> "RobotChannel":
        return self

    async def send(self, outgoing: Outgoing) -> Outcome:
        if outgoing.kind == "edit":
            return Refused("a robot cannot change what it said")
        if not any(line.strip() for line in outgoing.message.lines):
            return Refused("there is no text to send")
        clock = asyncio.get_running_loop().time()
        pace = self._paces.setdefault(outgoing.address, Window(self._per_minute, MINUTE))
        if wait := pace.wait(clock):
            return Again(after=wait, reason="as much as a robot may say in a minute")
        pace.take(clock)
        return await self._post(outgoing)

    async def close(self) -> None:
        await self._poster.close()

    async def _post(self, outgoing: Outgoing) -> Outcome:
        try:
            robot = addresses.read(outgoing.address, self._dialect.public)
            url, body = self._dialect.write(robot, outgoing.message, self._now())
        except Exception as error:  # noqa: BLE001 - whatever it is, its words and its lines may hold the address
            why = type(error).__name__
            log.error("delivery %s could not be written for %s: %s", outgoing.delivery_id, self.channel, why)  # noqa: TRY400 - as above
            return Refused("it could not be written")
        answer = await self._poster.post(url, body)
        if not isinstance(answer, dict):
            return answer
        return self._dialect.outcome(answer) or Unknown("an answer without a verdict")


def canonical(channel: str, given: str, secret: str = "") -> str:
    """A key or webhook address as it was copied, in the one form it is stored in. Raises BadRobot."""
    return addresses.normal(given, secret, DIALECTS[channel].public)
