"""Delivering: claim and commit, read afresh, send with no transaction open, record. Twice rather than never."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from schedules.retry import Dead, Decision, Outcome, Refused, decide
from storage import claims, deliveries, people
from storage.rows import DeliveryRow
from texts import board, compose
from texts.values import Button, DigestView, Message
from usecases import bureau_mail, fallback, group_digest, hook_events, live_notice
from usecases.digest import Told, ours, view_of
from usecases.ended import ended
from usecases.holding import holding, resumes
from usecases.look import is_asked
from usecases.office import Desk
from usecases.outage_note import absorb

FOREIGN_CHAT = "chat of somebody else"
CHAT_GONE = "contact gone"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that goes with a message, and the same in words for who cannot see it."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to leave. `edit_ref`: the message to change instead of sending a new one.

    A `picture` goes with the text; a channel without pictures sends the text alone.
    """

    delivery_id: int
    kind: str
    address: str
    message: Message
    reply_to: str = ""
    edit_ref: str = ""
    possible_repeat: bool = False
    told: DigestView | None = None
    """What a digest or a card tells, as it stood when it was written."""
    picture: Picture | None = None
    call: hook_events.Call | None = None
    """An event for another program, in place of words for a person."""


class Messenger(Protocol):
    """A way to reach people. It translates its service's errors into one of the four outcomes and never raises them."""

    @property
    def channel(self) -> str: ...

    async def send(self, outgoing: Outgoing) -> Outcome: ...


def say(  # noqa: PLR0913 an address has several parts
    desk: Desk,
    message: Message,
    *,
    officer_id: int | None,
    channel: str,
    address: str,
    key: str | None = None,
    reply_to: str = "",
    edit_ref: str = "",
    parts_shown: Sequence[int] = (),
    at: datetime | None = None,
    marks: Mapping[str, object] | None = None,
) -> None:
    """Put one message on its way inside this transaction, at `at` or at once; with a `key`, at most once.

    With an `edit_ref` it takes the place of that message, or, where that cannot be, comes as a new one. `marks`, from
    `usecases.fallback.marks`, lets another way of the person take over when this one fails.
    """
    row: dict[str, Any] = {
        "officer_id": officer_id,
        "channel": channel,
        "address": address,
        "kind": "say",
        "body": {"message": asdict(message), "reply_to": reply_to, "edit_ref": edit_ref, **(marks or {})},
        "at": at or desk.now,
        "created_at": desk.now,
    }
    items = [(part_id, None) for part_id in parts_shown]
    if key is None:
        deliveries.add(desk.tx, items, **row)
    else:
        deliveries.add_once(desk.tx, items, key=key, **row)


def claim(desk: Desk, *, owner: str, channels: Collection[str], limit: int = 20) -> list[DeliveryRow]:
    """Take what is due, and what is left of those who did not renew. Committed before the first byte leaves."""
    claims.expire_leases(desk.tx, desk.now)
    return claims.claim(desk.tx, owner=owner, now=desk.now, lease=desk.office.lease, limit=limit, channels=channels)


