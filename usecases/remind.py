"""Reminding: when the moment comes, what one person is told at one time becomes one message. Held, never dropped."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from schedules.rungs import Ladder
from storage import claims, deliveries, parts, people, plans, reminders, restored
from storage.rows import Contact, Officer, PartRow, ReminderRow
from usecases import fallback
from usecases.ask_to_join import lapse_joinings
from usecases.bureau_mail import hand_over_mail, next_mail
from usecases.feed_retire import retire
from usecases.group_digest import hand_to_groups
from usecases.holding import holding, next_release, resumes
from usecases.office import Desk
from usecases.owing import COPY
from usecases.plan_reminders import Planner, plan_reminders, replan
from usecases.routing import Route, route
from usecases.settle import close_part
from usecases.terms import terms_changed
from usecases.unfold import stale, unfold

LAPSED, PERIOD_OVER = "lapsed", "period_over"


@dataclass(slots=True)
class Handover:
    """What should become of the reminders whose moment has come: bundles by officer id, and reasons not to send."""

    bundles: dict[int, list[ReminderRow]] = field(default_factory=dict)
    superseded: dict[str, list[int]] = field(default_factory=dict)


def hand_over(desk: Desk, *, mail: bool = True) -> int:
    """Turn reminders whose moment has come into deliveries, in office hours only; gives how many were handed over.

    With `mail` the bureau's own mail as well.
    """
    if desk.office.opening.push_moment(desk.now) > desk.now:
        return 0
    held_back = holding(desk)
    if held_back.everything:
        return 0
    if mail:
        hand_over_mail(desk)
    due = reminders.due(desk.tx, desk.now, held=held_back.held)
    if not due:
        return 0
    held = parts.by_ids(desk.tx, {row.part_id for row in due})
    decision = decide(due, held, desk.office.ladders, route(desk))
    for reason, ids in decision.superseded.items():
        reminders.change(desk.tx, ids, state="superseded", reason=reason)
    told = (row for rows in decision.bundles.values() for row in rows)
    hand_to_groups(desk, told, held)
    return _apply(desk, decision.bundles)


def decide(
    due: Iterable[ReminderRow], held: Mapping[int, PartRow], ladders: Mapping[str, Ladder], to: Route | None = None
) -> Handover:
    """Bundle by person, whatever the capacity in which they hear of it.

    Settled parts are not reminded of, received ones not from afar, and after downtime only a part's latest rung goes.
    """
    decision, to = Handover(), to or Route()
    latest: dict[tuple[int, int, str], ReminderRow] = {}
    for row in sorted(due, key=lambda row: (row.push_at, row.id)):
        part = held[row.part_id]
        reason = _idle(row, part, ladders)
        key = (row.part_id, to.recipient(row, part), row.audience)
        if not reason and key in latest:
            decision.superseded.setdefault("overtaken", []).append(latest[key].id)
        if reason:
            decision.superseded.setdefault(reason, []).append(row.id)
        else:
            latest[key] = row
    own = {(part_id, officer_id) for part_id, officer_id, audience in latest if not audience.startswith(COPY)}
    for (part_id, officer_id, audience), row in latest.items():
        if audience.startswith(COPY) and (part_id, officer_id) in own:
            decision.superseded.setdefault("overtaken", []).append(row.id)
        else:
            decision.bundles.setdefault(officer_id, []).append(row)
    return decision


def next_moment(desk: Desk, channels: Collection[str], *, mail: bool = True) -> datetime | None:
    """When there is something to do next: a reminder whose moment comes, a delivery to try again or to pass on.

    With `mail` also each working morning, on which the bureau's own mail may be owed.
    """
    held = holding(desk)
    moments = [claims.next_at(desk.tx, channels), fallback.next_at(desk)]
    if held.everything:
        moments.append(resumes(desk, held.everything))
    else:
        planned = reminders.next_at(desk.tx, held=held.held)
        if mail:
            moments.append(next_mail(desk))
        moments += [planned and desk.office.opening.push_moment(max(planned, desk.now)), next_release(desk, held)]
    return min((t for t in moments if t is not None), default=None)


def roll(desk: Desk) -> int:
    """Once a day: let the horizon move on and end what can no longer be done; gives the number of new parts.

    When working days, office hours or ladders are no longer what they were, every planned reminder is put where it
    belongs now, also where the due date itself stays.
    """
    _lapse(desk)
    lapse_joinings(desk)
    retire(desk)
    new_parts = unfold_stale(desk)
    if terms_changed(desk):
        replan(desk)
    return new_parts


def unfold_stale(desk: Desk, planner: Planner = plan_reminders) -> int:
    """Unfold the duties whose dates differ today from what they were; gives the number of new parts."""
    held = {plan.id: stale(desk, plan.id) for plan in plans.all_plans(desk.tx) if plan.state == "on"}
    found = (
        unfold(desk, plan_id, announce=False, only=duties, planner=planner)
        for plan_id, duties in held.items()
        if duties
    )
    return sum(unfolded.new_parts for unfolded in found)


def _idle(row: ReminderRow, part: PartRow, ladders: Mapping[str, Ladder]) -> str:
    """Why this reminder need not go out any more; empty when it must."""
    if part.settled_at is not None:
        return "settled"
    if part.plan_state != "on":
        return "plan_off"
    if part.state in ("reported", "refused"):
        return part.state
    rung = (ladders.get(part.kind) or ladders["standard"]).rung(row.rung)
    if rung and rung.silent:
        return "" if part.state == "received" else "not_received"
    return "received" if rung and rung.far and part.state == "received" else ""


def _apply(desk: Desk, bundles: Mapping[int, list[ReminderRow]]) -> int:
    officers = {o.id: o for o in people.officers(desk.tx, active_only=False)}
    ways = fallback.first_ways(desk, list(bundles))
    for officer_id, rows in bundles.items():
        _hand(desk, officers[officer_id], rows, ways.get(officer_id, []))
    for reason, reached in (("", True), ("inbox", False)):
        ids = [row.id for officer_id, rows in bundles.items() for row in rows if bool(ways.get(officer_id)) == reached]
        reminders.change(desk.tx, ids, state="handed", handed_at=desk.now, reason=reason)
    return sum(len(rows) for rows in bundles.values())


def _hand(desk: Desk, officer: Officer, rows: list[ReminderRow], ways: list[Contact]) -> None:
    """One delivery to the person's first way. Who has none finds it in the web inbox, and the bureau sees that."""
    for contact in ways:
        deliveries.add(
            desk.tx,
            [(row.part_id, row.id) for row in rows],
            officer_id=officer.id,
            channel=contact.channel,
            address=contact.address,
            kind="digest",
            body=fallback.marks(contact, ways),
            ambiguous=restored.told_before(rows),
            at=desk.now,
            created_at=desk.now,
        )


def _lapse(desk: Desk) -> None:
    """A part of a recurring duty that nobody touched lapses once the next one of its kind has fallen due."""
    late = parts.untouched_before(desk.tx, desk.today)
    newest = parts.newest_due(desk.tx, {part.duty_id for part in late}, before=desk.today)
    for part in lapsing(late, newest):
        close_part(desk, part, state=LAPSED, reason=PERIOD_OVER)


def lapsing(late: Iterable[PartRow], newest: Mapping[tuple[int, int], date]) -> list[PartRow]:
    """Which of these, untouched and past due, lapse; `newest`: the latest due date of the like, by (duty, unit)."""
    return [part for part in late if part.counted == 0 and part.due < newest[part.duty_id, part.unit_id]]
