"""Evidence: files of a part, once, within limits, and seen by those only who may see the part at that moment."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storage import evidences, people, timeline
from storage.files import FileStore
from storage.rows import Evidence, PartRow
from tests.sample_files import PDF, picture
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from usecases import evidence
from usecases.answer import Act
from usecases.errors import AlreadySettled, NoSuchPart, NotYours, Refused

PLAN = a_plan(a_duty("1", by("2025-06-27")), verification="bureau")


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    world.office = replace(world.office, files=FileStore(tmp_path))
    world.take(PLAN)
    return world


def attach(
    world: World, who: str, part: PartRow, data: bytes | None = PDF, behalf: str = "", **values: object
) -> Evidence:
    act = Act(world.officer(who), "web", on_behalf_of=world.officer(behalf) if behalf else None)
    with world.desk() as desk:
        given: dict[str, Any] = {"name": "签到表.pdf", "channel": "web"} | values
        return evidence.attach(desk, act, part.id, data=data, **given)


def opened(world: World, who: str, uid: str) -> evidence.OpenedFile:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return evidence.open_file(desk, officer, uid)


def test_a_file_is_kept_with_its_name_its_hash_and_a_row_in_the_timeline(office: World) -> None:
    file = attach(office, "张敏", office.part(), name="../签到表.pdf", media_type="text/html")
    assert (file.state, file.name, file.media_type, file.size) == ("stored", "签到表.pdf", "application/pdf", len(PDF))
    part, officer = office.part(), office.officer("张敏")
    with office.desk() as desk:
        rows = timeline.of_part(desk.tx, part.id)
        assert [row.id for row in evidence.of_part(desk, officer, part.id)] == [file.id]
    assert [(row.verb, row.words, row.door, row.detail) for row in rows] == [
        ("attach", "签到表.pdf", "web", {"evidence": file.uid})
    ]
    assert opened(office, "张敏", file.uid).data == PDF


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("张敏", True),
        ("王副", True),
        ("赵局", True),
        ("李督办", True),
        ("周审计", True),
        ("吴管理", True),
        ("刘强", False),
    ],
)
def test_only_the_unit_and_those_above_see_a_file(office: World, who: str, sees: bool) -> None:
    part, officer = office.part(), office.officer(who)
    file = attach(office, "张敏", part)
    if sees:
        assert opened(office, who, file.uid).name == "签到表.pdf"
        return
    with pytest.raises(evidence.NoSuchFile) as foreign:
        opened(office, who, file.uid)
    with pytest.raises(evidence.NoSuchFile) as unknown:
        opened(office, who, "nothing")
    assert (str(foreign.value), foreign.value.values) == (str(unknown.value), unknown.value.values)
    with office.desk() as desk, pytest.raises(NoSuchPart):
        evidence.of_part(desk, officer, part.id)


def test_rights_are_read_at_that_moment(office: World) -> None:
    file = attach(office, "张敏", office.part())
    person = office.officer("张敏")
    with office.desk() as desk:
        roads = next(unit for unit in people.units(desk.tx) if unit.name == "交通局")
        people.change_officer(desk.tx, person.id, unit_id=roads.id)
    with pytest.raises(evidence.NoSuchFile):
        opened(office, "张敏", file.uid)


@pytest.mark.parametrize("who", ["刘强", "李督办", "周审计", "吴管理"])
def test_only_the_units_own_people_attach(office: World, who: str) -> None:
    with pytest.raises(NotYours):
        attach(office, who, office.part())


def test_the_bureau_attaches_on_somebodys_behalf_and_both_are_kept(office: World) -> None:
    attach(office, "李督办", office.part(), behalf="张敏")
    part = office.part()
    with office.desk() as desk:
        row = timeline.of_part(desk.tx, part.id)[-1]
    assert (row.officer_id, row.on_behalf_of) == (office.officer("李督办").id, office.officer("张敏").id)


def test_the_same_file_twice_is_one(office: World) -> None:
    first = attach(office, "张敏", office.part())
    assert attach(office, "王副", office.part(), name="又一次.pdf") == first
    waiting = attach(office, "张敏", office.part(), None, source={"file": "A"}, channel="telegram")
    assert attach(office, "张敏", office.part(), None, source={"file": "A"}, channel="telegram") == waiting
    assert attach(office, "张敏", office.part(), None, source={"file": "B"}, channel="telegram") != waiting


@pytest.mark.parametrize(
    ("data", "key"),
    [(b"", "file_size"), (PDF + bytes(evidence.MOST_BYTES), "file_size"), (b"<html></html>", "file_kind")],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(office: World, data: bytes, key: str) -> None:
    with pytest.raises(Refused) as refused:
        attach(office, "张敏", office.part(), data)
    assert refused.value.key == key
    part = office.part()
    with office.desk() as desk:
        assert evidences.of_parts(desk.tx, [part.id]) == []


def test_a_part_has_at_most_twenty_files(office: World) -> None:
    for number in range(evidence.MOST_FILES):
        attach(office, "张敏", office.part(), PDF + bytes(number))
    with pytest.raises(evidence.TooManyFiles):
        attach(office, "张敏", office.part(), PDF + b"one more")


def test_an_office_without_a_place_for_files_says_so(office: World) -> None:
    office.office = replace(office.office, files=None)
    with pytest.raises(evidence.NoFileStore):
        attach(office, "张敏", office.part())


def test_a_file_that_was_waited_for_comes(office: World) -> None:
    waiting = attach(office, "张敏", office.part(), None, name="", channel="telegram", source={"file": "A"})
    assert (waiting.state, waiting.name) == ("waiting", "file")
    with pytest.raises(evidence.NoSuchFile):
        opened(office, "张敏", waiting.uid)
    with office.desk() as desk:
        evidence.keep(desk, waiting, picture())
    assert (opened(office, "张敏", waiting.uid).name, opened(office, "张敏", waiting.uid).data) == (
        "file.jpg",
        picture(),
    )


def test_a_report_can_still_be_taken_back_after_a_file_came(office: World) -> None:
    office.do("张敏", "report", office.part())
    attach(office, "张敏", office.part())
    assert office.do("张敏", "undo", office.part()).part.state == "open"


def test_a_waived_part_takes_no_file(office: World) -> None:
    part = office.part()
    office.take(a_plan(a_duty("2", by("2025-06-27"))))
    assert office.part(item="1").state == "waived"
    with pytest.raises(AlreadySettled):
        attach(office, "张敏", part)


def test_bytes_that_are_not_what_they_were_are_not_handed_out(office: World, tmp_path: Path) -> None:
    file = attach(office, "张敏", office.part())
    (tmp_path / file.sha256[:2] / file.sha256).write_bytes(b"something else")
    with pytest.raises(evidence.NoSuchFile):
        opened(office, "张敏", file.uid)