def prepare(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    """Read the state afresh and write the message; with it is committed that sending begins.

    None when there is nothing left to say, not at this hour, not in this chat, or when the claim is no longer ours.
    """
    return prepare_all(desk, [delivery])[0]


def prepare_all(desk: Desk, rows: Sequence[DeliveryRow]) -> list[Outgoing | None]:
    """The same of several that leave at one moment."""
    held = claims.held(desk.tx, rows)
    ours = [replace(row, address=held[row.claim]) for row in rows if row.claim in held]
    written = {row.claim: WRITERS[row.kind](desk, row) for row in ours}
    ready = [row for row in rows if written.get(row.claim) is not None]
    begun = claims.begin(desk.tx, ready, desk.now + desk.office.lease)
    return [written[row.claim] if row.claim in begun else None for row in rows]


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of one message. `jitter`: a share of the pause before another try, that spreads them."""

    delivery: DeliveryRow
    outgoing: Outgoing
    outcome: Outcome
    jitter: float = 0.0


def record(desk: Desk, delivery: DeliveryRow, outgoing: Outgoing, outcome: Outcome, *, jitter: float = 0.0) -> bool:
    """Write what came of it, unless the claim is no longer ours; says whether it was."""
    return record_all(desk, [Ending(delivery, outgoing, outcome, jitter)])[0]


def record_all(desk: Desk, endings: Sequence[Ending]) -> list[bool]:
    """The same of several that ended at one moment."""
    decided = [(ending, _decide(desk, ending)) for ending in endings]
    ours = claims.record_all(
        desk.tx, [(one.delivery, ended(one.delivery, one.outgoing, made, now=desk.now)) for one, made in decided]
    )
    for ending, decision in decided:
        held = ending.delivery.claim in ours
        if held and isinstance(decision, Dead):
            gone = isinstance(ending.outcome, Refused) and ending.outcome.gone
            fallback.died(desk, ending.delivery, decision.reason, gone=gone)
    return [ending.delivery.claim in ours for ending in endings]


def _decide(desk: Desk, ending: Ending) -> Decision:
    row = ending.delivery
    return decide(ending.outcome, attempt=row.attempt, now=desk.now, first_at=row.created_at, jitter=ending.jitter)


def release(desk: Desk, delivery: DeliveryRow) -> None:
    """Give a claim back untouched: nothing was sent, because the process is stopping."""
    claims.record(desk.tx, delivery, state="due", next_try_at=desk.now)


def park(desk: Desk, delivery: DeliveryRow, reason: str) -> None:
    """Set a delivery aside that cannot even be written: loud, and raised to a person, so that the rest goes on."""
    if claims.record(desk.tx, delivery, state="dead", reason=reason):
        fallback.died(desk, delivery, reason, gone=False)


def _say(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    contact = people.contact_at(desk.tx, delivery.channel, delivery.address)
    if contact and delivery.officer_id not in (None, contact.officer_id):
        _let_go(desk, delivery, FOREIGN_CHAT)
        return None
    body, repeat = delivery.body, delivery.ambiguous > 0
    refs = {name: body.get(name, "") for name in ("reply_to", "edit_ref")}
    return Outgoing(delivery.id, "say", delivery.address, _message(body["message"]), possible_repeat=repeat, **refs)


def _digest(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    opens = desk.office.opening.push_moment(desk.now)
    if opens > desk.now:
        claims.record(desk.tx, delivery, state="due", next_try_at=opens)
        return None
    told = [(row, part) for row, part in ours(desk, delivery) if is_asked(part)]
    if until := _paused(desk, told):
        claims.record(desk.tx, delivery, state="due", next_try_at=until)
        return None
    if reason := _unfit(desk, delivery) or ("" if told else "settled"):
        _let_go(desk, delivery, reason)
        return None
    view, repeat = view_of(desk, delivery, told), delivery.ambiguous > 0
    message = board.notice(view) if group_digest.is_robot(delivery.channel) else compose.digest(view)
    message = replace(message, lines=(*message.lines, *absorb(desk, delivery)))
    return Outgoing(delivery.id, "digest", delivery.address, message, possible_repeat=repeat, told=view)


def _report(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    """The bureau's own mail: as things stand now, on its own day and in office hours only."""
    opens = desk.office.opening.push_moment(desk.now)
    if opens > desk.now and delivery.body.get("report") == "week":
        claims.record(desk.tx, delivery, state="due", next_try_at=opens)
        return None
    stale = delivery.body.get("report") == "morning" and delivery.body.get("day") != desk.today.isoformat()
    written = None if stale or opens > desk.now else bureau_mail.write(desk, delivery)
    if reason := _unfit(desk, delivery) or ("" if written else "nothing to say"):
        _let_go(desk, delivery, reason)
        return None
    assert written is not None  # noqa: S101 else there was a reason
    message, png = written
    shown = Picture(png, message.lines[0]) if png else None
    repeat = delivery.ambiguous > 0
    return Outgoing(delivery.id, "report", delivery.address, message, possible_repeat=repeat, picture=shown)


def _notice(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    """What waits for the bureau; nothing, where it was decided before the notice left."""
    written = live_notice.written(desk, delivery)
    waits = written is not None and written[1]
    if reason := _unfit(desk, delivery) or ("" if waits else "decided"):
        _let_go(desk, delivery, reason)
        return None
    assert written is not None  # noqa: S101 it waits
    return Outgoing(delivery.id, "say", delivery.address, written[0], possible_repeat=delivery.ambiguous > 0)


def _hook(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    call = hook_events.write(desk, delivery)
    if call is None:
        _let_go(desk, delivery, hook_events.GONE)
        return None
    repeat = delivery.ambiguous > 0
    return Outgoing(
        delivery.id, delivery.kind, delivery.address, Message((call.event,)), possible_repeat=repeat, call=call
    )


def _paused(desk: Desk, told: Sequence[Told]) -> datetime | None:
    """When it may leave, where a pause that began meanwhile holds everything in it back."""
    held = holding(desk)
    if not told or not (held.everything or held.plans):
        return None
    ends = [held.everything or held.plans.get(part.plan_id) for _, part in told]
    days = [day for day in ends if day is not None]
    return resumes(desk, min(days)) if len(days) == len(ends) else None


def _edit(desk: Desk, delivery: DeliveryRow) -> Outgoing | None:
    card = deliveries.by_id(desk.tx, delivery.body["of"])
    if card is not None and card.kind == live_notice.KIND:
        return _edit_notice(desk, delivery, card)
    told = ours(desk, card) if card else []
    if reason := _unfit(desk, delivery) or ("" if told else "card gone"):
        _let_go(desk, delivery, reason)
        return None
    assert card is not None  # noqa: S101 it tells something
    view = view_of(desk, card, told)
    return Outgoing(delivery.id, "edit", delivery.address, compose.card(view), edit_ref=card.message_ref, told=view)


def _edit_notice(desk: Desk, delivery: DeliveryRow, card: DeliveryRow) -> Outgoing | None:
    written = live_notice.written(desk, card)
    same = written is not None and live_notice.is_shown(desk, card, written[0])
    if reason := _unfit(desk, delivery) or ("unchanged" if same else "" if written else "card gone"):
        _let_go(desk, delivery, reason)
        return None
    assert written is not None  # noqa: S101 else the card was gone
    return Outgoing(delivery.id, "edit", delivery.address, written[0], edit_ref=card.message_ref)


def _unfit(desk: Desk, delivery: DeliveryRow) -> str:
    """Why this chat may not hear it any more; empty when it may. A chat sees only what its person may see."""
    if delivery.officer_id is None:
        return group_digest.unfit(desk, delivery)
    contact = people.contact_at(desk.tx, delivery.channel, delivery.address)
    officer = people.officer_by_id(desk.tx, delivery.officer_id)
    if contact is None or contact.state != "live":
        return CHAT_GONE
    if contact.officer_id != delivery.officer_id:
        return FOREIGN_CHAT
    return "" if officer and officer.active else "officer left"


def _let_go(desk: Desk, delivery: DeliveryRow, reason: str) -> None:
    """Nothing more to say here; what its person has not heard goes to another of their ways."""
    claims.record(desk.tx, delivery, state="superseded", reason=reason)
    if reason in {CHAT_GONE, FOREIGN_CHAT}:
        fallback.pass_on(desk, delivery)


def _message(data: dict[str, Any]) -> Message:
    rows = tuple(tuple(Button(**button) for button in row) for row in data["buttons"])
    return Message(tuple(data["lines"]), rows)


WRITERS: Mapping[str, Callable[[Desk, DeliveryRow], Outgoing | None]] = {
    "digest": _digest,
    "edit": _edit,
    "report": _report,
    "say": _say,
    hook_events.KIND: _hook,
    live_notice.KIND: _notice,
}
