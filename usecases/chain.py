"""The chain over the timeline: what a seal says of each row, and the code that ties it to the seal before it.

Of each row a seal keeps two marks. One is of what never changes: who did what, when, through which door. The other is
of what was said, and may stop fitting when somebody's words are erased; an act that is sealed itself must then name the
row. All marks are keyed, so words that were erased cannot be found again by trying.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from storage.append_only import ERASED
from storage.rows import Seal, TimelineRow

SHORT = 32
"""Hexadecimal figures of a mark: 128 bits."""

Wrong = tuple[str, int]
"""What is wrong with a row, and its number."""


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a seal says, before its code is on it."""

    number: int
    at: str
    after_row: int
    last_row: int
    rows: str
    previous: str


def marks_of(key: bytes, rows: Sequence[TimelineRow]) -> str:
    """One word for each row: its number and its two marks."""
    return " ".join(f"{row.id}:{_fixed(key, row)}{_said(key, row)}" for row in rows)


def code_of(key: bytes, what: Unsealed) -> str:
    said = [what.number, what.at, what.after_row, what.last_row, what.rows, what.previous]
    return _code(key, "seal", said)


def is_genuine(key: bytes, seal: Seal) -> bool:
    """Whether its code was made with the key, over just this."""
    at = seal.at.astimezone(UTC).isoformat()
    what = Unsealed(seal.number, at, seal.after_row, seal.last_row, seal.rows, seal.previous)
    return hmac.compare_digest(code_of(key, what), seal.code)


def follows(seal: Seal, before: Seal | None) -> bool:
    """Whether it ties on where that seal ended; None: whether it is the first."""
    end = (before.number + 1, before.code, before.last_row) if before else (1, "", 0)
    return (seal.number, seal.previous, seal.after_row) == end


def differences(key: bytes, seal: Seal, rows: Sequence[TimelineRow], erased: Collection[int]) -> Iterator[Wrong]:
    """The rows that are not what a genuine seal says of them; `erased`: whose words may be gone."""
    held = _held(seal)
    for row in rows:
        mark = held.pop(row.id, None)
        if mark is None:
            yield "slipped_in", row.id
        elif not _fits(key, row, mark, erased):
            yield "altered", row.id
    yield from (("taken_out", number) for number in held)


def _fits(key: bytes, row: TimelineRow, mark: str, erased: Collection[int]) -> bool:
    if not hmac.compare_digest(mark[:SHORT], _fixed(key, row)):
        return False
    gone = row.words == ERASED and row.id in erased
    return gone or hmac.compare_digest(mark[SHORT:], _said(key, row))


def _held(seal: Seal) -> dict[int, str]:
    parts = (word.partition(":") for word in seal.rows.split())
    return {int(number): mark for number, _, mark in parts}


def _fixed(key: bytes, row: TimelineRow) -> str:
    who = [row.plan_id, row.part_id, row.officer_id, row.on_behalf_of]
    return _code(key, "fixed", [row.id, row.at.astimezone(UTC).isoformat(), row.verb, *who, row.door])[:SHORT]


def _said(key: bytes, row: TimelineRow) -> str:
    return _code(key, "said", [row.id, row.words, row.answered, row.detail])[:SHORT]


def _code(key: bytes, kind: str, said: Sequence[object]) -> str:
    words = json.dumps([kind, *said], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
