"""Reading a roster from any file an office has: told apart by what is in it, not by its name."""

import re
from pathlib import Path

from plans.decode import MOST_BYTES as MOST_TEXT_BYTES
from plans.decode import decode
from plans.problems import WHOLE_FILE, Finds
from plans.rosterfile import RosterReading, read_roster_file
from plans.rosters.archive import MOST_BYTES
from plans.rosters.child import read_office
from plans.rosters.csvfile import read_csv
from plans.rosters.draft import Listing
from plans.rosters.grid import Book
from plans.rosters.listing import gather
from plans.rosters.refusals import NotRead

_YAML = re.compile(r"^\s*(?:ruqi_roster|ruqi)\s*:", re.MULTILINE)
_ENDINGS = {".yaml", ".yml"}
_MARKS = ((b"\xd0\xcf\x11\xe0", "list_legacy"), (b"%PDF", "list_pdf"), (b"{\\rtf", "list_unknown"))


def read_list_file(path: Path) -> RosterReading:
    """The roster in an xlsx, docx, csv or YAML file. What is wrong is a problem of the reading; nothing is raised."""
    if path.suffix.lower() in _ENDINGS:
        return read_roster_file(path)
    finds = Finds(str(path))
    data = _bytes(path, finds)
    try:
        book = None if data is None else _book(data, finds)
        if book is not None:
            return _reading(gather(book, str(path), finds))
    except NotRead as refusal:
        finds.add(refusal.kind, WHOLE_FILE, **refusal.values)
    errors = any(problem.level == "error" for problem in finds.sorted())
    return RosterReading(None, finds.sorted()) if errors else read_roster_file(path)


def _reading(listing: Listing) -> RosterReading:
    return RosterReading(
        listing.roster,
        listing.problems,
        partial=True,
        gone=tuple(listing.gone),
        places={key: f"{file}:{row}" for key, (file, row) in listing.places.items()},
    )


def _bytes(path: Path, finds: Finds) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        finds.add("no_file", WHOLE_FILE)
    except (OSError, ValueError) as error:
        finds.add("unreadable", WHOLE_FILE, reason=error.strerror if isinstance(error, OSError) else error)
    else:
        if not data.strip():
            finds.add("empty_file", WHOLE_FILE)
        elif len(data) > MOST_BYTES:
            finds.add("list_too_large", WHOLE_FILE, most=MOST_BYTES // 1024**2)
        else:
            return data
    return None


def _book(data: bytes, finds: Finds) -> Book | None:
    """The grids of the file; None when it is text in YAML, or no text at all, which is then told."""
    kind = next((kind for mark, kind in _MARKS if data.startswith(mark)), None)
    if kind:
        raise NotRead(kind)
    if data.startswith(b"PK\x03\x04"):
        return read_office(data)
    if len(data) > MOST_TEXT_BYTES:
        raise NotRead("list_too_large", most=MOST_TEXT_BYTES // 1024**2)
    text = decode(data, finds)
    if text is None or _YAML.search(text):
        return None
    return read_csv(text, finds)
