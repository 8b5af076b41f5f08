"""Every state × verb × role, through the real use cases: an effect and one row of history, or a refusal and none.

Each cell is tried in a transaction that is rolled back, and the whole database is compared before and after.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from schedules.lifecycle import MOVES, State, Verb
from schedules.roster import RosterOfficer
from storage import people
from storage.engine import Tx
from storage.rows import Officer, PartRow
from storage.tables import metadata
from tests.usecases.deeds import BY_BUREAU, BY_UNIT, DEEDS, LATER
from tests.usecases.office import JUSTICE, ROADS, ROSTER, SCHOOLS, a_duty, a_plan, by, half_yearly
from tests.usecases.world import World
from usecases import remind
from usecases.acting import Act, Answer
from usecases.enroll import find_officer
from usecases.errors import NotAllowed, NothingToUndo, NotYours, Refused
from usecases.extend import ask_extension
from usecases.office import Desk

WHO = {
    "officer": "张敏",
    "deputy": "王副",
    "head": "赵局",
    "bureau": "李督办",
    "bureau on behalf": "李督办",
    "auditor": "周审计",
    "administrator": "吴管理",
    "another unit's officer": "刘强",
    "an officer who left": "孙离",
}
ON_POSTGRES = ("officer", "bureau on behalf", "another unit's officer")
"""Every role is tried on SQLite; who may do what is decided before a database is asked, so these show the rest."""
UNIT_ROLES = {"officer", "deputy", "head", "bureau on behalf"}
BUREAU_ROLES = {"bureau", "bureau on behalf"}
RESULTS = {"refuse": "refused", "verify": "verified", "waive": "waived", "skip": "waived", "reroute": "waived"}
REPEATS = {
    "receive": {"received", "reported", "verified", "refused", "waived", "lapsed"},
    "report": {"reported", "verified", "waived", "lapsed"},
    "snooze": {"reported", "verified", "waived", "lapsed"},
    **{verb: {state} for verb, state in RESULTS.items()},
}
"""Where a verb is answered with who did it, or how it ended, instead of a refusal."""
LAST_ACTOR = {
    "open": "officer",
    "received": "officer",
    "reported": "officer",
    "verified": "bureau",
    "refused": "officer",
    "waived": "bureau",
}
"""Who did the last act in `stand`; a part that lapsed was nobody's act."""
BACK_TO = {"reported": "received", "verified": "reported", "refused": "received", "waived": "received"}
MAY_FOLLOW = {"part", "timeline", "reminder", "delivery", "delivery_item", "extension"}
"""Tables that an act may change: the part, its history, and what is said and planned because of it."""
PLAN = a_plan(
    a_duty("1", by("2025-06-27")), a_duty("2", by("2025-06-27"), roles={"lead": ("交通局",)}), verification="bureau"
)
LEAVER = replace(SCHOOLS, officers=(*SCHOOLS.officers, RosterOfficer("孙离")))
WITH_LEAVER = replace(ROSTER, units=(JUSTICE, LEAVER, ROADS))
PERIODS = a_plan(a_duty("1", half_yearly()), verification="bureau")
TRIED: Counter[tuple[str, str]] = Counter()


class RolledBackError(Exception):
    """Ends a cell's transaction without a trace."""


def stand(world: World, state: State) -> PartRow:
    """A part in that state, reached by acts of people; more time is asked for while it is open."""
    if state is State.LAPSED:
        world.take(PERIODS)
        world.set("2026-01-05 10:00")
        world.beat()
        return world.part(due="2025-06-30")
    world.take(PLAN)
    world.beat()
    steps = {
        State.OPEN: [],
        State.RECEIVED: ["receive"],
        State.REPORTED: ["receive", "report"],
        State.VERIFIED: ["receive", "report", "verify"],
        State.REFUSED: ["receive", "refuse"],
        State.WAIVED: ["receive", "waive"],
    }[state]
    for verb in steps:
        world.deed("李督办" if verb in BY_BUREAU else "张敏", verb, world.part(), "理由")
    if state in {State.OPEN, State.RECEIVED}:
        asks = Act(world.officer("张敏"), "chat", "等上级文件")
        part = world.part()
        with world.desk() as desk:
            ask_extension(desk, asks, part.id, LATER.replace(day=15))
    return world.part()


def expected(state: str, verb: str, role: str) -> str | type[Refused]:
    """The state afterwards, `repeated`, or the refusal; told from the table of moves and who may do what at all."""
    if verb == "undo":
        mine = LAST_ACTOR.get(state) == role.partition(" on behalf")[0]
        return BACK_TO.get(state, state) if mine else NothingToUndo
    may = UNIT_ROLES if verb in BY_UNIT else BUREAU_ROLES
    if role not in may:
        foreign = "another" in role or (verb in BY_UNIT and "left" not in role)
        return NotYours if foreign else NotAllowed
    found = MOVES.get((State(state), Verb("waive" if verb == "skip" else verb)))
    if found:
        return found.to.value
    return "repeated" if state in REPEATS.get(verb, ()) else NotAllowed


