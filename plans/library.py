"""The plans and rosters shipped with Ruqi, by name: `hongsibu-2023`, or `hongsibu` as long as that is clear."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plans.complaints import nearest
from plans.planfile import Reading, read_plan, read_plan_file
from plans.rosterfile import RosterReading, read_roster
from schedules.errors import RuqiError

SAMPLE_ROSTER = "sample-roster"

_ENDINGS = (".yaml", ".yml", ".xlsx", ".xlsm", ".docx", ".csv", ".tsv")


class NoSuchPlan(RuqiError, LookupError):
    """No shipped plan or roster has this name, or several have. `near` are the names that could be meant."""

    def __init__(self, message: str, *, name: str, near: tuple[str, ...]) -> None:
        super().__init__(message)
        self.name = name
        self.near = near


def names() -> tuple[str, ...]:
    """The names of the shipped plans."""
    return tuple(name for name in sorted(_shipped()) if not _is_roster(name))


def roster_names() -> tuple[str, ...]:
    """The names of the shipped rosters."""
    return tuple(name for name in sorted(_shipped()) if _is_roster(name))


def find(name: str) -> Traversable:
    """The file of the shipped plan with that name, or the only one whose name begins so. Raises NoSuchPlan."""
    return _find(name, names())


def load(name_or_path: str) -> Reading:
    """The plan of that name in the library, or in that file. Raises NoSuchPlan for what is neither."""
    if _is_path(name_or_path):
        return read_plan_file(Path(name_or_path))
    file = find(name_or_path)
    return read_plan(file.read_text(encoding="utf-8"), file.name)


def load_roster(name_or_path: str = SAMPLE_ROSTER) -> RosterReading:
    """The roster of that name in the library, or in that file. Raises NoSuchPlan for what is neither."""
    if _is_path(name_or_path):
        from plans.rosters.read import read_list_file  # noqa: PLC0415 - the readers of office files are slow to load, and no start needs them

        return read_list_file(Path(name_or_path))
    file = _find(name_or_path, roster_names())
    return read_roster(file.read_text(encoding="utf-8"), file.name)


def _find(name: str, known: tuple[str, ...]) -> Traversable:
    wanted = name.strip().lower()
    matches = (wanted,) if wanted in known else tuple(one for one in known if wanted and one.startswith(wanted))
    if len(matches) == 1:
        return _shipped()[matches[0]]
    if matches:
        raise NoSuchPlan(f"{name!r} could be {' or '.join(matches)}; write more of the name.", name=name, near=matches)
    near = nearest(wanted, known)
    guess = f"did you mean {near!r}? There are" if near else "there are"
    raise NoSuchPlan(
        f"No plan or roster is called {name!r}; {guess} {', '.join(known)}. A file's name ends in .yaml.",
        name=name,
        near=(near,) if near else (),
    )


def _is_path(name: str) -> bool:
    """A file is what looks like one, or lies there and is not the name of a shipped plan."""
    if name.endswith(_ENDINGS) or "/" in name or "\\" in name:
        return True
    return name not in _shipped() and "\0" not in name and Path(name).is_file()


@cache
def _shipped() -> dict[str, Traversable]:
    folder = files("schedules") / "library"
    return {file.name.removesuffix(".yaml"): file for file in folder.iterdir() if file.name.endswith(".yaml")}


@cache
def _is_roster(name: str) -> bool:
    return re.search(r"^ruqi_roster:", _shipped()[name].read_text(encoding="utf-8"), re.MULTILINE) is not None
