"""Evidence: files that belong to a part. The bytes are kept under their hash; who may see them is asked at each look.

A file is in hand (the pages, e-mail) and kept at once, or is to be fetched later (a chat) and waits as a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from schedules.file_kinds import FileKind, file_kind
from schedules.file_names import clean_name
from storage import evidences, parts, timeline
from storage.rows import Evidence, Officer, PartRow
from usecases.answer import Act
from usecases.errors import AlreadySettled, NoSuchPart, NotYours, Refused
from usecases.look import may_see, row_for
from usecases.office import Desk
from usecases.remit import answers_for

MOST_BYTES = 20 * 1024 * 1024
"""Telegram lets bots fetch no larger file (core.telegram.org/bots/api#getfile); the other doors keep to it."""
MOST_FILES = 20
"""Of one part."""
OVER = frozenset({"waived", "lapsed"})
ANSWERS = frozenset({"officer", "deputy", "head", "bureau"})


class NoSuchFile(Refused):
    """There is no such file, or not for this person: both look the same."""

    key = "no_such_file"


class WrongKind(Refused):
    """This kind of file is not taken."""

    key = "file_kind"


class TooLarge(Refused):
    """The file is empty or too large."""

    key = "file_size"


class TooManyFiles(Refused):
    """The part has as many files as it may have."""

    key = "file_count"


class NoFileStore(Refused):
    """This office keeps no files."""

    key = "file_store"


REFUSALS: Mapping[str, type[Refused]] = {refusal.key: refusal for refusal in (WrongKind, TooLarge)}
"""What a channel can know of a file before it has the bytes."""


def refused(key: str) -> Refused:
    """The refusal of a channel that knows already that a file cannot be kept."""
    return REFUSALS.get(key, WrongKind)("The file cannot be kept.", most=MOST_BYTES >> 20)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file ready to be handed out; `media_type` is what the bytes are, whatever was claimed."""

    name: str
    media_type: str
    data: bytes
    sha256: str


def attach(  # noqa: PLR0913 what is known of a file
    desk: Desk,
    act: Act,
    part_id: int,
    *,
    name: str,
    media_type: str = "",
    data: bytes | None,
    channel: str,
    source: Mapping[str, Any] | None = None,
) -> Evidence:
    """Attach a file to a part of the person's own unit; `data` None: it is fetched later by what `source` says.

    The same file twice is one row. Raises NotYours, AlreadySettled, TooManyFiles, TooLarge, WrongKind, NoFileStore.
    """
    part = _own(desk, act, part_id)
    facts = {"name": name, "media_type": media_type, "source": dict(source or {}), "channel": channel}
    facts |= {"state": "waiting"} if data is None else _kept(desk, data, name)
    before = evidences.of_parts(desk.tx, [part.id])
    if same := next((file for file in before if _is_same(file, facts)), None):
        return same
    if sum(file.state != "refused" for file in before) >= MOST_FILES:
        raise TooManyFiles(f"Part {part_id} has {MOST_FILES} files already.", code=part.code, most=MOST_FILES)
    return _add(desk, act, part, facts)


def of_part(desk: Desk, officer: Officer, part_id: int) -> list[Evidence]:
    """The files of a part, oldest first, waiting ones included; raises NoSuchPart for a foreign part too."""
    row = parts.by_id(desk.tx, part_id)
    if row is None or not may_see(desk, officer, row):
        raise NoSuchPart(f"There is no part {part_id}; look at the list.", code=part_id)
    return [file for file in evidences.of_parts(desk.tx, [part_id]) if file.state != "refused"]


def open_file(desk: Desk, officer: Officer, uid: str) -> OpenedFile:
    """A stored file for whoever may see its part at this moment; raises NoSuchFile for anybody and anything else."""
    row = evidences.by_uid(desk.tx, uid)
    part = parts.by_id(desk.tx, row.part_id) if row else None
    if row is None or part is None or row.state != "stored" or not may_see(desk, officer, part):
        raise NoSuchFile("There is no such file.")
    data = desk.office.files.get(row.sha256) if desk.office.files else None
    if data is None:
        raise NoSuchFile("There is no such file.")
    return OpenedFile(row.name, row.media_type, data, row.sha256)


def keep(desk: Desk, row: Evidence, data: bytes) -> None:
    """A file that was waited for has come. Raises what `attach` raises for a file in hand."""
    evidences.change(desk.tx, row.id, next_try_at=None, reason="", **_kept(desk, data, row.name))


def _kept(desk: Desk, data: bytes, name: str) -> dict[str, Any]:
    """Check the bytes, put them away, and say what the row has to know of them."""
    kind = check(data)
    if desk.office.files is None:
        raise NoFileStore("No folder for files is set.")
    digest = desk.office.files.put(data)
    return {
        "state": "stored",
        "name": clean_name(name, kind),
        "media_type": kind.media_type,
        "size": len(data),
        "sha256": digest,
        "stored_at": desk.now,
    }


def check(data: bytes) -> FileKind:
    """The kind of a file that may be kept; raises TooLarge or WrongKind."""
    if not 0 < len(data) <= MOST_BYTES:
        raise TooLarge(f"{len(data)} bytes; at most {MOST_BYTES} are taken.", most=MOST_BYTES >> 20)
    kind = file_kind(data)
    if kind is None:
        raise WrongKind("Pictures, PDF, office documents and plain text are taken, nothing else.")
    return kind


def _own(desk: Desk, act: Act, part_id: int) -> PartRow:
    parts.hold(desk.tx, part_id)
    part = row_for(desk, act.officer, part_id)
    answering = act.on_behalf_of if act.officer.role == "bureau" and act.on_behalf_of else act.officer
    mine = answers_for(desk, answering, part.unit_id)
    if not mine or act.officer.role not in ANSWERS:
        raise NotYours(f"Part {part_id} is {part.unit_name}'s to answer; nothing was changed.", unit=part.unit_name)
    if part.state in OVER:
        raise AlreadySettled(f"Part {part.code} has ended.", code=part.code)
    return part


def _is_same(file: Evidence, facts: Mapping[str, Any]) -> bool:
    if facts.get("sha256"):
        return bool(file.sha256 == facts["sha256"])
    return bool(facts["source"]) and file.channel == facts["channel"] and file.source == facts["source"]


def _add(desk: Desk, act: Act, part: PartRow, facts: dict[str, Any]) -> Evidence:
    uid = str(uuid4())
    values = facts | {"name": clean_name(facts["name"]) if facts["state"] == "waiting" else facts["name"]}
    evidences.add(desk.tx, uid=uid, part_id=part.id, officer_id=act.officer.id, created_at=desk.now, **values)
    row = evidences.by_uid(desk.tx, uid)
    assert row is not None  # noqa: S101 just added
    timeline.add(
        desk.tx,
        at=desk.now,
        verb="attach",
        part_id=part.id,
        officer_id=act.officer.id,
        on_behalf_of=None if act.on_behalf_of is None else act.on_behalf_of.id,
        door=act.door,
        words=row.name,
        answered=act.answered,
        detail={"evidence": uid},
    )
    return row
