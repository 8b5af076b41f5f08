"""The outside heartbeat: a service such as healthchecks hears from us after each clean audit, and alarms on silence.

Its address is a secret (it holds the check's key) and goes where hooks may go: https, looked up once, no redirects.
"""

import json
import logging
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from ruqi.settings import Settings
from schedules.errors import RuqiError
from schedules.retry import Sent
from storage.keeper import Keeper

log = logging.getLogger(__name__)


class BadHeartbeat(RuqiError):
    """RUQI_HEARTBEAT_URL cannot be used."""

    key: ClassVar[str] = "bad_heartbeat"

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        super().__init__(
            "RUQI_HEARTBEAT_URL cannot be used: write an https address; machines of your own are listed in "
            "RUQI_WEBHOOK_HOSTS."
        )


class Outside:
    """Calls the service; a failure is logged without the address and harms nothing. Raises BadHeartbeat when made."""

    def __init__(self, settings: Settings, keeper: Keeper | None = None) -> None:
        from bot.channels.webhook import Allowed, BadHook, usable
        from bot.channels.webhook.calling import Caller

        secret = settings.heartbeat_url
        assert secret is not None  # noqa: S101 made only where one is set
        host = urlsplit(secret.get_secret_value()).hostname or ""
        listed = Allowed.read(settings.webhook_hosts.split())
        allowed = replace(listed, names=listed.names | {host}) if host.rpartition(".")[2].isalpha() else listed
        try:
            self._url = usable(secret.get_secret_value(), allowed)
        except BadHook:
            raise BadHeartbeat from None
        self._caller = Caller(allowed)
        self._keeper = keeper

    def __repr__(self) -> str:
        return "Outside()"

    async def tell(self) -> None:
        outcome = await self._caller.post(self._url, {}, self._body())
        if not isinstance(outcome, Sent):
            log.warning("the outside heartbeat was not taken: %s", outcome.reason)

    def _body(self) -> bytes:
        """The last seal over the timeline: whoever keeps what is sent there has a witness on another machine."""
        try:
            head = self._keeper.witnessed() if self._keeper else None
        except OSError:
            head = None
        return json.dumps({"seal": f"{head.number} {head.code}"} if head else {}).encode()

    async def close(self) -> None:
        await self._caller.close()


def outside(settings: Settings, keeper: Keeper | None = None) -> Outside | None:
    """None where no heartbeat is set."""
    return Outside(settings, keeper) if settings.heartbeat_url else None
