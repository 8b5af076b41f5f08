"""Failpoints: at each step of claim, send, record, and of store, handle, something happens exactly once.

The product knows nothing of them: they are put around its own functions inside a node that a test started, so that
what runs in an office is what stands in the code. What may happen: the node is killed, it is stopped (until somebody
continues it), or the step raises.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

How = Literal["kill", "pause", "raise"]
Seam = tuple[str, str, bool]
"""Where: "module" or "module:Class", the function, and whether it strikes when the function is done (else before)."""

Real = Callable[..., Any]

POINTS: dict[str, Seam] = {
    "before handing over": ("scheduler.beat:Beat", "_hand_over", False),
    "handed over, not committed": ("usecases.remind", "hand_over", True),
    "handed over": ("scheduler.beat:Beat", "_hand_over", True),
    "before the claim": ("scheduler.postman:Postman", "_claim", False),
    "claimed, not committed": ("usecases.deliver", "claim", True),
    "claimed": ("scheduler.postman:Postman", "_claim", True),
    "written, not committed": ("usecases.deliver", "prepare_all", True),
    "written": ("scheduler.postman:Postman", "_prepare", True),
    "before the first byte": ("bot.channels.telegram.messenger:TelegramMessenger", "_deliver", False),
    "sent, no answer yet": ("httpcore._async.http11:AsyncHTTP11Connection", "_receive_response_headers", False),
    "answered": ("bot.channels.telegram.messenger:TelegramMessenger", "_deliver", True),
    "recorded, not committed": ("usecases.deliver", "record_all", True),
    "recorded": ("scheduler.postman:Postman", "_write", True),
    "before the update is stored": ("bot.channels.telegram.intake:Intake", "take", False),
    "update stored, not committed": ("bot.channels.telegram.intake", "take_in", True),
    "update stored": ("bot.channels.telegram.intake:Intake", "take", True),
    "update handled, not committed": ("storage.inbox", "change", True),
    "update handled": ("usecases.inbox", "_handle", True),
}
MAY_COPY = frozenset({"sent, no answer yet", "answered", "recorded, not committed"})
"""After the first byte and before the outcome is committed: the only steps at which a kill may make a copy."""
INCOMING = frozenset(name for name in POINTS if "update" in name)


class Struck(Exception):
    """What a step raises that was told to."""


def arm(name: str, how: How, mark: Path) -> None:
    """Let it happen at this step of this process, once; `mark` is made when it does."""
    where, function, after = POINTS[name]
    module, _, cls = where.partition(":")
    holder = getattr(import_module(module), cls) if cls else import_module(module)
    strike = _once(how, mark)
    setattr(
        holder, function, _around(getattr(holder, function), strike, after=after, wire=where.startswith("httpcore"))
    )


def _once(how: How, mark: Path) -> Callable[[], None]:
    struck = False

    def strike() -> None:
        nonlocal struck
        if struck:
            return
        struck = True
        mark.touch()
        match how:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "pause":
                os.kill(os.getpid(), signal.SIGSTOP)
            case "raise":
                raise Struck

    return strike


def _around(real: Real, strike: Callable[[], None], *, after: bool, wire: bool) -> Real:
    """Strikes only when there is something in it: a row claimed, a message written, a sendMessage on the wire."""
    name = real.__name__

    @wraps(real)
    async def waiting(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any function
        if not after and (not wire or _is_send(named)):
            strike()
        done = await real(*args, **named)
        if after and done:
            strike()
        return done

    @wraps(real)
    def blocking(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as above
        if not after:
            strike()
        done = real(*args, **named)
        if after and (any(done) if isinstance(done, list) else done or name in ANY):
            strike()
        return done

    return waiting if asyncio.iscoroutinefunction(real) else blocking


ANY = frozenset({"_write", "take", "change"})
"""Functions that give nothing back, and strike all the same."""


def _is_send(named: dict[str, Any]) -> bool:
    return bool(b"sendMessage" in named["request"].url.target)
