"""Drafts: a plan that was read is looked through, corrected and only then switched on. A restart loses nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from schedules.plan import Duty, Group, Plan
from storage import drafts, plans
from storage.drafts import DraftRow
from storage.rows import Officer
from usecases.draft_data import fitted, plan_from_data, plan_to_data
from usecases.errors import Refused
from usecases.import_plan import ImportReport, import_plan
from usecases.office import Desk
from usecases.switch_plan import switch

ISSUED = "issued"
"""The doubt that the document names no date of its own."""


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
    """Keep what was read. A plan without a key gets that of the imported plan it seems to revise, or a new one."""
    doubts = tuple(doubts)
    if plan.issued > desk.today and any(doubt.key == ISSUED for doubt in doubts):
        plan = replace(plan, issued=desk.today, begins=desk.today)  # a guess, and not one that keeps duties waiting
    held = fitted(plan if plan.key else replace(plan, key=_key_for(desk, plan)))
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


def change_duty(desk: Desk, draft: Draft, at: int, duty: Duty) -> None:
    """Correct the duty at that place; its doubts count as looked at."""
    duties = list(draft.plan.duties)
    duties[at] = replace(duty, key=duties[at].key)
    plan = fitted(replace(draft.plan, duties=tuple(duties)))
    _save(desk, draft, plan=plan_to_data(plan), doubts=_seen(draft, lambda _, doubt: doubt.at == at))


def add_duty(desk: Desk, draft: Draft, title: str) -> int:
    """A duty that the reader did not find; gives its place."""
    number = len(draft.plan.duties)
    taken = {duty.key for duty in draft.plan.duties}
    key = next(name for name in (f"n{number + more}" for more in range(1, number + 2)) if name not in taken)
    plan = fitted(replace(draft.plan, duties=(*draft.plan.duties, Duty(key=key, item=key, title=title))))
    _save(desk, draft, plan=plan_to_data(plan))
    return number


def keep(desk: Desk, draft: Draft, at: int, *, kept: bool) -> None:
    """Take the duty at that place in, or leave it out."""
    left_out = draft.left_out - {at} if kept else draft.left_out | {at}
    _save(desk, draft, left_out=sorted(left_out), doubts=_seen(draft, lambda _, doubt: doubt.at == at))


def see(desk: Desk, draft: Draft, number: int) -> None:
    """Somebody looked at the doubt with that number and it is all right."""
    _save(desk, draft, doubts=_seen(draft, lambda n, _: n == number))


def change_head(desk: Desk, draft: Draft, **values: Any) -> None:
    """Correct what stands at the top of the plan. `key` is that of the plan it revises, or empty for a new one."""
    key = values.pop("key", draft.plan.key)
    if not key:
        known = plans.by_key(desk.tx, draft.plan.key)
        key = _fresh_key(desk) if known else draft.plan.key
    plan = fitted(replace(draft.plan, key=key, **values))
    seen = _seen(draft, lambda _, doubt: doubt.key == ISSUED)
    _save(desk, draft, name=plan.title, plan=plan_to_data(plan), doubts=seen)


def stand_for(desk: Desk, draft: Draft, names: Mapping[str, Group | str | None]) -> None:
    """Who the printed names stand for: a group, one unit by its name in the roster, or nobody yet."""
    groups, aliases = dict(draft.plan.groups), dict(draft.plan.aliases)
    for name, meant in names.items():
        groups.pop(name, None)
        aliases.pop(name, None)
        if isinstance(meant, Group):
            groups[name] = meant
        elif meant:
            aliases[name] = meant
    _save(desk, draft, plan=plan_to_data(replace(draft.plan, groups=groups, aliases=aliases)))


def discard(desk: Desk, draft: Draft) -> None:
    drafts.remove(desk.tx, draft.row.id)


def switch_on(desk: Desk, draft: Draft, by: Officer, *, chase: bool) -> ImportReport:
    """Take the plan in and follow it. Raises NothingKept."""
    plan = draft.kept
    if not plan.duties:
        raise NothingKept("Every duty of this draft is left out.")
    report = import_plan(desk, plan, by=by, chase=chase)
    row = plans.by_key(desk.tx, plan.key)
    if row is not None and row.state != "on":
        switch(desk, row, by, on=True)
    drafts.change(desk.tx, draft.row.id, state="done", report=asdict(report), changed_at=desk.now)
    return report


def _save(desk: Desk, draft: Draft, **values: Any) -> None:
    drafts.change(desk.tx, draft.row.id, changed_at=desk.now, **values)


def _seen(draft: Draft, which: Callable[[int, Doubt], bool]) -> list[dict[str, Any]]:
    return [asdict(replace(d, seen=d.seen or which(n, d))) for n, d in enumerate(draft.doubts)]


def _key_for(desk: Desk, plan: Plan) -> str:
    return next((row.key for row in _revised_by(desk, plan)), "") or _fresh_key(desk)


def _revised_by(desk: Desk, plan: Plan) -> Sequence[Any]:
    """Imported plans with the same document number or, failing that, the same title."""
    held = plans.all_plans(desk.tx)
    same_number = [row for row in held if plan.number and row.number == plan.number]
    return same_number or [row for row in held if row.title == plan.title]


def _fresh_key(desk: Desk) -> str:
    """A key of the day that neither a plan nor a draft has."""
    taken = {row.key for row in plans.all_plans(desk.tx)} | {row.plan["key"] for row in drafts.all_open(desk.tx)}
    day = f"{desk.today:%Y%m%d}"
    number = 1
    while f"plan-{day}-{number}" in taken:
        number += 1
    return f"plan-{day}-{number}"
