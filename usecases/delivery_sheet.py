"""The delivery log as a CSV file, a piece at a time, so that a million messages pass through a small memory."""

from dataclasses import dataclass, replace
from datetime import datetime

from schedules.civil import local
from storage.rows import Officer
from texts.catalogue import has, say
from texts.csv_lines import csv_lines
from usecases.delivery_log import Asked, Entry, delivery_log
from usecases.office import Desk

A_PIECE = 1000
COLUMNS = (
    *("due", "written", "sent", "unit", "who", "channel", "kind", "codes", "about"),
    *("outcome", "next", "attempts", "why", "ref"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of the file, and what to ask next; None when it is whole."""

    data: bytes
    then: Asked | None


def delivery_sheet(desk: Desk, officer: Officer, asked: Asked, language: str) -> Piece:
    """The next piece; the first one, which has the headings, where `asked` begins nowhere. Raises NotAllowed."""
    page = delivery_log(desk, officer, asked, limit=A_PIECE)
    head = [] if asked.before else [[say(language, f"web.sent.head.{name}") for name in COLUMNS]]
    rows = [_cells(desk, language, entry) for entry in page.entries]
    then = replace(asked, before=page.older) if page.older else None
    return Piece(csv_lines([*head, *rows], first=not asked.before), then)


def word(language: str, family: str, key: str) -> str:
    """A word of the pages for a stored one; the stored one where there is none."""
    name = f"web.{family}.{key}"
    return say(language, name) if has(language, name) else key


def why(language: str, reason: str) -> str:
    """Why it was not sent: our own reasons in the language, a service's as it gave it."""
    name = f"web.sent.why.{reason.replace(' ', '_')}"
    return say(language, name) if has(language, name) else reason


def _cells(desk: Desk, language: str, entry: Entry) -> list[object]:
    row = entry.row
    waits = row.outcome in {"due", "again", "unknown"}
    return [
        _moment(desk, row.at),
        _moment(desk, row.created_at),
        _moment(desk, row.sent_at),
        row.unit,
        row.who,
        word(language, "door", row.channel),
        word(language, "sent.kind", row.kind),
        " ".join(str(item.code) for item in entry.about),
        "；".join(dict.fromkeys(item.title + (f"({item.stage})" if item.stage else "") for item in entry.about)),
        word(language, "sent.outcome", row.outcome),
        _moment(desk, row.next_try_at) if waits else "",
        row.attempts,
        why(language, entry.reason),
        row.message_ref,
    ]


def _moment(desk: Desk, at: datetime | None) -> str:
    return "" if at is None else f"{local(at, desk.office.zone):%Y-%m-%d %H:%M:%S}"
