"""The line from DingTalk: the official library's stream client in a thread of its own.

The library blocks its loop while it connects, swallows a cancel, and waits ten seconds whatever happened. So one
connection is ours to hold; opening it, reading its frames and acknowledging them is the library's. What comes is
stored before it is acknowledged; a failure to store is not, and DingTalk tells it again.
"""

import asyncio
import hashlib
import json
import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus

from bot.channels.common.aside import Aside, Pauses, Trouble
from bot.channels.common.foreign import bring, hush, timed
from bot.channels.common.intake import Intake
from bot.channels.dingtalk.reading import PRESSED, SAID

CHATTY = ("dingtalk_stream", "dingtalk_stream.client", "dingtalk_stream.handler", "websockets", "websockets.client")
OPEN = "/v1.0/gateway/connections/open"
REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class Line:
    """`run` with `aside.run`."""

    def __init__(self, client_id: str, secret: str, base: str, intake: Intake, pauses: Pauses | None = None) -> None:
        self._client_id = client_id
        self._secret = secret
        self._base = base.rstrip("/")
        self._intake = intake
        self.aside = Aside("DingTalk", lambda aside: aside.in_loop(self._connection()), pauses)

    async def _connection(self) -> None:
        dingtalk = bring("dingtalk_stream", *CHATTY)
        client = self._make(dingtalk)
        where = self._open(client)
        address = f"{where['endpoint']}?ticket={quote_plus(where['ticket'])}"
        async with bring("websockets").connect(address, open_timeout=10, close_timeout=1) as websocket:
            client.websocket = websocket
            self.aside.up()
            tasks = {asyncio.create_task(client.keepalive(websocket))}
            async for frame in websocket:
                task = asyncio.create_task(client.background_task(json.loads(frame)))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

    def _make(self, dingtalk: Any) -> Any:  # noqa: ANN401 - the library has no types
        quiet = logging.getLogger("dingtalk_stream.client")
        client = dingtalk.DingTalkStreamClient(dingtalk.Credential(self._client_id, self._secret), logger=quiet)
        client.get_host_ip = lambda: ""  # it would ask a stranger's server, and DingTalk does not need to know
        for topic in (SAID, PRESSED):
            client.register_callback_handler(topic, _listener(dingtalk, self._take))
        hush(*CHATTY)
        client.pre_start()
        return client

    def _open(self, client: Any) -> dict[str, str]:  # noqa: ANN401 - as above
        """Ask where to connect; blocks, with a limit."""
        stream = bring("dingtalk_stream.stream")
        stream.DingTalkStreamClient.OPEN_CONNECTION_API = self._base + OPEN
        requests = timed(stream)
        found = client.open_connection()
        if isinstance(found, dict) and found.get("endpoint") and found.get("ticket"):
            return found
        if requests.status in REFUSED:
            words = "the app's id or secret is refused, check RUQI_DINGTALK_CLIENT_ID and RUQI_DINGTALK_CLIENT_SECRET"
            raise Trouble(words, wait=15.0)
        raise Trouble("DingTalk cannot be reached")

    def _take(self, topic: str, number: str, data: dict[str, Any]) -> None:
        name = str(data.get("msgId") or "") if topic == SAID else number
        known = name or hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
        self._intake.take(known, {"topic": topic, "data": data})


def _listener(dingtalk: Any, take: Any) -> Any:  # noqa: ANN401 - made from the library's own class
    """A handler of the library that stores, and by returning acknowledges."""

    class Listener(dingtalk.CallbackHandler):  # type: ignore[misc]  # the library has no types
        async def process(self, message: Any) -> tuple[int, Any]:  # noqa: ANN401 - as above
            take(str(message.headers.topic), str(message.headers.message_id), message.data)
            return dingtalk.AckMessage.STATUS_OK, {}

    return Listener()
