"""Many at once: what a verb would be done to, before it is done; whoever is ticked in vain stands apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import ledger as store
from storage import parts
from storage.rows import Officer, PartRow
from texts.values import PartView
from usecases.errors import NotAllowed
from usecases.look import is_asked, views
from usecases.office import Desk
from usecases.page_ledger import Asked, sieve
from usecases.remit import covers, remit

MOST = 300
"""Parts of one act."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What `verb` would be done to; `left` were asked for and do not fit, `more` are beyond what one act takes."""

    verb: str
    parts: tuple[PartView, ...]
    left: int
    more: int


def ticked(desk: Desk, officer: Officer, verb: str, part_ids: Sequence[int]) -> Bulk:
    """The parts that were ticked. Raises NotAllowed for anybody but the bureau."""
    _only_bureau(officer)
    found, within = parts.by_ids(desk.tx, part_ids), remit(desk, officer)
    return _bulk(desk, verb, [row for one in part_ids if (row := found.get(one)) and covers(within, row)])


def everything(desk: Desk, officer: Officer, verb: str, asked: Asked) -> Bulk:
    """All that the ledger's filters let through, as far as the verb fits them."""
    _only_bureau(officer)
    looked = sieve(desk, officer, asked)
    ids = store.part_ids(desk.tx, looked, limit=MOST)
    found = parts.by_ids(desk.tx, ids)
    bulk = _bulk(desk, verb, [found[part_id] for part_id in ids])
    return Bulk(verb, bulk.parts, bulk.left, store.count(desk.tx, looked)[1] - len(ids))


def _bulk(desk: Desk, verb: str, rows: Sequence[PartRow]) -> Bulk:
    fit = [row for row in rows if (is_asked(row) if verb == "nudge" else _waits(row))]
    return Bulk(verb, tuple(views(desk, fit[:MOST])), len(rows) - len(fit), max(0, len(fit) - MOST))


def _waits(row: PartRow) -> bool:
    return row.state == "reported" and row.settled_at is None


def _only_bureau(officer: Officer) -> None:
    if officer.role != "bureau":
        raise NotAllowed("Only the bureau does this.", role=officer.role)
