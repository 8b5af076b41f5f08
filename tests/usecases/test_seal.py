"""The timeline under seals: what is tampered with is found and named; what is only written or erased is not.

Each falsification is made in a transaction of its own that is rolled back. The long form: RUQI_TAMPERS=200.
"""

import os
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import DBAPIError

from storage import seals, timeline
from storage.append_only import ERASED
from storage.engine import Store, Tx
from storage.keeper import Keeper
from storage.tables import seal
from storage.tables import timeline as acts
from tests.storage.unguarded import unguarded
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.tampering import KINDS, rows
from tests.usecases.world import World
from usecases.audit import Rounds, audit_all, audit_pass
from usecases.check_chain import ChainReport, Walk, check_chain, check_next
from usecases.office import Desk
from usecases.seal import Behind, NoKey, begin_anew, seal_what_is_new

RUNS = int(os.environ.get("RUQI_TAMPERS", "5"))
PLAN = a_plan(*(a_duty(str(n), by(f"2025-03-{14 + n}"), roles=ENFORCERS, title=f"第{n}项") for n in range(1, 4)))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    return sealed_world(store, tmp_path)


@pytest.fixture
def quick(memory_store: Store, tmp_path: Path) -> World:
    """The same in memory only: for what has nothing to do with a database."""
    return sealed_world(memory_store, tmp_path)


def sealed_world(store: Store, tmp_path: Path) -> World:
    """An office whose units answered to everything, sealed once a minute: four seals."""
    made = World(store, "2025-03-03 09:00")
    made.office = replace(made.office, keeper=Keeper(tmp_path / "keys" / "seal.key"))
    made.take(PLAN)
    pass_a_minute(made)
    for duty in PLAN.duties:
        for who, unit in (("张敏", "教育局"), ("刘强", "交通局")):
            made.do(who, "receive", made.part(duty.item, unit))
            made.do(who, "report", made.part(duty.item, unit), f"已完成{duty.item}")
        pass_a_minute(made)
    return made


def pass_a_minute(world: World) -> int:
    sealed = seal_what_is_new(world.office, world.now)
    world.now += MINUTE
    return sealed


def look(world: World) -> ChainReport:
    with world.office.read(world.now) as desk:
        return check_chain(desk)


def checks(world: World) -> set[str]:
    return {one.check for one in look(world).broken}


@contextmanager
def rolled_back(world: World) -> Iterator[Desk]:
    """A desk whose database has no guard, and that leaves nothing behind."""
    with world.office.write(world.now) as desk:
        inner = desk.tx.begin_nested()
        with unguarded(desk.tx):
            yield desk
        inner.rollback()


def test_an_untouched_timeline_is_whole(quick: World) -> None:
    report = look(quick)
    assert (report.broken, report.known, report.number, report.unsealed) == ((), True, 4, 0)
    assert pass_a_minute(quick) == 0, "nothing new is no new seal"
    quick.do("张敏", "undo", quick.part("1", "教育局"))
    assert look(quick).unsealed == 1
    assert pass_a_minute(quick) == 1
    assert look(quick).broken == ()


def test_tampering_is_found(world: World) -> None:
    """Every run is another row, column or seal, by its kind and number: one that fails can be run again."""
    unseen = []
    for kind, number in product(KINDS, range(RUNS)):
        with rolled_back(world) as desk:
            KINDS[kind](desk.tx, random.Random(f"{kind} {number}"))
            if not [one for one in check_chain(desk).broken if one.check != "unguarded"]:
                unseen.append((kind, number))
    assert unseen == []
    assert look(world).broken == (), "all of it was rolled back"


def _change(tx: Tx) -> int:
    row = rows(tx)[-3]
    tx.execute(update(acts).where(acts.c.id == row.id).values(words="没有做"))
    return row.id


def _remove(tx: Tx) -> int:
    row = rows(tx)[-3]
    tx.execute(delete(acts).where(acts.c.id == row.id))
    return row.id


@pytest.mark.parametrize(("how", "check"), [(_change, "altered"), (_remove, "taken_out")])
def test_the_row_and_the_minute_are_named(quick: World, how: Callable[[Tx], int], check: str) -> None:
    with rolled_back(quick) as desk:
        number = how(desk.tx)
        (found,) = (one for one in check_chain(desk).broken if one.check != "unguarded")
        (last,) = seals.between(desk.tx, 4, 4)
    assert (found.check, found.table, found.row, found.at) == (check, "timeline", number, last.at)


def test_the_database_itself_refuses_to_change_or_remove(world: World) -> None:
    emptied = [text(f"TRUNCATE {table} CASCADE") for table in ("timeline", "seal")]
    statements: list[Executable] = [
        update(acts).values(words="没有做"),
        update(acts).values(words=ERASED, verb="verify"),
        delete(acts),
        update(seal).values(code=""),
        delete(seal),
        *(emptied if world.office.store.dialect == "postgresql" else ()),
    ]
    for statement in statements:
        with pytest.raises(DBAPIError), world.desk() as desk:
            desk.tx.execute(statement)
    assert look(world).broken == ()


@pytest.mark.parametrize("guard", ["seal_kept", "seal_whole"])
def test_a_guard_that_is_taken_away_is_missed(world: World, guard: str) -> None:
    with world.desk() as desk:
        postgresql = desk.tx.dialect.name == "postgresql"
        inner = desk.tx.begin_nested()
        desk.tx.exec_driver_sql(f"DROP TRIGGER {guard} ON seal" if postgresql else "DROP TRIGGER seal_kept")
        assert {one.check for one in check_chain(desk).broken} == {"unguarded"}
        inner.rollback()


