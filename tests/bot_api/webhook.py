"""setWebhook and what follows: the fake posts each update to the given address until it is accepted.

Source: core.telegram.org/bots/api#setwebhook; delays that double: telegram-bot-api, `WebhookActor`. Loopback only.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tests.bot_api.calls import Call
from tests.bot_api.errors import careless
from tests.bot_api.polling import Polling
from tests.bot_api.world import Json, World

LOOPBACK = ("127.0.0.1", "localhost", "::1")
FIRST_DELAY = 0.1  # seconds; Telegram starts at 1, a test has less time
LONGEST_DELAY = 60.0


@dataclass(slots=True)
class Webhook:
    world: World
    polling: Polling
    now: Callable[[], float]
    pusher: asyncio.Task[None] | None = None

    def set(self, call: Call) -> bool:
        if not call.text("url"):
            return self.delete(call)
        if urlsplit(call.text("url")).hostname not in LOOPBACK:
            raise careless("bad webhook: the fake posts to loopback only")
        kinds = call.items("allowed_updates")
        self.world.queue.allow(None if kinds is None else [str(kind) for kind in kinds])
        self._drop(call)
        self.polling.abort("terminated by setWebhook request")
        self.world.webhook = {"url": call.text("url"), "secret": call.text("secret_token")}
        self.close()
        self.pusher = asyncio.get_running_loop().create_task(self._push())
        return True

    def delete(self, call: Call) -> bool:
        self._drop(call)
        self.world.webhook = {}
        self.close()
        return True

    def info(self, call: Call) -> Json:
        pending = self.world.queue.take(0, 1_000_000, now=call.now)
        errors = {name: value for name, value in self.world.webhook.items() if name.startswith("last_")}
        known = {"url": self.world.webhook.get("url", ""), "has_custom_certificate": False}
        return known | {"pending_update_count": len(pending)} | errors

    def close(self) -> None:
        if self.pusher:
            self.pusher.cancel()
        self.pusher = None

    def _drop(self, call: Call) -> None:
        if call.flag("drop_pending_updates"):
            self.world.queue.pending.clear()

    async def _push(self) -> None:
        delay = FIRST_DELAY
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            while True:
                updates = self.world.queue.take(0, 1, now=self.now())
                if not updates:
                    await asyncio.sleep(0.02)
                elif await self._posted(client, updates[0].body):
                    self.world.queue.take(updates[0].id + 1, 1, now=self.now())
                    delay = FIRST_DELAY
                else:
                    await asyncio.sleep(delay)
                    delay = min(delay * 2, LONGEST_DELAY)

    async def _posted(self, client: httpx.AsyncClient, body: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.world.webhook["secret"]}
        try:
            answer = await client.post(self.world.webhook["url"], json=body, headers=headers)
            if answer.is_success:
                return True
            trouble = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        except httpx.HTTPError as error:
            trouble = f"Connection failed: {type(error).__name__}"
        self.world.webhook |= {"last_error_date": int(self.now()), "last_error_message": trouble}
        return False
