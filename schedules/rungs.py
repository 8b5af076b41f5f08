"""The rungs of the ladder, as a table an office can edit: which reminders a due date owes, to whom, on which day."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from schedules.errors import RuqiError

Audience: TypeAlias = Literal["officer", "head", "bureau"]

ASSIGNED = "assigned"
_AUDIENCES: tuple[Audience, ...] = get_args(Audience)
_WORDS = ("assigned", "before", *(f"after_{audience}" for audience in _AUDIENCES))
_FAR_FROM = 14


class BadLadder(RuqiError):
    """The reminder ladder could not be read; correct the file named in the settings."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step. `offset` counts calendar days before the due date or, with `after`, working days after it.

    A `far` rung is skipped once the part is received.
    """

    key: str
    offset: int
    after: bool = False
    audience: Audience = "officer"
    far: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for one kind of duty, in the order in which they come."""

    kind: str
    rungs: tuple[Rung, ...]

    def rung(self, key: str) -> Rung | None:
        """The step with that key, None when the ladder no longer has it."""
        return next((rung for rung in self.rungs if rung.key == key), None)


def load_ladders(text: str | None = None) -> Mapping[str, Ladder]:
    """The ladder of every duty kind: as shipped, overruled kind by kind by an office's own TOML text.

    Raises BadLadder that lists every problem at once.
    """
    return _shipped() if text is None else MappingProxyType({**_shipped(), **_read(text)})


@cache
def _shipped() -> Mapping[str, Ladder]:
    return MappingProxyType(_read((files("schedules") / "data" / "ladder.toml").read_text(encoding="utf-8")))


def _read(text: str) -> dict[str, Ladder]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLadder(f"The reminder ladder is not TOML: {error}. Correct that place and start again.") from error
    far = tables.pop("far", _FAR_FROM)
    problems = [] if _is_days(far) else [f"far = {far!r} must be a number of days"]
    problems += [problem for kind, table in tables.items() for problem in _problems(kind, table)]
    if problems:
        raise BadLadder(f"The reminder ladder has {len(problems)} problem(s): {'; '.join(problems)}. Correct the file.")
    return {kind: Ladder(kind, _rungs(table, far)) for kind, table in tables.items()}


def _problems(kind: str, table: object) -> list[str]:
    """What is wrong with one kind's table, in words."""
    if not isinstance(table, dict):
        return [f"{kind} = {table!r} must be a section [{kind}]"]
    found = [f"[{kind}] knows no {word!r}, only {', '.join(_WORDS)}" for word in table if word not in _WORDS]
    if not isinstance(table.get("assigned", False), bool):
        found.append(f"[{kind}] assigned must be true or false")
    for word in _WORDS[1:]:
        least = 0 if word == "before" else 1
        days = table.get(word, [])
        if not isinstance(days, list) or not all(_is_days(day) and day >= least for day in days):
            found.append(f"[{kind}] {word} = {days!r} must be a list of whole numbers from {least} up")
    return found


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _rungs(table: Mapping[str, list[int]], far: int) -> tuple[Rung, ...]:
    """The steps in order: assigned, then nearer and nearer to the due date, then further and further past it."""
    assigned = [Rung(ASSIGNED, 0)] if table.get("assigned", False) else []
    before = [Rung(f"d{day}", day, far=day >= far) for day in sorted(set(table.get("before", [])), reverse=True)]
    after = [(day, audience) for audience in _AUDIENCES for day in set(table.get(f"after_{audience}", []))]
    late = [
        Rung(_late_key(day, audience, after), day, after=True, audience=audience)
        for day, audience in sorted(after, key=_by_day)
    ]
    return (*assigned, *before, *late)


def _by_day(step: tuple[int, Audience]) -> tuple[int, int]:
    return step[0], _AUDIENCES.index(step[1])


def _late_key(day: int, audience: Audience, steps: list[tuple[int, Audience]]) -> str:
    """w4; where several are addressed on the same day, all but the first say whom: w4_bureau."""
    first = min((other for when, other in steps if when == day), key=_AUDIENCES.index)
    return f"w{day}" if audience == first else f"w{day}_{audience}"
