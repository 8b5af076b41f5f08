"""Plans and rosters named on the command line: shipped ones by name, others by file, problems told line by line."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import click

from plans import library
from plans.problems import Problem
from plans.rosterfile import RosterReading
from ruqi.speech import note
from ruqi.tongue import language
from schedules.errors import RuqiError
from schedules.plan import Plan
from schedules.roster import Roster


class Unusable(RuqiError):
    """The file has errors; nothing was changed."""

    key = "file_unusable"

    def __init__(self, name: str, errors: int) -> None:
        self.values = {"name": name, "count": errors}
        super().__init__(f"{name} has {errors} error(s); nothing was changed.")


class NotShipped(RuqiError):
    """Ruqi ships nothing of that name, and there is no such file."""

    key = "not_shipped"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.values = {"name": name, "known": " · ".join(known)}
        super().__init__(f"There is no plan, roster or file {name!r}; shipped are {', '.join(known)}.")


class Reading(Protocol):
    @property
    def problems(self) -> tuple[Problem, ...]: ...

    @property
    def errors(self) -> tuple[Problem, ...]: ...


R = TypeVar("R", bound=Reading)


def plan_named(name: str) -> Plan:
    """The plan, its warnings told; raises Unusable when something of it would be left out."""
    reading = _loaded(name, library.load, library.names())
    if reading.errors or reading.plan is None:
        raise Unusable(name, len(reading.errors))
    return reading.plan


def roster_named(name: str) -> Roster:
    return roster_read(name)[0]


def roster_read(name: str) -> tuple[Roster, RosterReading]:
    """The roster and what was noticed while reading it; raises Unusable when something of it would be left out."""
    reading = _loaded(name, library.load_roster, library.roster_names())
    if reading.errors or reading.roster is None:
        raise Unusable(name, len(reading.errors))
    return reading.roster, reading


def problems_of(name: str) -> tuple[Problem, ...]:
    return _read(name, library.load, library.names()).problems


def line_of(problem: Problem) -> str:
    """``file:line:column: level: sentence``, as compilers write it."""
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    return f"{place}: {problem.level}: {problem.say(language())}"


def _loaded(name: str, load: Callable[[str], R], known: tuple[str, ...]) -> R:
    reading = _read(name, load, known)
    for problem in reading.problems:
        click.echo(line_of(problem), err=True)
    if reading.problems and not reading.errors:
        note("file.warnings", name=name, count=len(reading.problems))
    return reading


def _read(name: str, load: Callable[[str], R], known: tuple[str, ...]) -> R:
    try:
        return load(name)
    except library.NoSuchPlan as error:
        raise NotShipped(name, error.near or known) from error
