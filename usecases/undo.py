"""Undo (撤销): within some minutes people take back their own last act, and what was stands again, exactly."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from schedules.lifecycle import State, Verb, may_undo
from storage import extensions, parts, reminders, timeline
from storage.rows import Officer, PartRow, TimelineRow
from texts import notices
from usecases import joint
from usecases.acting import UNDOABLE, Act, Answer, answer, held, log
from usecases.errors import NothingToUndo
from usecases.live_notice import heard
from usecases.look import stored, view
from usecases.next_one import bring_next
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.settle import change_state, close_part
from usecases.snapshot import columns
from usecases.tell import tell_people, tell_unit

ARRIVE = "arrive"
"""The row of the part that a rerouting opened at the other unit."""
CHANGES = frozenset({verb.value for verb in Verb} - {"snooze", "undo"} | {ARRIVE, "handover"})
"""Verbs after which an earlier act can no longer be taken back without taking them along."""
TAKEN_BACK = "taken_back"
"""Why Ruqi waives a part whose rerouting was undone."""
TOLD_UNIT = frozenset({"verify", "return", "waive", "reroute", "reopen", "grant", "decline"})
TOLD_BUREAU = frozenset({"refuse", "extend"})


def undo(desk: Desk, act: Act, part_id: int | None = None) -> Answer:
    """Take back one's own last act while the window is open. The timeline keeps both rows."""
    row = _last_act(desk, act.officer, part_id)
    for one in _together(desk, act.officer, row):
        _take_back(desk, act, one)
    return answer(desk, act, row.part_id or 0, "undo")


def answered_since(desk: Desk, row: TimelineRow) -> bool:
    """Whether the part was changed after that act: taking it back now would take somebody else's act with it."""
    later = [r for r in timeline.of_part(desk.tx, row.part_id or 0) if r.id > row.id]
    undone = {r.detail.get("undoes") for r in later}
    return any(r.verb in CHANGES and r.id not in undone for r in later)


def _last_act(desk: Desk, officer: Officer, part_id: int | None) -> TimelineRow:
    window = desk.office.undo_window
    rows = timeline.last_by(desk.tx, officer.id, desk.now - window)
    undone = {row.detail.get("undoes") for row in rows}
    for row in rows:
        fits = row.verb in UNDOABLE and row.id not in undone and part_id in (None, row.part_id)
        if fits and may_undo(row.at, desk.now, window, row.officer_id, officer.id):
            return row
    minutes = int(window / timedelta(minutes=1))
    raise NothingToUndo(f"Nothing of yours in the last {minutes} minutes is left to undo.", minutes=minutes)


def _together(desk: Desk, officer: Officer, row: TimelineRow) -> list[TimelineRow]:
    """The rows of one act: an occurrence that was skipped was skipped for all units."""
    if "skip" not in row.detail:
        return [row]
    rows = timeline.last_by(desk.tx, officer.id, row.at)
    return [one for one in rows if one.at == row.at and one.detail.get("skip") == row.detail["skip"]]


def _take_back(desk: Desk, act: Act, row: TimelineRow) -> None:
    part = held(desk, act.officer, row.part_id or 0)
    _still_free(desk, part, row)
    _put_back(desk, act, part, row)
    if row.verb in ALONG:
        ALONG[row.verb](desk, act, part, row)
    if "withdrew" in row.detail:
        extensions.restore(desk.tx, row.detail["withdrew"])
    joint.follow(desk, part)
    bring_next(desk, part)
    _tell(desk, row)


def _still_free(desk: Desk, part: PartRow, row: TimelineRow) -> None:
    if answered_since(desk, row):
        raise NothingToUndo("Somebody changed this part meanwhile; nothing was undone.", code=part.code)


def _put_back(desk: Desk, act: Act, part: PartRow, row: TimelineRow) -> None:
    """The row as it was, its reminders by the date and the person it had."""
    before = row.detail["before"]
    kept, ended = columns(before), before["settled_at"]
    ended_at = None if ended is None else datetime.fromisoformat(ended)
    change_state(desk, part, State(before["state"]), ended_at=ended_at, **kept)
    due = kept.get("due", part.due)
    if due != part.due:
        reminders.restore_replanned(desk.tx, part.id, due, row.at)
    if due != part.due or kept.get("delegate_id", part.delegate_id) != part.delegate_id:
        plan_reminders(desk, [stored(desk, part.id)])
    log(desk, act, part, "undo", undoes=row.id)


def _extension_withdrawn(desk: Desk, _act: Act, _part: PartRow, row: TimelineRow) -> None:
    extensions.change(desk.tx, row.detail["extension"], state="withdrawn", decided_at=desk.now)
    if "replaced" in row.detail:
        extensions.restore(desk.tx, row.detail["replaced"])


def _decision_withdrawn(desk: Desk, _act: Act, _part: PartRow, row: TimelineRow) -> None:
    extensions.restore(desk.tx, row.detail["extension"])


def _occurrence_back(desk: Desk, _act: Act, part: PartRow, row: TimelineRow) -> None:
    if "skip" in row.detail:
        parts.change_occurrence(desk.tx, part.occurrence_id, state="tracked")


def _not_rerouted(desk: Desk, act: Act, _part: PartRow, row: TimelineRow) -> None:
    """The part at the other unit ends again, or goes back to what it was there."""
    other = held(desk, act.officer, row.detail["to_part"])
    arrived = next(r for r in timeline.of_part(desk.tx, other.id) if r.id == row.detail["arrived"])
    _still_free(desk, other, arrived)
    if row.detail["fresh"]:
        close_part(desk, other, state="waived", reason=TAKEN_BACK)
    else:
        _put_back(desk, act, other, arrived)
    tell_unit(desk, view(desk, stored(desk, other.id)), notices.taken_back)


def _not_snoozed(desk: Desk, _act: Act, _part: PartRow, row: TimelineRow) -> None:
    """The rungs that gave way are planned again, the one that came in their place is not."""
    if "reminder" in row.detail:
        reminders.change(desk.tx, [row.detail["reminder"]], state="cancelled", reason="undone")
        reminders.restore(desk.tx, row.detail["gave_way"], "snoozed")


ALONG: Mapping[str, Callable[[Desk, Act, PartRow, TimelineRow], None]] = MappingProxyType(
    {
        "extend": _extension_withdrawn,
        "grant": _decision_withdrawn,
        "decline": _decision_withdrawn,
        "waive": _occurrence_back,
        "reroute": _not_rerouted,
        "snooze": _not_snoozed,
    }
)
"""What goes back together with the part's own row."""


def _tell(desk: Desk, row: TimelineRow) -> None:
    """Whoever was told of the act is told that it does not stand."""
    if row.verb in TOLD_UNIT:
        tell_unit(desk, view(desk, stored(desk, row.part_id or 0)), notices.taken_back)
    if row.verb in TOLD_BUREAU:
        part = view(desk, stored(desk, row.part_id or 0))
        tell_people(desk, heard(desk, row), lambda reader: notices.withdrawn(reader, part), parts_shown=[part.id])
