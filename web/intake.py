"""Taking in what an officer says or presses: stored first under the form's own id, then handled once.

A form sent twice, by an impatient thumb or by the back button, meets the id it had before and has no second effect.
What was stored and not handled when the program died is handled at the next start, by the same `handler`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from schedules.civil import civil_date
from storage import inbox, people
from storage.rows import InboxRow, Officer
from texts import answers
from texts.reader import Reader
from texts.values import Message
from usecases.answer import Act
from usecases.errors import Refused
from usecases.inbox import Handler, handle_one, take_in
from usecases.office import Desk
from web.effects import effect
from web.forms import is_once
from web.site import Converse, Incoming
from web.talk import CHANNEL, account, as_data
from web.visit import Malformed, Visit

LONGEST = 2000
"""Characters of one note or message; longer ones are refused rather than cut."""

Payload = Mapping[str, Any]
"""What an inbox row of this channel holds: `text`, or `button` and `label`, or `act` with `part` or `parts`, `words`
and what else that act needs; or `stopped`, the key of a refusal before anything was done."""


def take(visit: Visit, payload: Payload, *roles: str) -> None:
    """Store what the form says and handle it; the next page shows what came of it. With `roles`, only from them."""
    once = visit.form.get("once", "")
    if not is_once(once):
        raise Malformed
    with visit.act(*roles) as (desk, officer):
        take_in(desk, channel=CHANNEL, account=account(officer), source_id=once, payload=dict(payload))
        row = inbox.by_source(desk.tx, CHANNEL, account(officer), once)
    if row is not None:
        handle_one(visit.site.office, visit.now, row.id, handler(visit.site.converse))


def once_only(visit: Visit, effect: Callable[[Desk, Officer], str], *roles: str) -> None:
    """Have an effect once, in the form's own transaction; what it says, or why it was refused, is shown afterwards."""
    with visit.act(*roles) as (desk, officer):
        if not first_time(visit, desk, officer):
            return
        try:
            said = effect(desk, officer)
        except Refused as error:
            said = answers.refusal(_reader(desk, officer), error)
        row = inbox.by_source(desk.tx, CHANNEL, f"form:{officer.id}", visit.form["once"])
        if row is not None and said:
            inbox.change(desk.tx, row.id, reply=[as_data(Message((said,)))])


def first_time(visit: Visit, desk: Desk, officer: Officer) -> bool:
    """Whether this form is sent for the first time; for forms whose effect stands in the same transaction."""
    once, apart = visit.form.get("once", ""), f"form:{officer.id}"
    if not is_once(once):
        raise Malformed
    new = take_in(desk, channel=CHANNEL, account=apart, source_id=once, payload={"form": visit.path})
    row = inbox.by_source(desk.tx, CHANNEL, apart, once)
    if new and row is not None:
        inbox.change(desk.tx, row.id, handled_at=desk.now, officer_id=officer.id)
    return new


def handler(converse: Converse) -> Handler:
    """What `usecases.inbox.handle_waiting` needs for the web channel: the effect, and the reply kept with the row."""

    def handle(desk: Desk, row: InboxRow) -> None:
        officer = people.officer_by_id(desk.tx, int(row.account.partition(":")[2]))
        if officer is None or not officer.active:
            return
        messages = _effect(desk, officer, row, converse)
        inbox.change(desk.tx, row.id, officer_id=officer.id, reply=[as_data(message) for message in messages])

    return handle


def _effect(desk: Desk, officer: Officer, row: InboxRow, converse: Converse) -> tuple[Message, ...]:
    """What was done and what is said of it. A refusal changed nothing and is said like any other answer."""
    try:
        if "act" in row.payload:
            return (_act(desk, officer, row),)
        said = {name: str(row.payload.get(name, "")) for name in ("text", "button")}
        return converse(desk, officer, Incoming(address=row.account, source=row.source_id, **said)).messages
    except Refused as error:
        return (Message((answers.refusal(_reader(desk, officer), error),)),)


def _act(desk: Desk, officer: Officer, row: InboxRow) -> Message:
    """What a page's own form says in full: nothing in it has to be understood."""
    said, reader = row.payload, _reader(desk, officer)
    if "stopped" in said:
        return Message((reader.say(f"error.{said['stopped']}", **said["values"]), reader.say("web.report.stopped")))
    behalf = people.officer_by_id(desk.tx, said["behalf"]) if said.get("behalf") else None
    act = Act(officer, CHANNEL, words=str(said.get("words", "")), answered=row.source_id, on_behalf_of=behalf)
    return effect(desk, act, said, reader)


def _reader(desk: Desk, officer: Officer) -> Reader:
    return Reader(officer.language, civil_date(desk.now, desk.office.zone), desk.office.zone)
