"""The HTTP side: Telegram's routes for the bot, `/_control/` for the test."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot_api.bench import Bench
from tests.bot_api.calls import Call
from tests.bot_api.control import run_verb
from tests.bot_api.errors import BotApiError
from tests.bot_api.faults import Fault, too_many
from tests.bot_api.ledger import Turn
from tests.bot_api.methods import METHODS, SPELLING
from tests.bot_api.wire import broken, read_call, trickled
from tests.bot_api.world import Json

NO_FAULT = Fault("", takes_effect=True)


@dataclass(frozen=True, slots=True)
class Door:
    bench: Bench

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", self.bot, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self.file),
                Route("/_control/{verb}", self.control, methods=["POST"]),
            ],
            exception_handlers={ClientDisconnect: self.lost, Exception: self.broke},
        )

    async def bot(self, request: Request) -> Response:
        """One Bot API call: read it, let a fault or a limit strike, carry it out, write it down, answer."""
        asked = request.path_params["method"]
        method = SPELLING.get(asked.lower(), asked)
        try:
            params, uploads = await read_call(request)
        except BotApiError as error:
            return self._refused(method, error)
        if request.path_params["token"] != self.bench.token:
            return self._refused(method, BotApiError(401, careless=True))
        call = Call(method, params, uploads, self.bench.world, self.bench.clock.now())
        fault = self.bench.rules.strike(method, chat_of(call)) or self._limited(call)
        await asyncio.sleep(fault.before)
        body, status = await self._carry_out(call) if fault.takes_effect else (None, None)
        self._note(call, fault, body, status)
        return await answered(request, fault, body, status)

    async def file(self, request: Request) -> Response:
        if request.path_params["token"] != self.bench.token:
            return self._refused("file", BotApiError(401, careless=True))
        fault = self.bench.rules.strike("file", None) or NO_FAULT
        await asyncio.sleep(fault.before)
        for file in self.bench.world.files.values():
            if file.path == request.path_params["path"]:
                return await handed_out(request, fault, file.content)
        return JSONResponse(BotApiError(404).body(), 404)

    async def control(self, request: Request) -> Response:
        try:
            done = run_verb(self.bench, request.path_params["verb"], await request.json())
            return Response(json.dumps(done), media_type="application/json")  # ASCII: poison holds half characters
        except (AssertionError, KeyError) as error:
            return JSONResponse({"impossible": str(error) or repr(error)}, 422)

    async def lost(self, request: Request, error: Exception) -> Response:
        """The caller was killed while it spoke: half a call is no call, and nobody's fault."""
        return Response()

    async def broke(self, request: Request, error: Exception) -> Response:
        """The fake itself failed: the bot hears 500, the test hears why."""
        self.bench.complaints.append(f"{request.url.path.rpartition('/')[2]}: the fake broke: {error!r}")
        return JSONResponse({"ok": False, "error_code": 500, "description": "Internal Server Error"}, 500)

    async def _carry_out(self, call: Call) -> tuple[Json, int]:
        try:
            return {"ok": True, "result": await self._result(call)}, 200
        except BotApiError as error:
            if error.careless:
                self.bench.complaints.append(f"{call.method}: {error.description}")
            return error.body(), error.code

    async def _result(self, call: Call) -> object:
        match call.method:
            case "getUpdates":
                return [update.body for update in await self.bench.polling.get(call)]
            case "setWebhook":
                return self.bench.webhook.set(call)
            case "deleteWebhook":
                return self.bench.webhook.delete(call)
            case "getWebhookInfo":
                return self.bench.webhook.info(call)
        if call.method not in METHODS:
            raise BotApiError(404, "method not found", careless=True)
        return METHODS[call.method](call)

    def _limited(self, call: Call) -> Fault:
        wait = self.bench.limits.wait(call.method, chat_of(call), call.now)
        return too_many(wait) if wait else NO_FAULT

    def _refused(self, method: str, error: BotApiError) -> Response:
        self.bench.complaints.append(f"{method}: {error.description}")
        return JSONResponse(error.body(), error.code)

    def _note(self, call: Call, fault: Fault, body: Json | None, status: int | None) -> None:
        poisoned = {update.id for update in call.world.queue.pending if update.poison}
        updates = (body or {}).get("result") if call.method == "getUpdates" else None
        turn = Turn(
            call.method,
            chat_of(call),
            shown_params(call),
            None if fault.cut == "reset" else fault.status or status,
            body or _json(fault.body),
            done=status == 200,
            fault=fault.name or None,
            poison=any(update.get("update_id") in poisoned for update in updates or []),
        )
        self.bench.ledger.write(turn, self.bench.clock.now())


async def answered(request: Request, fault: Fault, body: Json | None, status: int | None) -> Response:
    """Send what the fault leaves of the answer."""
    content = json.dumps(body).encode()
    if fault.cut == "trickle":
        return trickled(content, fault.after)
    await asyncio.sleep(fault.after)
    if fault.cut:
        return await broken(request, after=content[: len(content) // 2] if fault.cut == "half" else b"")
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
    if fault.status:
        return Response(fault.body, fault.status, headers, fault.content_type)
    return Response(content, status or 500, media_type="application/json")


async def handed_out(request: Request, fault: Fault, content: bytes) -> Response:
    """A file's bytes, or what the fault leaves of them."""
    if fault.cut:
        return await broken(request, after=content[: len(content) // 2] if fault.cut == "half" else b"")
    if fault.status:
        return Response(fault.body, fault.status, media_type=fault.content_type)
    return Response(content, media_type="application/octet-stream")


def shown_params(call: Call) -> Json:
    """The parameters with a few words in place of each file, whether it stands in its own part or behind attach://."""
    words = {name: f"<{len(part.content)} bytes: {part.name}>" for name, part in call.uploads.items()}
    attached = {f"attach://{name}": name for name in words}
    params = {
        name: words[attached[value]] if isinstance(value, str) and value in attached else value
        for name, value in call.params.items()
    }
    referred = {attached[value] for value in call.params.values() if isinstance(value, str) and value in attached}
    return params | {name: text for name, text in words.items() if name not in referred}


def chat_of(call: Call) -> int | None:
    """The chat a call is about; for an answered press, the chat it was pressed in."""
    press = call.world.presses.get(call.text("callback_query_id"))
    if press:
        return press.chat_id
    try:
        return int(call.text("chat_id"))
    except ValueError:
        return None


def _json(text: str) -> Any:  # noqa: ANN401  # what json.loads returns
    try:
        return json.loads(text)
    except ValueError:
        return None
