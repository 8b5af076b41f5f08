"""The DingTalk channel as the program holds it."""

from bot.channels.common.api import Answer, Api, Dialect
from bot.channels.common.aside import Pauses
from bot.channels.common.calls import Said
from bot.channels.common.channel import Clock, beside, repeat_line
from bot.channels.common.fetching import Fetcher, download, weighed
from bot.channels.common.foreign import require
from bot.channels.common.handling import Handling
from bot.channels.common.intake import Intake
from bot.channels.common.messenger import Manner, SteadyMessenger
from bot.channels.common.pacing import Limits
from bot.channels.dingtalk.carrier import Carrier
from bot.channels.dingtalk.errors import MEANINGS, STALE_TOKEN
from bot.channels.dingtalk.line import Line
from bot.channels.dingtalk.reading import read
from storage.rows import Evidence, InboxRow
from usecases.office import Desk, Office

CHANNEL = "dingtalk"
PUBLIC, FILES = "https://api.dingtalk.com", "https://oapi.dingtalk.com"
"""DingTalk takes files at its older address, with the same token."""
LIMITS = Limits(overall=((18, 1.0),), per_chat=((18, 60.0),))
"""DingTalk allows an app 20 calls of one kind a second, and a robot 20 messages a minute in one group."""


class DingTalk:
    """One app with its robot. `url`: another server than DingTalk's own."""

    channel = CHANNEL

    def __init__(  # noqa: PLR0913 - what the program hands to a channel
        self, client_id: str, secret: str, office: Office, clock: Clock, *, url: str = "", pauses: Pauses | None = None
    ) -> None:
        require("DingTalk", "dingtalk-stream", "dingtalk_stream")
        base = url or PUBLIC
        self._api = Api(base, dialect(client_id, secret))
        intake = Intake(CHANNEL, client_id[:80], office, clock.now)
        self._line = Line(client_id, secret, base, intake, pauses)
        self._robot = client_id
        self._fetcher = Fetcher(CHANNEL, office, clock.now, weighed(self._fetch, MEANINGS))
        self._handling = Handling(CHANNEL, read, expect=self._fetcher.expect)
        manner = Manner(CHANNEL, LIMITS, MEANINGS)
        carrier = Carrier(self._api, client_id, url or FILES)
        self.messenger = SteadyMessenger(carrier, manner, repeat_line(CHANNEL, office, clock))

    @property
    def trouble(self) -> str:
        """Why nothing comes in now; empty while all is well."""
        return self._line.aside.trouble

    def handle(self, desk: Desk, row: InboxRow) -> None:
        self._handling.handle(desk, row)

    async def run(self) -> None:
        await beside(self._line.aside.run, self._fetcher.run)

    async def close(self) -> None:
        await self._api.close()

    async def _fetch(self, row: Evidence) -> bytes:
        asked = {"downloadCode": str(row.source["code"]), "robotCode": self._robot}
        found = await self._api.call("POST", "/v1.0/robot/messageFiles/download", asked)
        return await download(str(found.get("downloadUrl", "")))


def dialect(client_id: str, secret: str) -> Dialect:
    return Dialect(
        token=lambda: ("/v1.0/oauth2/accessToken", {"appKey": client_id, "appSecret": secret}),
        read_token=lambda body: (str(body["accessToken"]), float(body["expireIn"])),
        header=lambda token: ("x-acs-dingtalk-access-token", token),
        said=_said,
        stale_token=STALE_TOKEN,
    )


def _said(answer: Answer) -> Said | None:
    """DingTalk's own word: a code in words, with whatever HTTP status."""
    code = answer.body.get("code")
    if not isinstance(code, str) or not code:
        return None
    return Said(code, str(answer.body.get("message", "")), after=answer.after)
