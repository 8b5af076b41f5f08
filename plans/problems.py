"""What is wrong in a file, where, and what to do; the sentences stand in `problems.yaml`, in Chinese and English.

An *error* means that something was not taken over; a *warning* that it was, but somebody should look.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, TypeAlias

import yaml

from plans.loader import LOADER

Level: TypeAlias = Literal["error", "warning"]
Position: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1; (0, 0) is the file as a whole."""

WHOLE_FILE: Position = (0, 0)
MOST = 500
"""So many problems of one file are told; more would help nobody."""

_LONGEST_ECHO = 40
_OUR_OWN = {"known", "kind", "reason"}


@dataclass(frozen=True, slots=True)
class Sentence:
    level: Level
    zh: str
    en: str


@cache
def sentences() -> Mapping[str, Sentence]:
    """Every problem's level and sentences, by key."""
    table = yaml.load((files("plans") / "problems.yaml").read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
    return MappingProxyType({key: Sentence(**entry) for key, entry in table.items()})


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `where` is the path of the entry, ``duties[3].due[0].date``; `values` fill the sentence of `key`."""

    file: str
    line: int
    column: int
    level: Level
    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    where: str = ""

    @property
    def message(self) -> str:
        """The Chinese sentence, then the English one."""
        return f"{self.say('zh')} / {self.say('en')}"

    def say(self, language: str) -> str:
        """The sentence in one language: zh or en."""
        sentence = sentences()[self.key]
        return (sentence.en if language == "en" else sentence.zh).format_map(self.values)

    def __str__(self) -> str:
        """``file:line:column: level: message``, as compilers and editors write it."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        where = f" [{self.where}]" if self.where else ""
        return f"{place}: {self.level}: {self.message}{where}"


class Judged:
    """A reading that knows what was wrong with its file."""

    __slots__ = ()
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "warning")


class Finds:
    """The problems of one file, gathered while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[tuple[Position, str, str, tuple[str, ...]], Problem] = {}

    @property
    def full(self) -> bool:
        """Whether so many problems were found that no more are told."""
        return len(self._problems) > MOST

    def __bool__(self) -> bool:
        """Whether any problem was found."""
        return bool(self._problems)

    def add(self, key: str, at: Position, where: str = "", /, **values: object) -> None:
        """Note one problem; the same one twice is one, and beyond `MOST` the rest is only known to be more."""
        if self.full:
            return
        if len(self._problems) == MOST:
            key, at, where, values = "more", WHOLE_FILE, "", {"most": MOST}
        said = {name: str(value) if name in _OUR_OWN else shortened(str(value)) for name, value in values.items()}
        problem = Problem(self.file, *at, sentences()[key].level, key, MappingProxyType(said), where)
        self._problems.setdefault((at, key, where, tuple(said.values())), problem)

    def sorted(self) -> tuple[Problem, ...]:
        """In the order of the file; what concerns the file as a whole comes first."""
        return tuple(sorted(self._problems.values(), key=lambda problem: (problem.line, problem.column)))


def shortened(text: str) -> str:
    """Words of a stranger, safe to repeat: one line, no invisible characters, cut with a mark."""
    visible = "".join(character if character.isprintable() else " " for character in text[: 4 * _LONGEST_ECHO])
    words = " ".join(visible.split())
    return words if len(words) <= _LONGEST_ECHO else words[: _LONGEST_ECHO - 1] + "…"
