"""Near and far: the same verbs by every role at every place around a unit; whoever does not reach it changes nothing.

The places: the unit itself, a section under it, a unit beside it, the district and the city above it, another district.
"""

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from schedules.lifecycle import State
from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage.engine import Store, Tx
from storage.rows import Officer, PartRow
from storage.tables import delivery, part, reminder, timeline
from tests.storage.stores import memory_kept, memory_store
from tests.usecases.deeds import BY_UNIT, DEEDS
from tests.usecases.office import JUSTICE, ROADS, SCHOOLS
from tests.usecases.test_matrix import expected, officer_named, rolled_back, stand
from tests.usecases.world import World
from usecases.acting import Act, Answer
from usecases.enroll import find_officer
from usecases.errors import NotYours, Refused
from usecases.reroute import reroute

__all__ = ["memory_kept", "memory_store"]

ROLES = ("officer", "head", "bureau", "auditor")
PLACES = {
    "city": "某市",
    "district": "东区",
    "own": "教育局",
    "under": "教育局学生科",
    "beside": "交通局",
    "far": "西区",
}
ABOVE = {"东区": "某市", "西区": "某市", "教育局": "东区", "交通局": "东区", "教育局学生科": "教育局"}
OTHERS = {"交通局运输科": "交通局", "西区教育局": "西区"}
"""Units under those that would otherwise be offices of their superiors."""
REACH = {
    "officer": {"own"},
    "head": {"own", "district", "city"},
    "bureau": {"own", "district", "city", "under"},
    "auditor": set[str](),
}
"""From where a role may act upon the unit; a bureau in a section with nothing under it stands for the unit above."""
REROUTES = {"district", "city"}
"""From where 交通局, to which the part is moved, is reached as well."""
STATES = (State.OPEN, State.REPORTED, State.REFUSED)
TRIED: Counter[State] = Counter()


def staffed(unit: RosterUnit, place: str) -> RosterUnit:
    more = tuple(RosterOfficer(f"{role}@{place}", role) for role in ROLES)
    return replace(unit, parent=ABOVE.get(unit.name, ""), officers=(*unit.officers, *more))


def tree() -> Roster:
    known = {"教育局": SCHOOLS, "交通局": ROADS}
    units = [staffed(known.get(name, RosterUnit(name)), place) for place, name in PLACES.items()]
    units += [RosterUnit(name, parent=above) for name, above in OTHERS.items()]
    return Roster("市", units=(JUSTICE, *units))


@pytest.mark.parametrize("state", STATES)
def test_who_does_not_reach_a_unit_changes_nothing(memory_store: Store, state: State) -> None:
    world = World(memory_store, "2025-03-03 10:00")
    row = stand(world, state)
    world.enroll(tree(), chats=False)
    wrong = [
        f"{role} at {place} does {verb}: {problem}"
        for verb, role, place, behalf in product(DEEDS, ROLES, PLACES, (False, True))
        if not (behalf and role != "bureau") and (problem := try_cell(world, row, verb, role, place, behalf=behalf))
    ]
    assert wrong == []
    assert TRIED[state] == len(DEEDS) * len(PLACES) * (len(ROLES) + 1)


def try_cell(world: World, row: PartRow, verb: str, role: str, place: str, *, behalf: bool) -> str:
    """What is wrong with a cell; empty where it is right."""
    TRIED[State(row.state)] += 1
    with rolled_back(world) as desk:
        before = held(desk.tx)
        by: Officer = officer_named(desk, f"{role}@{place}")
        act = Act(by, "chat", "理由", on_behalf_of=find_officer(desk, "张敏") if behalf else None)
        try:
            done: Answer | Refused = DEEDS[verb](desk, act, row)
        except Refused as refused:
            done = refused
        unchanged = held(desk.tx) == before
    wanted = wish(row.state, verb, role, place, behalf=behalf)
    if wanted is None:
        return "" if isinstance(done, Refused) and unchanged else f"{done!r}"
    if isinstance(wanted, str) and wanted != "repeated":
        return "" if isinstance(done, Answer) and not done.repeated and not unchanged else f"{done!r}, not {wanted}"
    return "" if unchanged else f"{done!r} changed something"


def wish(state: str, verb: str, role: str, place: str, *, behalf: bool) -> str | type[Refused] | None:
    """None: refused, whatever the words; otherwise what the matrix of states says of somebody who reaches the unit."""
    if place not in REACH[role] or verb == "undo":
        return None
    if verb == "reroute" and place not in REROUTES:
        return None
    as_role = f"{role} on behalf" if behalf else role
    if role == "bureau" and place == "own" and verb in BY_UNIT:
        as_role = "officer"
    return expected(state, verb, as_role)


def held(tx: Tx) -> list[Any]:
    return [list(tx.execute(select(table).order_by(table.c.id))) for table in (part, timeline, reminder, delivery)]


def test_a_bureau_of_a_district_moves_nothing_out_of_it(memory_store: Store) -> None:
    world = World(memory_store, "2025-03-03 10:00")
    row = stand(world, State.REFUSED)
    world.enroll(tree(), chats=False)
    far, act = world.unit_id("西区教育局"), Act(world.officer("bureau@district"), "chat", "理由")
    with world.desk() as desk, pytest.raises(NotYours):
        reroute(desk, act, row.id, far)
