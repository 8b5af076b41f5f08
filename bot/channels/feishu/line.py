"""The line from Feishu: the official library's long connection in a thread of its own.

The library takes the event loop it finds when it is imported, runs it for ever, and calls us while Feishu waits: what
comes is stored before we return, which is what acknowledges it. A failure to store is answered 500, and Feishu tells
it again. Feishu waits 3 seconds for the words over a pressed button.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from typing import Any

from bot.channels.common.aside import Aside, Pauses, Trouble
from bot.channels.common.foreign import bring, hush, timed
from bot.channels.common.intake import Intake

STEP = 0.05
TOAST_WAIT = 1.5
GOODBYE = 1.0
CHATTY = ("Lark", "websockets", "websockets.client")
LOST = "the connection to Feishu ended"

Event = dict[str, Any]


class Line:
    """`run` with `aside.run`. `toast` gives the words for a row's pressed button, once."""

    def __init__(  # noqa: PLR0913, PLR0917 - what one connection is made from
        self,
        app_id: str,
        secret: str,
        domain: str,
        intake: Intake,
        toast: Callable[[int], str],
        pauses: Pauses | None = None,
    ) -> None:
        self._app_id = app_id
        self._secret = secret
        self._domain = domain
        self._intake = intake
        self._toast = toast
        self.aside = Aside("Feishu", self._live, pauses)

    def _live(self, aside: Aside) -> None:
        """One connection. The library's own reconnecting, which waits minutes, is left as soon as it begins."""
        ws = bring("lark_oapi.ws.client", *CHATTY)
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        _take_over(ws, loop)
        timed(ws)
        client = self._make(ws)
        client.on_reconnecting = loop.stop
        aside.ends_with(lambda: loop.call_soon_threadsafe(loop.stop))
        watching = loop.create_task(_watch(client, aside.up))
        try:
            client.start()
        except RuntimeError:
            raise Trouble(LOST if not aside.trouble else "Feishu cannot be reached") from None  # the loop was stopped
        except Exception as error:
            if type(error).__name__ != "ClientException":
                raise
            words = "the app's id or secret is refused, check RUQI_FEISHU_APP_ID and RUQI_FEISHU_APP_SECRET"
            raise Trouble(f"{words} ({getattr(error, 'code', '')})", wait=15.0) from None
        finally:
            watching.cancel()
            _tidy(loop, client)

    def _make(self, ws: Any) -> Any:  # noqa: ANN401 - the library's types are not ours to know
        lark = bring("lark_oapi")
        handler = (
            lark.EventDispatcherHandler.builder("", "")
            .register_p2_im_message_receive_v1(self._take)
            .register_p2_card_action_trigger(self._press)
            .register_p2_im_message_message_read_v1(_ignore)
            .register_p2_im_chat_access_event_bot_p2p_chat_entered_v1(_ignore)
            .register_p2_im_chat_member_bot_added_v1(self._take)
            .register_p2_im_chat_member_bot_deleted_v1(self._take)
            .build()
        )
        client = ws.Client(
            self._app_id, self._secret, log_level=lark.LogLevel.CRITICAL, event_handler=handler, domain=self._domain
        )
        hush(*CHATTY)
        return client

    def _take(self, event: object) -> None:
        self._store(event)

    def _press(self, event: object) -> object:
        """Store a press, and give Feishu the words over it if they are there in time."""
        row_id = self._store(event)
        until = time.monotonic() + TOAST_WAIT
        while not self._intake.handled(row_id) and time.monotonic() < until:
            time.sleep(STEP / 2)
        words = self._toast(row_id)
        kind = bring("lark_oapi.event.callback.model.p2_card_action_trigger").P2CardActionTriggerResponse
        return kind({"toast": {"type": "info", "content": words}} if words else {})

    def _store(self, event: object) -> int:
        payload: Event = json.loads(bring("lark_oapi").JSON.marshal(event))
        return self._intake.take(str(payload["header"]["event_id"]), payload)


def _take_over(ws: Any, loop: asyncio.AbstractEventLoop) -> None:  # noqa: ANN401 - a module
    """Put our loop in the place of the one the library made when it was imported."""
    made = vars(ws)["loop"]
    if not made.is_running():
        made.close()
    vars(ws)["loop"] = loop


def _ignore(_: object) -> None:
    """Read and entered: nothing to us."""


async def _watch(client: Any, up: Callable[[], None]) -> None:  # noqa: ANN401 - the library's
    """The library says only in its log that it has connected."""
    while getattr(client, "_conn", None) is None:  # noqa: ASYNC110 - no event of the library tells it
        await asyncio.sleep(STEP)
    up()


def _tidy(loop: asyncio.AbstractEventLoop, client: Any) -> None:  # noqa: ANN401 - the library's
    """Close the connection and everything that still runs in its loop."""

    async def close() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if connection is not None:
            await asyncio.wait_for(connection.close(), GOODBYE)

    connection = getattr(client, "_conn", None)
    client.on_reconnecting = lambda: None
    with contextlib.suppress(Exception):
        loop.run_until_complete(close())
    asyncio.set_event_loop(None)
    loop.close()
