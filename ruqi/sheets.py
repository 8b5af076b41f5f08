"""What the pages need of the room of the documents for ledgers and bulletins: the pages do not know that room."""

from collections.abc import Sequence
from pathlib import Path

from usecases.bulletin import Bulletin
from usecases.ledger_sheet import LedgerSheet
from usecases.take_ledger import SheetLine
from web.site import CannotTake, Sheets


def sheets() -> Sheets:
    return Sheets(_book, _read, _draft)


def _book(ledger: LedgerSheet, language: str) -> bytes:
    from plans.sheets.ledger import ledger_book

    return ledger_book(ledger, language)


def _draft(bulletin: Bulletin, language: str) -> bytes:
    from plans.sheets.bulletin import bulletin_draft

    return bulletin_draft(bulletin, language)


def _read(path: Path) -> Sequence[SheetLine]:
    from plans.rosters.refusals import NotRead
    from plans.sheets.ledger_back import read_ledger

    try:
        return read_ledger(path)
    except NotRead as refusal:
        raise CannotTake(refusal.kind) from refusal
