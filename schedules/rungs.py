"""The rungs of the ladder, as a table an office can edit: which reminders a due date owes, to whom, on which day."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from schedules.errors import RuqiError

Audience: TypeAlias = Literal["officer", "head", "bureau"]

ASSIGNED = "assigned"
_AUDIENCES: tuple[Audience, ...] = get_args(Audience)
_LISTS = ("before", "ask_again", *(f"after_{audience}" for audience in _AUDIENCES))
_COPIES = ("copy_head", "copy_bureau")
_NUMBERS = ("repeat", "repeat_most", "answer_within")
_WORDS = ("assigned", *_LISTS, *_COPIES, *_NUMBERS)
_FAR_FROM = 14
_WEEK = 5
"""Working days: 催办 is repeated once a week at most."""


class BadLadder(RuqiError):
    """The reminder ladder could not be read; correct the file named in the settings."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step. `offset` counts calendar days before the due date or, with `after`, working days after it.

    A `far` rung is skipped once the part is received. A `silent` one asks again of a part that was received and then
    stayed silent for `offset` working days. `copies`: who else gets what this step sends (抄送).
    """

    key: str
    offset: int
    after: bool = False
    audience: Audience = "officer"
    far: bool = False
    silent: bool = False
    copies: tuple[Audience, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for one kind of duty, in the order in which they come."""

    kind: str
    rungs: tuple[Rung, ...]
    answer_within: int = 3
    """Working days that a 督办单 gives for an answer."""

    def rung(self, key: str) -> Rung | None:
        """The step with that key, None when the ladder no longer has it."""
        for rung in self.rungs:  # three times as fast as a generator, and asked for every reminder
            if rung.key == key:
                return rung
        return None


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
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadLadder(f"The reminder ladder is not TOML: {error}. Correct that place and start again.") from error
    far = tables.pop("far", _FAR_FROM)
    problems = [] if _is_days(far) else [f"far = {far!r} must be a number of days"]
    problems += [problem for kind, table in tables.items() for problem in _problems(kind, table)]
    if problems:
        raise BadLadder(f"The reminder ladder has {len(problems)} problem(s): {'; '.join(problems)}. Correct the file.")
    return {kind: Ladder(kind, _rungs(table, far), table.get("answer_within", 3)) for kind, table in tables.items()}


def _problems(kind: str, table: object) -> list[str]:
    """What is wrong with one kind's table, in words."""
    if not isinstance(table, dict):
        return [f"{kind} = {table!r} must be a section [{kind}]"]
    found = [f"[{kind}] knows no {word!r}, only {', '.join(_WORDS)}" for word in table if word not in _WORDS]
    if not isinstance(table.get("assigned", False), bool):
        found.append(f"[{kind}] assigned must be true or false")
    for word in _LISTS:
        least = 0 if word == "before" else 1
        days = table.get(word, [])
        if not isinstance(days, list) or not all(_is_days(day) and day >= least for day in days):
            found.append(f"[{kind}] {word} = {days!r} must be a list of whole numbers from {least} up")
    return [*found, *(f"[{kind}] {problem}" for problem in (*_bad_copies(table), *_bad_numbers(table)))]


def _bad_copies(table: Mapping[str, object]) -> Iterator[str]:
    for word in _COPIES:
        named = table.get(word, [])
        if not isinstance(named, list) or not all(name in _AUDIENCES for name in named):
            yield f"{word} = {named!r} must be a list of {', '.join(_AUDIENCES)}"


def _bad_numbers(table: Mapping[str, object]) -> Iterator[str]:
    for word in _NUMBERS:
        if not _is_days(table.get(word, 0)):
            yield f"{word} = {table[word]!r} must be a whole number"
    repeat = table.get("repeat", 0)
    if isinstance(repeat, int) and 0 < repeat < _WEEK:
        yield f"repeat = {repeat} is more than once a week; the least is {_WEEK} working days, 0 is never"


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _rungs(table: Mapping[str, Any], far: int) -> tuple[Rung, ...]:
    """The steps in order: assigned, then nearer and nearer to the due date, then further and further past it."""
    assigned = [Rung(ASSIGNED, 0)] if table.get("assigned", False) else []
    silent = [Rung(f"a{day}", day, silent=True) for day in sorted(set(table.get("ask_again", [])))]
    before = [Rung(f"d{day}", day, far=day >= far) for day in sorted(set(table.get("before", [])), reverse=True)]
    return (*assigned, *silent, *before, *_late(table))


def _late(table: Mapping[str, Any]) -> Iterator[Rung]:
    """What comes after the due date, the weekly repeats of 催办 among it."""
    days = {audience: set(table.get(f"after_{audience}", [])) for audience in _AUDIENCES}
    repeat, most = table.get("repeat", 0), table.get("repeat_most", 0)
    if days["officer"] and repeat:
        last = max(days["officer"])
        days["officer"] |= {last + repeat * n for n in range(1, most + 1)}
    after = [(day, audience) for audience in _AUDIENCES for day in days[audience]]
    for day, audience in sorted(after, key=_by_day):
        copies = tuple(name for name in table.get(f"copy_{audience}", ()) if name != audience)
        yield Rung(_late_key(day, audience, after), day, after=True, audience=audience, copies=copies)


def _by_day(step: tuple[int, Audience]) -> tuple[int, int]:
    return step[0], _AUDIENCES.index(step[1])


def _late_key(day: int, audience: Audience, steps: list[tuple[int, Audience]]) -> str:
    """w4; where several are addressed on the same day, all but the first say whom: w4_bureau."""
    first = min((other for when, other in steps if when == day), key=_AUDIENCES.index)
    return f"w{day}" if audience == first else f"w{day}_{audience}"
