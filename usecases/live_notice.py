"""Notices that wait for the bureau's decision: live cards, in which the decision takes the place of the buttons.

A notice is about one act of a unit, a row of the timeline. It waits until a later row decides it or takes it back; so a
report that was sent back stays "sent back" in its notice when the unit reports again.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from storage import deliveries, people, timeline
from storage.rows import DeliveryRow, Officer, TimelineRow
from texts import closed, notices
from texts.reader import Reader
from texts.values import Message, PartView
from usecases import fallback
from usecases.look import stored, view
from usecases.office import Desk
from usecases.remit import bureaus, reaches

KIND = "notice"
ENDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "report": frozenset({"verify", "return", "waive", "reroute"}),
        "refuse": frozenset({"reroute", "waive", "reopen"}),
        "extend": frozenset({"grant", "decline", "extend", "waive", "reroute", "lapse"}),
    }
)
"""What ends the waiting, by the act that the bureau was told of."""
TYPED = frozenset({"return", "decline", "waive", "reroute", "reopen"})
"""Decisions whose words are a reason."""


def ask_bureau(desk: Desk, part: PartView, verb: str, *, but: Officer | None = None, to: str = "") -> None:
    """Tell everybody of the unit's bureau, but for who did it, that the part's last `verb` waits for them.

    It goes by the first way of each. `to`: whose it is in the unit's eyes.
    """
    act = timeline.last_of(desk.tx, part.id, verb)
    asked = [one for one in bureaus(desk).over(part.unit_id) if but is None or one.id != but.id]
    for officer_id, ways in fallback.first_ways(desk, [one.id for one in asked]).items():
        for contact in ways:
            deliveries.add(
                desk.tx,
                [(part.id, None)],
                officer_id=officer_id,
                channel=contact.channel,
                address=contact.address,
                kind=KIND,
                body={"verb": verb, "act": act.id if act else 0, "to": to, **fallback.marks(contact, ways)},
                at=desk.office.opening.push_moment(desk.now),
                created_at=desk.now,
            )


def written(desk: Desk, notice: DeliveryRow) -> tuple[Message, bool] | None:
    """The notice as it stands now, and whether it still waits; None where there is nothing to be said of it."""
    reader = people.officer_by_id(desk.tx, notice.officer_id or 0)
    shown = deliveries.items(desk.tx, notice.id)
    if reader is None or reader.role != "bureau" or not shown:
        return None
    part, rows = view(desk, stored(desk, shown[0][0])), timeline.of_part(desk.tx, shown[0][0])
    if not reaches(desk, reader, part.unit_id):
        return None
    ended = _ended(rows, notice.body["verb"], notice.body["act"])
    say = Reader(reader.language, desk.today, desk.office.zone)
    if ended is None:
        return _asking(notice)(say, part), True
    who = people.officer_by_id(desk.tx, ended.officer_id) if ended.officer_id else None
    reason = ended.words if ended.verb in TYPED and who else ""
    window = desk.office.undo_window
    own = ended.officer_id == reader.id and ended.verb != "undo" and desk.now < ended.at + window
    name = who.name if who else ""
    undo = window if own else None
    return closed.closed(say, part, ended.verb, by=name, at=ended.at, reason=reason, undo=undo), False


def heard(desk: Desk, act: TimelineRow) -> list[Officer]:
    """Who of the bureau was told of that act; a notice that has not left yet will not."""
    notices_sent = deliveries.notices(desk.tx, act.part_id or 0)
    ids = {row.officer_id for row in notices_sent if row.body.get("act") == act.id and row.state in {"sending", "sent"}}
    return [officer for officer in people.officers(desk.tx) if officer.id in ids]


def is_shown(desk: Desk, notice: DeliveryRow, message: Message) -> bool:
    """Whether the chat shows it so already."""
    last = deliveries.last_edit(desk.tx, notice)
    return (last or notice).text == message.text


def at_message(desk: Desk, channel: str, address: str, ref: str) -> DeliveryRow | None:
    """The notice behind a message; None for any other message, which does not follow its part by itself."""
    row = deliveries.by_message(desk.tx, channel, address, ref) if ref else None
    return row if row is not None and row.kind == KIND else None


def _asking(notice: DeliveryRow) -> Callable[[Reader, PartView], Message]:
    match notice.body["verb"]:
        case "report":
            return notices.reported
        case "refuse":
            return partial(notices.refused, to=notice.body.get("to", ""))
        case _:
            return notices.extension_asked


def _ended(rows: Sequence[TimelineRow], verb: str, act: int) -> TimelineRow | None:
    """The row that decided it and stands, or the one that took the act itself back."""
    later = [row for row in rows if row.id > act]
    undone = {row.detail.get("undoes") for row in later}
    for row in later:
        ends = row.verb in ENDS[verb] or (verb == "extend" and "withdrew" in row.detail)
        if row.detail.get("undoes") == act or (ends and row.id not in undone):
            return row
    return None
