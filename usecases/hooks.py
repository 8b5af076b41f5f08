"""The hooks themselves: adding, listing, testing and removing them. Whoever runs the machine does.

A hook's address may hold a key, and its secret signs: both are stored, because sending needs them, and neither is shown
again, but for the end of the address.
"""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from storage import hooks, timeline
from storage.rows import Hook
from usecases.errors import Refused
from usecases.hook_events import EVENTS, TEST, queue
from usecases.office import Desk

PREFIX = "whsec_"
"""What a signing secret begins with (github.com/standard-webhooks/standard-webhooks, spec)."""
SECRET_BYTES = 32
LAST = 4
MOST = 20


class HooksOff(Refused):
    """Webhooks are switched off here."""

    key = "hooks_off"


class TooManyHooks(Refused):
    """There are as many hooks as there may be."""

    key = "too_many_hooks"


class NoSuchHook(Refused):
    """There is no such hook."""

    key = "no_such_hook"


@dataclass(frozen=True, slots=True)
class HookRow:
    """One hook; `shown` is its machine and the end of its address."""

    number: int
    shown: str
    events: tuple[str, ...]
    live: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new hook; its secret is shown this once."""

    row: HookRow
    secret: str = field(repr=False)


def add_hook(desk: Desk, url: str, events: Sequence[str] = ()) -> Made:
    """Tell this address of these events, or of all of them. `url` was looked at. Raises HooksOff, TooManyHooks."""
    check_on(desk)
    if len(hooks.known(desk.tx)) >= MOST:
        raise TooManyHooks(f"There are {MOST} hooks already; remove one first.", count=MOST)
    asked = sorted(set(events or EVENTS.values()))
    secret = PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    number = hooks.add(desk.tx, url=url, secret=secret, events=asked, now=desk.now)
    row = _row(_find(desk, number))
    _note(desk, "hook_add", row)
    return Made(row, secret)


def list_hooks(desk: Desk) -> list[HookRow]:
    return [_row(hook) for hook in hooks.known(desk.tx)]


def remove_hook(desk: Desk, number: int) -> HookRow:
    """Tell it nothing more, also not what is queued already. Raises NoSuchHook."""
    row = _row(_find(desk, number))
    hooks.remove(desk.tx, number)
    _note(desk, "hook_remove", row)
    return row


def test_hook(desk: Desk, number: int) -> HookRow:
    """Queue an event that says nothing but that this is a test. Raises HooksOff, NoSuchHook."""
    check_on(desk)
    hook = _find(desk, number)
    queue(desk, hook, TEST, {})
    return _row(hook)


def shown(url: str) -> str:
    """The machine, and the end of the address: the rest may be a key."""
    parts = urlsplit(url)
    rest = url.partition(parts.netloc)[2] if parts.netloc else ""
    return f"{parts.scheme}://{parts.netloc}/…{rest[-LAST:]}" if len(rest) > 1 else f"{parts.scheme}://{parts.netloc}"


def check_on(desk: Desk) -> None:
    """Raises HooksOff."""
    if not desk.office.webhooks:
        raise HooksOff("Webhooks are off; see RUQI_WEBHOOKS.")


def _find(desk: Desk, number: int) -> Hook:
    hook = hooks.by_id(desk.tx, number)
    if hook is None or hook.state == hooks.REMOVED:
        raise NoSuchHook(f"There is no hook number {number}; see the list.", number=number)
    return hook


def _row(hook: Hook) -> HookRow:
    return HookRow(hook.id, shown(hook.url), tuple(hook.events), hook.state == "live", hook.reason)


def _note(desk: Desk, verb: str, row: HookRow) -> None:
    detail = {"hook": row.number, "shown": row.shown, "events": list(row.events)}
    timeline.add(desk.tx, at=desk.now, verb=verb, door="cli", detail=detail)