def _erase(tx: Tx, world: World, *, named: bool) -> None:
    row = next(one for one in rows(tx) if one.words)
    if named:
        timeline.add(tx, at=world.now, verb="erase", door="cli", detail={"rows": [row.id]})
    tx.execute(update(acts).where(acts.c.id == row.id).values(words=ERASED, detail={}))


def test_words_may_be_erased_where_a_sealed_act_says_so(world: World) -> None:
    with world.desk() as desk:
        _erase(desk.tx, world, named=True)
    pass_a_minute(world)
    assert look(world).broken == ()


def test_words_may_not_be_erased_in_silence(quick: World) -> None:
    with quick.desk() as desk:
        inner = desk.tx.begin_nested()
        _erase(desk.tx, quick, named=False)
        assert {one.check for one in check_chain(desk).broken} == {"altered"}
        inner.rollback()


def test_an_old_copy_of_the_database_is_behind_the_witness_and_is_not_sealed_over(world: World) -> None:
    """What was there before stands for a copy made two seals ago."""
    with world.desk() as desk, unguarded(desk.tx):
        old = seals.between(desk.tx, 2, 2)[0].last_row
        desk.tx.execute(delete(seal).where(seal.c.number > 2))
        desk.tx.execute(delete(acts).where(acts.c.id > old))
    assert checks(world) == {"behind_witness"}
    with world.desk() as desk:
        timeline.add(desk.tx, at=world.now, verb="import", door="cli")
    with pytest.raises(Behind):
        pass_a_minute(world)
    assert checks(world) == {"behind_witness"}


def test_all_seals_gone_is_not_a_new_beginning(quick: World) -> None:
    with quick.desk() as desk, unguarded(desk.tx):
        desk.tx.execute(delete(seal))
    with pytest.raises(Behind):
        pass_a_minute(quick)
    assert checks(quick) == {"behind_witness"}


def test_a_key_that_is_gone_is_missed_and_not_made_anew(quick: World) -> None:
    keeper = quick.office.keeper
    assert keeper
    keeper.file.rename(keeper.file.with_name("away"))
    quick.do("张敏", "undo", quick.part("1", "教育局"))
    with pytest.raises(NoKey):
        pass_a_minute(quick)
    assert checks(quick) == {"no_key"}
    assert not keeper.file.exists()


def test_a_key_that_is_lost_gives_way_to_a_new_one_by_a_persons_word(quick: World) -> None:
    """What was sealed before cannot be checked any more; from the new key on everything is, and the link to before."""
    keeper = quick.office.keeper
    assert keeper
    keeper.file.write_text("0" * 64)
    assert checks(quick) == {"no_key"}
    first = begin_anew(quick.office, quick.now)
    report = look(quick)
    assert (first, report.first, report.broken, report.unsealed) == (5, 5, (), 0)
    quick.do("张敏", "undo", quick.part("1", "教育局"))
    assert pass_a_minute(quick) == 1
    with rolled_back(quick) as desk:
        desk.tx.execute(update(seal).where(seal.c.number == first - 1).values(code="0" * 64))
        assert "seal_broken" in {one.check for one in check_chain(desk).broken}
    with rolled_back(quick) as desk:
        desk.tx.execute(update(acts).where(acts.c.verb == "new_key").values(verb="import"))
        assert "altered" in {one.check for one in check_chain(desk).broken}
    assert keeper.file.with_suffix(".old").read_text() == "0" * 64


def test_the_key_is_for_its_owner_only(quick: World) -> None:
    keeper = quick.office.keeper
    assert keeper
    for file in (keeper.file, keeper.witness):
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_another_node_leaves_sealing_to_the_first_and_cries_no_wolf(postgres_store: Store, tmp_path: Path) -> None:
    world = sealed_world(postgres_store, tmp_path)
    first = world.office
    world.office = replace(first, keeper=Keeper(tmp_path / "other" / "seal.key"))
    world.do("张敏", "undo", world.part("1", "教育局"))
    assert pass_a_minute(world) == 0
    assert (look(world).broken, look(world).known) == ((), False)
    world.office = first
    assert pass_a_minute(world) == 1


def test_the_auditors_passes_come_round_to_every_seal(quick: World) -> None:
    with rolled_back(quick) as desk:
        changed = rows(desk.tx)[0]
        desk.tx.execute(update(acts).where(acts.c.id == changed.id).values(words="别的"))
        walk = Walk(number=2)
        passes = [{one.check for one in check_next(desk, walk, 1).broken} - {"unguarded"} for _ in range(5)]
    assert passes == [set(), set(), set(), {"altered"}, {"altered"}]


def test_the_products_auditor_tells_it(quick: World) -> None:
    with quick.office.read(quick.now) as desk:
        assert audit_all(desk).clean
    with rolled_back(quick) as desk:
        number = _change(desk.tx)
        for report in (audit_all(desk), audit_pass(desk, Rounds())):
            assert [(one.check, one.row) for one in report.findings if one.check == "altered"] == [("altered", number)]


def test_a_row_that_is_committed_late_is_waited_for(postgres_store: Store, tmp_path: Path) -> None:
    """On PostgreSQL a lower number may be committed after a higher one; a seal in between would call it slipped in."""
    world = sealed_world(postgres_store, tmp_path)
    with postgres_store.write() as slow:
        timeline.add(slow, at=world.now, verb="import", door="cli")
        world.do("张敏", "undo", world.part("1", "教育局"))
        assert pass_a_minute(world) == 0, "somebody is writing: not now"
    assert pass_a_minute(world) == 2
    assert look(world).broken == ()
