"""Drafts: a plan that was read is looked through, corrected and only then switched on. A restart loses nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from schedules.plan import Group, Plan
from storage import drafts, plans
from storage.drafts import DraftRow
from storage.rows import Officer, PlanRow
from usecases.draft_data import fitted, plan_from_data, plan_to_data
from usecases.errors import Refused
from usecases.import_plan import ImportReport, import_plan
from usecases.office import Desk
from usecases.remit import require_all
from usecases.switch_plan import switch

ISSUED, TITLE = "issued", "title"
"""The doubts that the document names no date, or no title, of its own."""


class NoSuchDraft(Refused):
    """There is no such draft; it may have been deleted."""

    key = "no_such_draft"


class DraftDone(Refused):
    """This draft has been switched on already; upload the document again to revise the plan."""

    key = "draft_done"


class NothingKept(Refused):
    """Every duty of this draft is left out, so there is nothing to switch on."""

    key = "nothing_kept"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something not understood: its place in the document and what was said of it. `at` is the duty it belongs to."""

    place: str = ""
    says: str = ""
    key: str = ""
    at: int | None = None
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is worked on. Duties keep their places; `left_out` are the places that stay outside."""

    row: DraftRow
    plan: Plan
    doubts: tuple[Doubt, ...]
    left_out: frozenset[int]

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts if not doubt.seen)

    @property
    def kept(self) -> Plan:
        """The plan as it would be switched on."""
        return replace(
            self.plan, duties=tuple(duty for n, duty in enumerate(self.plan.duties) if n not in self.left_out)
        )


def start(desk: Desk, by: Officer, plan: Plan, *, file: str, doubts: Iterable[Doubt] = ()) -> int:
    """Keep what was read. A plan without a key gets that of the imported plan it seems to revise, or a new one.

    Raises NotAllowed, as switching it on does: a plan binds every unit.
    """
    require_all(desk, by)
    doubts = tuple(doubts)
    if plan.issued > desk.today and any(doubt.key == ISSUED for doubt in doubts):
        plan = replace(plan, issued=desk.today, begins=desk.today)  # a guess, and not one that keeps duties waiting
    held = fitted(plan if plan.key else _with_key(desk, plan))
    return drafts.add(
        desk.tx,
        name=held.title,
        file=file[:200],
        plan=plan_to_data(held),
        doubts=[asdict(doubt) for doubt in doubts],
        left_out=[],
        created_by=by.id,
        created_at=desk.now,
        changed_at=desk.now,
    )


def find(desk: Desk, draft_id: int) -> Draft:
    """Raises NoSuchDraft."""
    row = drafts.by_id(desk.tx, draft_id)
    if row is None:
        raise NoSuchDraft(f"There is no draft {draft_id}.")
    return Draft(row, plan_from_data(row.plan), tuple(Doubt(**doubt) for doubt in row.doubts), frozenset(row.left_out))


def open_draft(desk: Desk, draft_id: int) -> Draft:
    """To be changed: nobody else changes it until this transaction ends. Raises NoSuchDraft, DraftDone."""
    drafts.hold(desk.tx, draft_id)
    draft = find(desk, draft_id)
    if draft.row.state != "open":
        raise DraftDone(f"Draft {draft_id} has been switched on already.")
    return draft


def discard(desk: Desk, draft: Draft) -> None:
    drafts.remove(desk.tx, draft.row.id)


def switch_on(desk: Desk, draft: Draft, by: Officer, *, chase: bool) -> ImportReport:
    """Take the plan in and follow it. Raises NotAllowed, NothingKept."""
    require_all(desk, by)
    plan = draft.kept
    if not plan.duties:
        raise NothingKept("Every duty of this draft is left out.")
    report = import_plan(desk, plan, by=by, chase=chase)
    row = plans.by_key(desk.tx, plan.key)
    if row is not None and row.state != "on":
        switch(desk, row, by, on=True)
    drafts.change(desk.tx, draft.row.id, state="done", report=asdict(report), changed_at=desk.now)
    return report


def _with_key(desk: Desk, plan: Plan) -> Plan:
    """Under the key of the plan it revises, with what was settled for that; or under a new one."""
    row = next(iter(_revised_by(desk, plan)), None)
    return inherit(plan, row) if row else replace(plan, key=fresh_key(desk))


def inherit(plan: Plan, row: PlanRow) -> Plan:
    """What no document says again: who the names stand for, who verifies, from when recurring duties count."""
    known = {name: Group(tuple(g["categories"]), tuple(g["units"])) for name, g in row.groups.items()}
    own = {name: group for name, group in plan.groups.items() if group.categories or group.units}
    return replace(
        plan,
        key=row.key,
        short=plan.short or row.short,
        begins=row.begins,
        ends=plan.ends or row.ends,
        verification=row.verification,
        confidential=plan.confidential or row.confidential,
        due_on_holiday=row.due_on_holiday,
        counted_on_holiday=row.counted_on_holiday,
        groups={**plan.groups, **known, **own},
        aliases={**row.aliases, **plan.aliases},
    )


def _revised_by(desk: Desk, plan: Plan) -> Sequence[PlanRow]:
    """Imported plans with the same document number or, failing that, the same title."""
    held = plans.all_plans(desk.tx)
    same_number = [row for row in held if plan.number and row.number == plan.number]
    return same_number or [row for row in held if row.title == plan.title]


def fresh_key(desk: Desk) -> str:
    """A key of the day that neither a plan nor a draft has."""
    taken = {row.key for row in plans.all_plans(desk.tx)} | {row.plan["key"] for row in drafts.all_open(desk.tx)}
    day = f"{desk.today:%Y%m%d}"
    number = 1
    while f"plan-{day}-{number}" in taken:
        number += 1
    return f"plan-{day}-{number}"
