"""What the pages need of the room of the documents for rosters, as one value: the pages do not know that room."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from schedules.roster import Roster
from usecases.roster_lists import Place, ReadList, Remark
from web.site import Rosters

if TYPE_CHECKING:
    from plans.problems import Problem


def rosters() -> Rosters:
    return Rosters(read, template, as_xlsx)


def template(language: str) -> bytes:
    """The workbook's library is loaded with the first workbook: it would cost every start a tenth of its time."""
    from plans.rosters import write

    return write.template(language)


def as_xlsx(roster: Roster, language: str) -> bytes:
    from plans.rosters import write

    return write.as_xlsx(roster, language)


def read(path: Path) -> ReadList:
    """A list, read as the command line reads it; office files in a process of their own. Nothing is raised."""
    from plans.rosters.read import read_list_file

    reading = read_list_file(path)
    remarks = tuple(_remark(problem, path) for problem in reading.problems)
    if not reading.ok:
        return ReadList(None, remarks)
    return ReadList(reading.roster, remarks, reading.partial, reading.gone, _places(reading.places, path))


def _remark(problem: "Problem", path: Path) -> Remark:
    """The name under which the file lies here means nothing to whoever sent it."""
    says = {language: problem.say(language).replace(f"{path}:", "") for language in ("zh", "en")}
    return Remark(problem.level, (_sheet(problem.file, path), problem.line), says)


def _places(places: Mapping[tuple[str, str], str], path: Path) -> dict[tuple[str, str], Place]:
    found = {}
    for who, place in places.items():
        file, _, row = place.rpartition(":")
        found[who] = (_sheet(file, path), int(row))
    return found


def _sheet(file: str, path: Path) -> str:
    return file.removeprefix(str(path)).removeprefix("#")
