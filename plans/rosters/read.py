"""Reading a roster from any file an office has: told apart by what is in it, not by its name."""

import re
from pathlib import Path

from plans.decode import MOST_BYTES
from plans.problems import WHOLE_FILE, Finds
from plans.reading.decode import decode
from plans.reading.errors import CannotRead
from plans.reading.sniff import kind_of_file
from plans.rosterfile import RosterReading, read_roster, read_roster_file
from plans.rosters.child import read_office
from plans.rosters.csvfile import read_csv
from plans.rosters.draft import Listing
from plans.rosters.listing import gather
from plans.rosters.refusals import NotRead, refusal_of

_YAML = re.compile(r"^\s*(?:ruqi_roster|ruqi)\s*:", re.MULTILINE)
_ENDINGS = {".yaml", ".yml"}


def read_list_file(path: Path) -> RosterReading:
    """The roster in an xlsx, docx, csv or YAML file. What is wrong is a problem of the reading; nothing is raised."""
    if path.suffix.lower() in _ENDINGS:
        return read_roster_file(path)
    finds = Finds(str(path))
    try:
        return _read(path, finds)
    except NotRead as refusal:
        finds.add(refusal.kind, WHOLE_FILE, **refusal.values)
    except CannotRead as error:
        named = refusal_of(error)
        finds.add(named.kind, WHOLE_FILE, **named.values)
    return RosterReading(None, finds.sorted())


def _read(path: Path, finds: Finds) -> RosterReading:
    kind = kind_of_file(path)
    if kind in {"docx", "xlsx"}:
        return _reading(gather(read_office(path), str(path), finds))
    if kind == "pdf":
        raise NotRead("list_pdf")
    text = _text(path, finds)
    if _YAML.search(text):
        return read_roster(text, str(path))
    return _reading(gather(read_csv(text, finds), str(path), finds))


def _text(path: Path, finds: Finds) -> str:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotRead("list_too_large", most=MOST_BYTES // 1024**2)
    text, encoding, doubt = decode(data)
    if doubt:
        finds.add("encoding_guessed", WHOLE_FILE, encoding=encoding)
    return text


def _reading(listing: Listing) -> RosterReading:
    return RosterReading(
        listing.roster,
        listing.problems,
        partial=True,
        gone=tuple(listing.gone),
        places={key: f"{file}:{row}" for key, (file, row) in listing.places.items()},
    )
