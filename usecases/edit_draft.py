"""Correcting a draft: its duties, what stands at its top, who its names stand for. Only open drafts are given here."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from schedules.plan import Duty, Group
from storage import drafts, plans
from usecases.draft_data import fitted, plan_to_data
from usecases.drafts import Doubt, Draft, fresh_key, inherit
from usecases.office import Desk


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
    plan = fitted(replace(draft.plan, duties=(*draft.plan.duties, Duty(key=key, item=f"补{number + 1}", title=title))))
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
    revised = plans.by_key(desk.tx, key) if key != draft.plan.key else None
    if not key:
        key = fresh_key(desk) if plans.by_key(desk.tx, draft.plan.key) else draft.plan.key
    plan = replace(draft.plan, key=key, **values)
    plan = fitted(inherit(plan, revised) if revised else plan)
    seen = _seen(draft, lambda _, doubt: bool(doubt.key))
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


def _save(desk: Desk, draft: Draft, **values: Any) -> None:
    drafts.change(desk.tx, draft.row.id, changed_at=desk.now, **values)


def _seen(draft: Draft, which: Callable[[int, Doubt], bool]) -> list[dict[str, Any]]:
    return [asdict(replace(d, seen=d.seen or which(n, d))) for n, d in enumerate(draft.doubts)]
