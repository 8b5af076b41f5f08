"""The append-only record of every call: what it asked, what a person saw of it, what was answered."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bot_api.methods import VISIBLE
from tests.bot_api.world import Json


@dataclass(frozen=True, slots=True)
class Turn:
    """One call and its outcome. `status` None: nothing went out; `done`: it took effect, answered or not."""

    method: str
    chat: int | None
    params: Json
    status: int | None
    answer: Json | None
    done: bool
    fault: str | None = None
    poison: bool = False


@dataclass(slots=True)
class Ledger:
    path: Path | None = None
    entries: list[Json] = field(default_factory=list)

    def write(self, turn: Turn, now: float) -> None:
        """Append one entry; the file gets the same line at once, except for getUpdates."""
        entry = {"n": len(self.entries) + 1, "at": datetime.fromtimestamp(now, UTC).isoformat(), **_entry(turn)}
        self.entries.append(entry)
        if self.path and turn.method != "getUpdates":
            with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _entry(turn: Turn) -> Json:
    result = (turn.answer or {}).get("result")
    message: dict[str, Any] = result if isinstance(result, dict) else {}
    return {
        "method": turn.method,
        "chat": turn.chat,
        "message_id": message.get("message_id") or turn.params.get("message_id"),
        "text": message.get("text") or message.get("caption") or turn.params.get("text"),
        "buttons": _captions(message.get("reply_markup", {})),
        "seen": turn.done and turn.method in VISIBLE,
        "status": turn.status,
        "fault": turn.fault,
        "poison": turn.poison,
        "params": turn.params,
        "answer": turn.answer,
    }


def _captions(markup: Json) -> list[list[str]]:
    return [[button["text"] for button in row] for row in markup.get("inline_keyboard", [])]
