"""A person's own data: all of it to them, none of it left once they are gone, and figures and seals as before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from storage import people, personal, questions, timeline
from storage.engine import Store
from storage.keeper import Keeper
from storage.tables import evidence, inbox, metadata
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases import enroll, extend, leave
from usecases.answer import Act
from usecases.errors import NoSuchOfficer
from usecases.personal_data import StillServing, StillTold, erase, find_anybody, personal_data
from usecases.seal import seal_what_is_new
from usecases.statistics import statistics

WHO, SAID, ADDRESS = "张敏", "材料已报，联系手机一三八", "min@example.org"
PLAN = a_plan(a_duty("1", by("2025-03-10"), roles=ENFORCERS), a_duty("2", by("2025-03-20"), roles=ENFORCERS))


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    """Somebody did everything that leaves a trace, and left the roster since."""
    made = World(store, "2025-03-03 09:00")
    made.office = replace(made.office, keeper=Keeper(tmp_path / "seal.key"))
    made.take(PLAN)
    made.beat()
    made.do(WHO, "report", made.part("1"), SAID)
    who, first, second = made.officer(WHO), made.part("1"), made.part("2")
    with made.desk() as desk:
        act = Act(who, "chat", words=f"{WHO}岗位调整")
        extend.ask_extension(desk, act, second.id, date(2025, 3, 27))
        leave.take_leave(desk, who, date(2025, 3, 4), date(2025, 3, 5), deputy_id=None, by=who)
        people.bind_contact(desk.tx, officer_id=who.id, channel="mail", address=ADDRESS, now=desk.now)
        told = {"channel": "chat", "account": "a", "received_at": desk.now, "handled_at": desk.now}
        desk.tx.execute(insert(inbox).values(**told, source_id="1", payload={"text": SAID}, officer_id=who.id))
        asked = {"asks": "date", "part_ids": [], "words": SAID, "asked_at": desk.now}
        questions.ask(desk.tx, channel="chat", address=ADDRESS, officer_id=who.id, **asked)
        file = {"part_id": first.id, "officer_id": who.id, "channel": "chat", "created_at": desk.now}
        desk.tx.execute(insert(evidence).values(**file, uid="u", name=f"{WHO}签到表.pdf", source={"from": ADDRESS}))
        enroll.invite(desk, who)
    made.beat()
    with made.desk() as desk:
        people.change_officer(desk.tx, who.id, active=False)
    seal_what_is_new(made.office, made.now)
    return made


def cells(world: World) -> Iterator[tuple[str, str]]:
    with world.office.read(world.now) as desk:
        for table in metadata.sorted_tables:
            for row in desk.tx.execute(select(table)).mappings():
                yield from ((f"{table.name}.{name}", str(value)) for name, value in row.items())


def gone(world: World) -> int:
    with world.desk() as desk:
        return erase(desk, find_anybody(desk, WHO)).acts


def test_they_get_everything_and_nothing_that_opens_something(world: World) -> None:
    with world.office.read(world.now) as desk:
        found = personal_data(desk, find_anybody(desk, WHO, "教育局"))
    assert (found["person"]["name"], found["person"]["unit"]) == (WHO, "教育局")
    assert all(found[table] for table in personal.ABOUT if table not in {"joining", "announcement", "copy_to"})
    said = str(found)
    assert ADDRESS in said
    assert SAID in said
    assert "digest" not in found["token"][0]


def test_nothing_is_left_but_what_their_unit_reported(world: World) -> None:
    assert gone(world) >= 3
    left = {place for place, value in cells(world) for word in (WHO, SAID, ADDRESS) if word in value}
    assert left == {"part.note"}, "the unit's own report stays"
    with world.office.read(world.now) as desk, pytest.raises(NoSuchOfficer):
        find_anybody(desk, WHO)


def test_figures_acts_and_seals_stay(world: World) -> None:
    part = world.part("1")

    def figures() -> object:
        with world.office.read(world.now) as desk:
            acts = [(row.id, row.verb, row.officer_id) for row in timeline.of_part(desk.tx, part.id)]
            return statistics(desk, date(2025, 3, 1), date(2025, 3, 31)), acts

    before = figures()
    gone(world)
    assert figures() == before
    seal_what_is_new(world.office, world.now)
    world.check()


def test_who_still_serves_is_not_erased(world: World) -> None:
    with world.desk() as desk, pytest.raises(StillServing):
        erase(desk, find_anybody(desk, "刘强"))


def test_a_message_on_its_way_arrives_first(world: World) -> None:
    with world.desk() as desk:
        row = {"channel": "chat", "address": WHO, "kind": "say", "body": {}, "at": desk.now, "created_at": desk.now}
        table = metadata.tables["delivery"]
        who = find_anybody(desk, WHO)
        desk.tx.execute(insert(table).values(**row, officer_id=who.id, next_try_at=desk.now))
        with pytest.raises(StillTold):
            erase(desk, who)
        desk.tx.execute(update(table).values(state="superseded", reason="test"))


def test_others_words_are_counted_and_left_alone(world: World) -> None:
    with world.desk() as desk:
        number = timeline.add(desk.tx, at=desk.now, verb="nudge", door="web", words=f"已当面告知{WHO}")
        assert erase(desk, find_anybody(desk, WHO)).mentions == (number,)


def test_every_column_that_names_a_person_was_thought_of() -> None:
    named = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.c
        if any(key.column.table.name == "officer" for key in column.foreign_keys)
    }
    assert named == {(name, column.name) for name, column in personal.ABOUT.items()} | personal.ONLY_A_NUMBER