@pytest.mark.parametrize("state", list(State))
def test_every_verb_of_every_role(world: World, state: State) -> None:
    world.enroll(WITH_LEAVER, chats=False)
    part = stand(world, state)
    world.enroll(ROSTER, chats=False)
    assert part.state == state.value
    with world.desk() as desk:
        before = everything(desk.tx)
    engine = world.office.store.engine.dialect.name
    roles = WHO if engine == "sqlite" else ON_POSTGRES
    for verb, role in product(DEEDS, roles):
        try_cell(world, part, verb, role, before)
    assert TRIED[state.value, engine] == len(DEEDS) * len(roles)


def try_cell(world: World, part: PartRow, verb: str, role: str, before: "Database") -> None:
    cell, wanted = f"{role} does {verb} to what is {part.state}", expected(part.state, verb, role)
    with rolled_back(world) as desk:
        done = attempt(desk, part, verb, role)
        after = everything(desk.tx)
    if isinstance(wanted, str) and wanted != "repeated":
        assert isinstance(done, Answer), f"{cell}: {done!r}"
        assert_effect(cell, part, wanted, done, before=before, after=after)
    else:
        assert outcome(done) == wanted, f"{cell}: {done!r}"
        assert changed(before, after) == {}, cell
    TRIED[part.state, world.office.store.engine.dialect.name] += 1


@contextmanager
def rolled_back(world: World) -> Iterator[Desk]:
    with suppress(RolledBackError), world.desk() as desk:
        yield desk
        raise RolledBackError


def attempt(desk: Desk, part: PartRow, verb: str, role: str) -> Answer | Refused:
    behalf = find_officer(desk, "张敏") if role == "bureau on behalf" else None
    act = Act(officer_named(desk, WHO[role]), "chat", "理由", on_behalf_of=behalf)
    try:
        return DEEDS[verb](desk, act, part)
    except Refused as refused:
        return refused


def officer_named(desk: Desk, name: str) -> Officer:
    """Also one who left."""
    return next(officer for officer in people.officers(desk.tx, active_only=False) if officer.name == name)


def outcome(done: Answer | Refused) -> str | type[Refused]:
    if isinstance(done, Refused):
        return type(done)
    return "repeated" if done.repeated else "done"


def assert_effect(
    cell: str, part: PartRow, wanted: str, done: Answer, *, before: "Database", after: "Database"
) -> None:
    found = changed(before, after)
    assert not done.repeated, cell
    assert next(row for row in after["part"] if row["id"] == part.id)["state"] == wanted, cell
    history = [row for row in after["timeline"] if row not in before["timeline"]]
    assert len([row for row in history if row["part_id"] == part.id]) == 1, cell
    moved = done.verb == "reroute"
    assert len(history) == 1 + moved, f"{cell}: one row for each part"
    others = [row["id"] for row in before["part"] if row["id"] != part.id and row not in after["part"]]
    assert others == [], f"{cell}: another part was changed"
    assert len(after["part"]) == len(before["part"]) + moved, cell
    follows = MAY_FOLLOW | ({"unit", "meta"} if moved else set()) | ({"occurrence"} if "skip" in cell else set())
    assert found.keys() <= follows, cell


Database = Mapping[str, list[dict[str, Any]]]


def everything(tx: Tx) -> Database:
    return {table.name: [dict(row) for row in tx.execute(select(table)).mappings()] for table in metadata.sorted_tables}


def changed(before: Database, after: Database) -> dict[str, object]:
    return {name: (before[name], after[name]) for name in before if rows(before[name]) != rows(after[name])}


def rows(table: list[dict[str, Any]]) -> list[str]:
    return sorted(map(repr, table))


def test_no_verb_is_left_out() -> None:
    """Each verb of the table is tried, and whatever nobody can do is Ruqi's own."""
    assert set(DEEDS) - {"skip"} == {verb.value for verb in Verb} - {"lapse"}
    assert set(DEEDS) == {*BY_UNIT, *BY_BUREAU, "undo"}
    tables = {(state, verb) for state, verb in MOVES if verb is not Verb.LAPSE}
    cells = set(product(State, (Verb(verb) for verb in DEEDS if verb != "skip")))
    assert tables <= cells


@pytest.mark.parametrize("state", [state for state in State if state is not State.LAPSED])
def test_only_what_nobody_touched_lapses(world: World, state: State) -> None:
    """Ruqi itself: a period that is over ends what is open, and holds whatever waits for the bureau."""
    world.take(PERIODS)
    part = world.part(due="2025-06-30")
    steps = {
        State.OPEN: [],
        State.RECEIVED: ["receive"],
        State.REPORTED: ["report"],
        State.VERIFIED: ["report", "verify"],
        State.REFUSED: ["refuse"],
        State.WAIVED: ["waive"],
    }[state]
    for verb in steps:
        world.deed("李督办" if verb in BY_BUREAU else "张敏", verb, part, "理由")
    world.set("2026-01-05 10:00")
    with world.desk() as desk:
        remind.roll(desk)
    assert world.part(due="2025-06-30").state == ("lapsed" if state is State.OPEN else state.value)
