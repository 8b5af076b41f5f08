"""What the schema has against a ledger. Where aiogram is not installed, nothing."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from tests.bot_api.methods import SPELLING
from tests.bot_api.seen import Entry


def verdict(entries: Iterable[Entry]) -> list[str]:
    """Judge every known call, and every answer the fake made up itself; poisoned ones are wrong on purpose."""
    if find_spec("aiogram") is None:
        return []
    return [fault for entry in entries for fault in _faults(entry)]


def call_faults(method: str, params: dict[str, Any]) -> list[str]:
    """What is wrong with a call; an empty list when nothing is."""
    from tests.judges import bot_api_schema  # noqa: PLC0415  # takes seconds, so only where something is judged

    return bot_api_schema.call_faults(method, params)


def answer_faults(method: str, result: object) -> list[str]:
    """What is wrong with the result of a call."""
    from tests.judges import bot_api_schema  # noqa: PLC0415  # as above

    return bot_api_schema.answer_faults(method, result)


def _faults(entry: Entry) -> Iterator[str]:
    if entry.method not in SPELLING.values():
        return
    yield from (f"call of {entry.method}: {fault}" for fault in call_faults(entry.method, entry.params))
    if entry.answer and entry.answer["ok"] and not entry.poison:
        found = answer_faults(entry.method, entry.answer["result"])
        yield from (f"answer to {entry.method}: {fault}" for fault in found)
