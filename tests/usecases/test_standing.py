"""What the database sums up and picks says the same as every part read and looked at one by one."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from storage import extensions, parts, people, standing
from storage.rows import PartRow
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World
from texts.reader import Reader
from usecases.bureau_mail import week_of
from usecases.decisions import decisions
from usecases.look import to_verify
from usecases.page_reports import reports_page
from usecases.switch_plan import plan_of, switch

OWED = ("open", "received")
FIRST, LAST = date(2025, 3, 14), date(2025, 4, 30)
DEEDS = {
    "1": ("刘强", "receive"),
    "2": ("刘强", "report"),
    "3": ("刘强", "refuse"),
    "4": ("刘强", "extend"),
    "5": ("李督办", "waive"),
}
"""What is done of the roads' parts by item; the schools do nothing."""


@pytest.fixture
def mixed(world: World) -> World:
    """Parts of two units: late, ahead, received, reported, verified, refused, let off, of a plan that was ended."""
    due = ("2025-03-13", "2025-03-14", "2025-03-20", "2025-04-30", "2025-05-30", "2025-06-30", "2025-03-14")
    duties = [a_duty(str(n), by(day), roles=ENFORCERS) for n, day in enumerate(due, 1)]
    world.take(a_plan(*duties, verification="bureau"))
    world.take(a_plan(a_duty("9", by("2025-03-20"), roles=ENFORCERS), key="ended"))
    world.until("2025-03-05 10:00")
    for item, (who, verb) in DEEDS.items():
        world.deed(who, verb, world.part(item, unit="交通局"), words="因故")
    world.deed("刘强", "report", world.part("7", unit="交通局"))
    world.deed("李督办", "verify", world.part("7", unit="交通局"))
    with world.desk() as desk:
        switch(desk, plan_of(desk, "ended"), next(o for o in people.officers(desk.tx) if o.name == "李督办"), on=False)
    world.until("2025-03-26 10:00")
    return world


def ids(rows: Iterable[PartRow]) -> set[int]:
    return {row.id for row in rows}


def test_what_is_counted_and_picked_is_what_is_there(mixed: World) -> None:
    schools = mixed.unit_id("教育局")
    with mixed.office.read(mixed.now) as desk:
        today, tx = desk.today, desk.tx
        every = parts.all_parts(tx)
        on = [row for row in every if row.plan_state == "on"]
        still = [row for row in on if row.state in OWED and row.settled_at is None]
        late = [row for row in still if row.due < today]
        waits = [row for row in on if row.settled_at is None and row.state in {"reported", "refused"}]
        more_time = [row for row in on if row.settled_at is None and row.id in extensions.waiting(tx)]
        assert len({row.state for row in every}) > 5
        assert late
        assert waits
        assert more_time
        assert standing.owed(tx) == Counter(row.unit_id for row in still)
        assert standing.late_units(tx, today) == sorted({row.unit_id for row in late})
        assert ids(parts.to_verify(tx)) == {r.id for r in every if r.state == "reported" and r.settled_at is None}
        assert ids(parts.to_decide(tx, today)) == ids((*late, *waits, *more_time))
        assert ids(parts.due_within(tx, FIRST, LAST)) == {row.id for row in on if FIRST <= row.due <= LAST}
        assert ids(parts.due_within(tx, FIRST, LAST, "ended")) == set()
        assert ids(parts.asked_for(tx, schools)) == {r.id for r in parts.asked_for(tx) if r.unit_id == schools} != set()
        here = [row for row in every if FIRST <= row.due <= LAST]
        assert {one.id for one in standing.kept(tx, FIRST, LAST, without="")} == {r.id for r in here if r.reason}
        kept = standing.kept(tx, FIRST, LAST, without="因故")
        assert {one.id: one.due for one in kept} == {row.id: row.due for row in here if row.reason != "因故"}
        plan = plan_of(desk, "p").id
        assert {one.unit for one in standing.kept(tx, FIRST, LAST, without="因故", plan_id=plan)} == {
            "教育局",
            "交通局",
        }


def test_a_week_s_stand_adds_up(mixed: World) -> None:
    with mixed.office.read(mixed.now) as desk:
        since, until = FIRST, desk.today + timedelta(days=30)
        every = [row for row in parts.all_parts(desk.tx) if row.plan_state == "on" and row.due <= until]
        asked = [row for row in every if row.due >= since or row.settled_at is None]
        counted = Counter((r.unit_id, r.state, r.settled_at is not None, r.due < desk.today) for r in asked)
        found = standing.stands(desk.tx, since=since, until=until, today=desk.today)
        assert {(s.unit_id, s.state, s.settled, s.late): s.parts for s in found} == counted


def test_nothing_of_an_office_is_read_whole_to_look_at_it(mixed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the bureau's decisions nor its mail nor its statistics: an office may have a hundred thousand parts."""
    read: list[int] = []
    whole = parts._where  # noqa: SLF001 - the one way by which parts are read
    monkeypatch.setattr(parts, "_where", lambda tx, *asked: _noted(read, whole(tx, *asked)))
    with mixed.office.read(mixed.now) as desk:
        bureau = next(o for o in people.officers(desk.tx) if o.name == "李督办")
        every = len(parts.all_parts(desk.tx))
        assert read == [every]
        read.clear()
        decisions(desk, bureau)
        to_verify(desk, bureau)
        reports_page(desk, bureau, FIRST, LAST)
        week_of(desk, Reader("zh", desk.today), bureau)
    assert read
    assert max(read) < every


def _noted(read: list[int], rows: list[PartRow]) -> list[PartRow]:
    read.append(len(rows))
    return rows
