"""An auditor: recomputes from the rows alone what must hold at every moment, whatever happened before."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Table, select

from schedules.lifecycle import State, is_settled
from storage import parts
from storage.engine import Tx
from storage.rows import PartRow, TimelineRow, many
from storage.tables import delivery, delivery_item, reminder, timeline
from usecases.office import Desk

ENDS = {"planned", "handed", "superseded", "cancelled"}
AFTER = {"receive": "received", "verify": "verified", "return": "received"} | {
    "waive": "waived",
    "lapse": "lapsed",
    "refuse": "refused",
    "reroute": "waived",
    "arrive": "open",
}


def audit(desk: Desk) -> None:
    """Raise one AssertionError that lists everything that does not add up."""
    found = [
        *_reminders(desk.tx),
        *_copies(desk.tx),
        *_deliveries(desk),
        *_parts(desk),
        *_codes(desk),
    ]
    assert not found, "\n".join(found)


def _rows(tx: Tx, table: Table) -> list[dict[str, object]]:
    return [dict(row) for row in tx.execute(select(table)).mappings()]


def _reminders(tx: Tx) -> Iterator[str]:
    """Conservation: each reminder is in one of four states; handed over means in a digest, or left in the inbox."""
    carried = {row["reminder_id"] for row in _rows(tx, delivery_item)}
    settled = {part.id for part in parts.all_parts(tx) if part.settled_at is not None}
    for row in _rows(tx, reminder):
        name = f"reminder {row['id']} {row['rung']} of part {row['part_id']}"
        if row["state"] not in ENDS:
            yield f"{name} is {row['state']}"
        if row["state"] == "handed" and row["reason"] != "inbox" and row["id"] not in carried:
            yield f"{name} was handed over and is in no message"
        if row["state"] != "handed" and row["id"] in carried:
            yield f"{name} is in a message and {row['state']}"
        if row["state"] in {"superseded", "cancelled"} and not row["reason"]:
            yield f"{name} is {row['state']} for no reason"
        if row["state"] == "planned" and row["part_id"] in settled:
            yield f"{name} is planned for a settled part"


def _copies(tx: Tx) -> Iterator[str]:
    """One reminder makes one message in each chat of its person."""
    ways = {row["id"]: (row["channel"], row["address"]) for row in _rows(tx, delivery)}
    carried = [row for row in _rows(tx, delivery_item) if row["reminder_id"] is not None]
    for key, count in Counter((row["reminder_id"], *ways[row["delivery_id"]]) for row in carried).items():
        if count > 1:
            yield f"reminder {key} stands in {count} messages to one chat"


def _deliveries(desk: Desk) -> Iterator[str]:
    for row in _rows(desk.tx, delivery):
        name = f"delivery {row['id']} ({row['kind']})"
        if (row["state"] == "sending") != bool(row["owner"] and row["lease_until"]):
            yield f"{name} is {row['state']} with owner {row['owner']!r} and lease {row['lease_until']}"
        if row["state"] == "dead" and not row["reason"]:
            yield f"{name} is dead for no reason"


def _parts(desk: Desk) -> Iterator[str]:
    rows: dict[int | None, list[TimelineRow]] = {}
    for row in many(TimelineRow, desk.tx.execute(select(timeline).order_by(timeline.c.id))):
        rows.setdefault(row.part_id, []).append(row)
    for part in parts.all_parts(desk.tx):
        name = f"part {part.id} ({part.state})"
        if is_settled(State(part.state), part.verification) != (part.settled_at is not None):
            yield f"{name} was settled at {part.settled_at}"
        if (part.state in {"reported", "verified"}) and part.reported_at is None:
            yield f"{name} was never reported"
        yield from (f"{name}: {says}" for says in _history(part, rows.get(part.id, [])))


def _history(part: PartRow, rows: list[TimelineRow]) -> Iterator[str]:
    """The timeline alone leads from open to where the part is, each row from where the one before it ended."""
    state, by_id = "open", {row.id: row for row in rows}
    for row in rows:
        before = row.detail.get("before", {}).get("state", state)
        if before != state:
            yield f"row {row.id} ({row.verb}) began at {before}, not at {state}"
        if row.verb == "undo":
            state = by_id[row.detail["undoes"]].detail["before"]["state"]
        elif row.verb == "report":
            state = "received" if "counted" in row.detail else "reported"
        elif row.verb == "reopen":
            state = row.detail.get("to", "open")
        else:
            state = AFTER.get(row.verb, state)
    if state != part.state:
        yield f"the timeline ends at {state}"


def _codes(desk: Desk) -> Iterator[str]:
    for key, count in Counter((part.unit_id, part.code) for part in parts.all_parts(desk.tx)).items():
        if count > 1:
            yield f"unit {key[0]} has {count} parts with the code {key[1]}"
