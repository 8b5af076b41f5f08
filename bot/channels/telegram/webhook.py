"""A webhook instead of polling, by setting: Telegram posts each update to a path of ours, with a secret.

The secret is compared before anything is read, in constant time; it is made from the token, so it is kept nowhere and
changes with it. An update is stored before it is answered with 200; any other answer brings it again
(core.telegram.org/bots/api#setwebhook). One connection at a time keeps the order.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.common.unbroken import unbroken
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiver import WANTED, Caller
from bot.channels.telegram.troubles import Pauses, Trouble, Worry

log = logging.getLogger(__name__)

PATH = "/channels/telegram"
HEADER = b"x-telegram-bot-api-secret-token"
MOST_BODY = 1024 * 1024
"""Bytes of an update; the longest message with all its marks takes a tenth of it."""


def secret_of(token: str) -> str:
    return hmac.new(token.encode(), b"ruqi: the secret of the webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Stands where a Receiver stands. `run` sets the webhook and looks after it; `routes` is what the pages serve."""

    def __init__(  # noqa: PLR0913 - what a receiver is made of, and where it is reached
        self,
        wire: Caller,
        intake: Intake,
        *,
        token: str,
        base_url: str,
        greet: Callable[[dict[str, Any]], Awaitable[None]],
        wake: Callable[[], object],
        pauses: Pauses | None = None,
    ) -> None:
        self._wire = wire
        self._intake = intake
        self._secret = secret_of(token)
        self._url = base_url.rstrip("/") + PATH
        self._greet = greet
        self._wake = wake
        self._pauses = pauses or Pauses()
        self._worry = Worry(self._pauses)
        self._account = token.partition(":")[0]
        self._set = False

    @property
    def trouble(self) -> str:
        return self._worry.words

    @property
    def routes(self) -> dict[str, ASGIApp]:
        return {PATH: self.take}

    async def run(self) -> None:
        while True:
            try:
                await self._look_after()
            except Exception as error:  # noqa: BLE001 - each trouble is told and waited out
                await asyncio.sleep(self._worry.note(error))
            else:
                await asyncio.sleep(self._pauses.look)

    async def take(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One update. What does not know the secret is answered like any address that does not exist."""
        await _answer(send, await self._taken(scope, receive))

    async def _taken(self, scope: Scope, receive: Receive) -> HTTPStatus:
        given = dict(scope["headers"]).get(HEADER, b"")
        if not hmac.compare_digest(given, self._secret.encode()):
            return HTTPStatus.NOT_FOUND
        body = await _body(receive)
        if body is None:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        update = _update(body)
        if update is None:
            log.error("an update came that has no number and was left out")
            return HTTPStatus.OK  # it can neither be kept nor will it get better, and would block the others
        try:
            await unbroken(self._intake.take, self._account, [update])
        except Exception:
            log.exception("an update could not be stored; Telegram will send it again")
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._wake()
        return HTTPStatus.OK

    async def _look_after(self) -> None:
        """Set the webhook at the start and whenever it is no longer ours; see whether Telegram gets through."""
        if not self._set:
            await self._greet(await self._wire.call("getMe"))
        info = await self._wire.call("getWebhookInfo")
        if not self._set or info.get("url") != self._url:
            known: dict[str, Any] = {
                "url": self._url,
                "secret_token": self._secret,
                "allowed_updates": WANTED,
                "max_connections": 1,
            }
            await self._wire.call("setWebhook", **known)
            self._set = True
        elif info.get("pending_update_count") and info.get("last_error_message"):
            words = f"Telegram does not get through to {self._url}: {info['last_error_message']}"
            self._worry.tell(Trouble("unreached", words, self._pauses.look))
            return
        self._worry.over()
        await unbroken(self._intake.alive)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is longer than it may be."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) and type(found.get("update_id")) is int else None


async def _answer(send: Send, status: HTTPStatus) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
