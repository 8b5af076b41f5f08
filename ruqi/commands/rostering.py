"""Rosters from and to files: taken in or rehearsed, written without writing over anything."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from plans.rosterfile import RosterReading
from ruqi.office import writing
from ruqi.tongue import language
from schedules.errors import RuqiError
from schedules.roster import Roster
from usecases.office import Desk
from usecases.take_list import take_list
from usecases.take_roster import RosterReport, load_roster


class FileExists(RuqiError):
    """Nothing is written over: a filled-in roster would be lost."""

    key = "file_exists"

    def __init__(self, name: str) -> None:
        self.values = {"name": name}
        super().__init__(f"There is a file {name} already; it was not written over. Choose another name.")


class NoSuchEnding(RuqiError):
    """The file's ending says in which format it is written."""

    key = "no_such_ending"

    def __init__(self, name: str) -> None:
        self.values = {"name": name}
        super().__init__(f"{name} must end in .xlsx or .csv.")


class NotWritable(RuqiError):
    """The file cannot be written there."""

    key = "not_writable"

    def __init__(self, name: str, what: str) -> None:
        self.values = {"name": name, "what": what}
        super().__init__(f"{name} cannot be written ({what}). Choose a folder that can be.")


class _Rehearsed(Exception):
    """Thrown to take everything back."""


def take_in(roster: Roster, read: RosterReading, *, rehearse: bool) -> RosterReport:
    """Take the roster in, in one transaction; a rehearsal does the same and takes it all back."""
    done: list[RosterReport] = []
    with suppress(_Rehearsed), writing() as desk:
        done.append(_taken(desk, roster, read))
        _end(rehearse=rehearse)
    return done[0]


def _end(*, rehearse: bool) -> None:
    if rehearse:
        raise _Rehearsed


def _taken(desk: Desk, roster: Roster, read: RosterReading) -> RosterReport:
    return take_list(desk, roster, read.gone) if read.partial else load_roster(desk, roster)


def ending_of(name: str, known: Collection[str]) -> str:
    ending = Path(name).suffix.lower()
    if ending not in known:
        raise NoSuchEnding(name)
    return ending


def written(roster: Roster, ending: str) -> bytes:
    from plans.rosters import write

    return write.as_csv(roster) if ending == ".csv" else write.as_xlsx(roster, language())


def put(path: Path, data: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise FileExists(str(path)) from error
    except OSError as error:
        raise NotWritable(str(path), error.strerror or "") from error
