"""The inbox of a person: what lies there now, as cards, the newest need on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage import inbox, parts, people, reminders, timeline
from storage.rows import InboxRow, Officer, PartRow, ReminderRow, TimelineRow, Unit
from texts.reader import Reader
from texts.values import Message, PartView
from usecases import announce
from usecases.answer import UNDOABLE, answered_since
from usecases.history import Moment, histories
from usecases.look import WEEK, views
from usecases.office import Desk
from usecases.remit import covers, remit
from usecases.routing import route

MOST_NAMES = 400
ANSWERING = ("officer", "deputy", "head")
SETTLED_STAYS = WEEK
"""How long a settled part is still shown in the inbox."""


@dataclass(frozen=True, slots=True)
class Card:
    """A part in somebody's inbox, with the rungs that lie there and since when the newest does."""

    part: PartView
    rungs: tuple[str, ...]
    lies_since: datetime
    undo_until: datetime | None = None
    history: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxPage:
    officer: Officer
    unit: Unit
    cards: tuple[Card, ...]
    settled: tuple[Card, ...]
    upcoming: int
    """Open parts whose first reminder is still to come."""
    talk: tuple[InboxRow, ...]
    colleagues: tuple[Officer, ...] = ()
    """Others of the unit to whom a part may be handed."""
    announcements: tuple[Message, ...] = ()


def inbox_page(desk: Desk, officer: Officer) -> InboxPage:
    """Everything a person's inbox shows now. Office hours hold back what would buzz a phone, not what lies here."""
    lying: dict[int, list[tuple[datetime, str]]] = {}
    for row in reminders.lying(desk.tx, officer.id, desk.now):
        lying.setdefault(row.part_id, []).append((row.lies_at, row.rung))
    held = [row for row in parts.of_unit(desk.tx, officer.unit_id) if row.plan_state == "on"]
    for row in _for_others(desk, officer, held):
        lying.setdefault(row.part_id, []).append((row.lies_at, row.rung))
    told = {**lying, **_others(desk, officer, lying)}
    shown = [row for row in [*held, *_foreign(desk, officer, held, lying)] if row.id in told and _fresh(desk, row)]
    undo = undoable(desk, officer)
    past = histories(desk, [row.id for row in shown])
    cards = [_card(part, told[part.id], undo.get(part.id), past.get(part.id, ())) for part in views(desk, shown)]
    open_ids = {row.id for row in shown if row.settled_at is None}
    unit = people.unit_by_id(desk.tx, officer.unit_id)
    assert unit is not None  # noqa: S101 a foreign key holds it
    return InboxPage(
        officer=officer,
        unit=unit,
        cards=tuple(sorted((c for c in cards if c.part.id in open_ids), key=_need)),
        settled=tuple(c for c in cards if c.part.id not in open_ids),
        upcoming=sum(row.settled_at is None and row.id not in told for row in held),
        talk=tuple(inbox.talk_of(desk.tx, "web", f"web:{officer.id}")),
        colleagues=colleagues(desk, officer),
        announcements=_announced(desk, officer),
    )


def _announced(desk: Desk, officer: Officer) -> tuple[Message, ...]:
    reader = Reader(officer.language, desk.today, desk.office.zone)
    return tuple(announce.preview(desk, reader, one) for one in announce.lying(desk, officer))


def colleagues(desk: Desk, officer: Officer) -> tuple[Officer, ...]:
    """Others of the unit who may answer for it."""
    staff = people.officers_of(desk.tx, officer.unit_id)
    return tuple(one for one in staff if one.id != officer.id and one.role in ANSWERING)


def unit_names(desk: Desk) -> tuple[str, ...]:
    """What may be typed as the unit that something belongs to; none where there are too many to offer."""
    names = tuple(unit.name for unit in people.units(desk.tx))
    return names if len(names) <= MOST_NAMES else ()


def undoable(desk: Desk, officer: Officer) -> dict[int, datetime]:
    """Until when this person may take back their last act, by part; not where somebody has acted upon it since."""
    rows = timeline.last_by(desk.tx, officer.id, desk.now - desk.office.undo_window)
    undone = {row.detail.get("undoes") for row in rows}
    last: dict[int, TimelineRow] = {}
    for row in rows:
        if row.verb in UNDOABLE and row.id not in undone and row.part_id is not None:
            last.setdefault(row.part_id, row)
    free = {part_id: row for part_id, row in last.items() if not answered_since(desk, row)}
    return {part_id: row.at + desk.office.undo_window for part_id, row in free.items()}


def _for_others(desk: Desk, officer: Officer, held: Sequence[PartRow]) -> list[ReminderRow]:
    """What lies there for a colleague on leave, or was handed to this person: the page follows the chat's route."""
    way = route(desk)
    standing_in = any(way.away.get(one.id, 0) != 0 for one in people.officers_of(desk.tx, officer.unit_id))
    mine = {row.id: row for row in held if row.settled_at is None and (standing_in or row.delegate_id == officer.id)}
    rows = reminders.of_parts(desk.tx, mine) if mine else []
    lies = (row for row in rows if row.lies_at <= desk.now and row.state in {"planned", "handed"})
    return [row for row in lies if row.officer_id != officer.id and way.recipient(row, mine[row.part_id]) == officer.id]


def _others(
    desk: Desk, officer: Officer, lying: dict[int, list[tuple[datetime, str]]]
) -> dict[int, list[tuple[datetime, str]]]:
    """Parts of the unit that this person acted on lately stay in sight, reminded or not."""
    return {part_id: [(desk.now, "acted")] for part_id in undoable(desk, officer) if part_id not in lying}


def _foreign(
    desk: Desk, officer: Officer, held: Sequence[PartRow], lying: dict[int, list[tuple[datetime, str]]]
) -> list[PartRow]:
    """What the bureau is reminded of belongs to other units."""
    own = {row.id for row in held}
    found = parts.by_ids(desk.tx, [part_id for part_id in lying if part_id not in own])
    within = remit(desk, officer)
    return [row for row in found.values() if covers(within, row) and row.plan_state == "on"]


def _fresh(desk: Desk, row: PartRow) -> bool:
    return row.settled_at is None or desk.now - row.settled_at < SETTLED_STAYS


def _card(
    part: PartView, told: list[tuple[datetime, str]], undo_until: datetime | None, past: tuple[Moment, ...]
) -> Card:
    newest = sorted(told)
    return Card(part, tuple(rung for _, rung in newest), newest[-1][0], undo_until, past)


def _need(card: Card) -> tuple[date, int]:
    """The newest need on top: the nearest due date first, so overdue before everything."""
    return card.part.due, card.part.code
