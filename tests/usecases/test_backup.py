"""Backups: whole and tried or not there at all, brought back on either database, and nothing sent again unmarked."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import backups, portable
from storage.engine import open_store
from storage.keeper import Keeper
from storage.migrate import upgrade
from storage.refusals import StoreRefused
from storage.running import alone
from tests.sample_files import PDF
from tests.soak.backups import soak
from tests.usecases.kept import PLAN, quick_store, small, world
from tests.usecases.world import Heard, World
from usecases import evidence, remind
from usecases.answer import Act
from usecases.backup import BackupFailed, Taken, take_backup
from usecases.backup_schedule import backup_state
from usecases.check_chain import check_chain
from usecases.restore import BackupDamaged, NoSuchBackup, NotEmpty, Restored, restore_backup
from usecases.seal import seal_what_is_new

__all__ = ["small", "world"]


def taken(world: World, where: Path, *, keep: int | None = None, rows: bool = False) -> Taken:
    return take_backup(world.office, world.now, where, keep=keep, rows=rows)


def brought_back(world: World, folder: Path) -> Restored:
    return restore_backup(world.office, world.now, folder, replace=True)


def rows_of(world: World, tmp_path: Path) -> list[str]:
    """Every row but the notes that Ruqi keeps about the database itself, as the portable copy writes it."""
    file = tmp_path / f"rows-{datetime.now(UTC).timestamp()}.gz"
    portable.dump(world.office.store, file)
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    own = [n for n, line in enumerate(lines) if line.startswith("{")]
    spans = zip(own, [*own[1:], len(lines)], strict=True)
    return [line for a, b in spans if '"meta"' not in lines[a] for line in lines[a:b]]


def attach(world: World, who: str = "张敏") -> str:
    with world.desk() as desk:
        act = Act(world.officer(who), "web")
        part = world.part("1", due="2025-03-10")
        return evidence.attach(desk, act, part.id, name="签到表.pdf", data=PDF, channel="web").sha256


@pytest.mark.parametrize("rows", [False, True], ids=["own", "portable"])
def test_every_row_and_file_comes_back(world: World, tmp_path: Path, *, rows: bool) -> None:
    world.do("张敏", "receive", world.part("1", due="2025-03-10"), "收12")
    digest = attach(world)
    before, at = rows_of(world, tmp_path), world.now
    copy = taken(world, tmp_path / "copies", rows=rows)
    assert copy.page.rows["part"] == len(world.parts()) + len(world.parts("交通局"))
    assert (copy.page.evidence, copy.page.missing) == (1, 0)
    world.do("张敏", "report", world.part("1", due="2025-03-10"), "办12")
    (tmp_path / "evidence" / digest[:2] / digest).unlink()
    back = brought_back(world, copy.folder)
    assert (back.evidence, back.damaged) == (1, ())
    assert back.page.made_at == at
    assert world.part("1", due="2025-03-10").state == "received"
    assert (tmp_path / "evidence" / digest[:2] / digest).read_bytes() == PDF
    after = rows_of(world, tmp_path)
    told = [line for line in after if line not in before]
    assert all("restored" in line or "perhaps_told" in line or "恢复到" in line for line in told), told
    assert len(after) - len(before) == sum("恢复到" in line or '"restored"' in line for line in told)


def test_a_copy_of_one_database_comes_back_on_the_other(world: World, tmp_path: Path) -> None:
    """The way from SQLite to PostgreSQL and back."""
    world.do("张敏", "receive", world.part("1", due="2025-03-10"), "收12")
    copy = taken(world, tmp_path / "copies", rows=True)
    other = World(quick_store(f"sqlite:///{tmp_path / 'other.db'}"), "2025-03-03 09:00")
    brought_back(other, copy.folder)
    assert other.part("1", due="2025-03-10").state == "received"
    again = taken(other, tmp_path / "again")
    assert again.page.file == backups.SQLITE_FILE
    brought_back(world, again.folder)
    assert world.part("1", due="2025-03-10").state == "received"
    world.do("张敏", "report", world.part("1", due="2025-03-10"), "办12")  # and ids go on where they were
    other.office.store.close()


def told_of(heard: list[Heard]) -> list[tuple[str, str, str]]:
    return [(one.who, f"{line.part.unit}{line.part.code}", line.rung) for one in heard for line in one.told]


def test_what_was_sent_after_the_backup_is_sent_again_and_says_so(world: World, tmp_path: Path) -> None:
    world.until("2025-03-05 09:00")
    copy = taken(world, tmp_path / "copies")
    before = len(world.chat.heard)
    world.until("2025-03-07 18:00")
    since = world.chat.heard[before:]
    assert told_of(since)
    back = brought_back(world, copy.folder)
    assert back.reminders >= len(told_of(since))
    restored_at = len(world.chat.heard)
    world.until("2025-03-11 09:00")
    after = [one for one in world.chat.heard[restored_at:] if one.kind == "digest"]
    earlier = set(told_of(world.chat.heard[:restored_at]))
    for one in after:
        again = set(told_of([one])) & earlier
        assert one.repeat or not again, f"{again} came again unmarked"
    assert any(one.repeat for one in after)
    assert [one for one in after if not one.repeat], "what came later is no repeat"
    said = [one for one in world.told("李督办", kind="say") if "恢复" in one.text]
    assert len(said) == 1
    world.check()


def test_a_message_that_waited_when_the_backup_was_made_says_so_too(world: World, tmp_path: Path) -> None:
    with world.desk() as desk:
        remind.roll(desk)
        remind.hand_over(desk)
    copy = taken(world, tmp_path / "copies")
    world.beat()
    sent = [one for one in world.chat.heard if one.kind == "digest"]
    assert sent
    assert not any(one.repeat for one in sent)
    world.chat.heard.clear()
    brought_back(world, copy.folder)
    world.beat()
    again = [one for one in world.chat.heard if one.kind == "digest"]
    assert len(again) == len(sent)
    assert all(one.repeat for one in again)


def test_the_bureaus_mail_of_today_says_so_too(world: World, tmp_path: Path) -> None:
    world.do("张敏", "report", world.part("1", due="2025-03-10"), "办12")
    copy = taken(world, tmp_path / "copies")
    world.beat()
    brought_back(world, copy.folder)
    world.beat()
    assert [one.repeat for one in world.told("李督办", kind="report")] == [False, False, True, True]


def test_a_database_is_moved_aside_and_only_on_demand(world: World, tmp_path: Path) -> None:
    copy = taken(world, tmp_path / "copies")
    with pytest.raises(NotEmpty):
        restore_backup(world.office, world.now, copy.folder, replace=False)
    back = brought_back(world, copy.folder)
    if world.office.store.dialect == "sqlite":
        old = open_store(f"sqlite:///{back.moved_to}")
        assert upgrade(old) == "current"
        old.close()
    else:
        assert back.moved_to.startswith("ruqi_before_")


def test_a_running_office_is_not_restored_under_its_feet(small: World, tmp_path: Path) -> None:
    copy = taken(small, tmp_path / "copies")
    with alone(tmp_path / "ruqi.db"), pytest.raises(StoreRefused, match="in use"):
        brought_back(small, copy.folder)


def test_a_damaged_backup_changes_nothing(world: World, tmp_path: Path) -> None:
    copy = taken(world, tmp_path / "copies")
    file = copy.folder / copy.page.file
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(BackupDamaged):
        brought_back(world, copy.folder)
    assert world.parts()


def test_half_a_backup_is_none(small: World, tmp_path: Path) -> None:
    copy = taken(small, tmp_path / "copies")
    (copy.folder / backups.PAGE).write_text("{", encoding="utf-8")
    for folder in (copy.folder, tmp_path / "nowhere"):
        with pytest.raises(NoSuchBackup):
            brought_back(small, folder)
    assert backups.all_in(tmp_path / "copies") == []


def test_a_backup_of_a_newer_version_is_refused(world: World, tmp_path: Path) -> None:
    copy = taken(world, tmp_path / "copies", rows=True)
    page = json.loads((copy.folder / backups.PAGE).read_text())
    (copy.folder / backups.PAGE).write_text(json.dumps(page | {"step": "9999"}))
    with pytest.raises(Exception, match="9999"):
        brought_back(world, copy.folder)
    assert world.parts()


def test_evidence_is_linked_once_and_a_lost_file_is_named(small: World, tmp_path: Path) -> None:
    small.take(PLAN)
    digest = attach(small)
    where = tmp_path / "copies"
    first = taken(small, where)
    (tmp_path / "evidence" / digest[:2] / digest).unlink()
    second = taken(small, where)
    files = [one.folder / "evidence" / digest[:2] / digest for one in (first, second)]
    assert files[0].samefile(files[1])
    third = taken(small, tmp_path / "elsewhere")
    assert (third.page.evidence, third.page.missing) == (0, 1)
    assert brought_back(small, second.folder).evidence == 1


def test_a_file_that_rots_in_the_backup_is_not_put_back(small: World, tmp_path: Path) -> None:
    small.take(PLAN)
    digest = attach(small)
    copy = taken(small, tmp_path / "copies")
    rotten = copy.folder / "evidence" / digest[:2] / digest
    rotten.unlink()
    rotten.write_bytes(b"%PDF-1.4 other")
    assert brought_back(small, copy.folder).damaged == (digest,)
    assert (tmp_path / "evidence" / digest[:2] / digest).read_bytes() == PDF


def test_the_newest_stay_and_what_a_killed_one_left_goes(small: World, tmp_path: Path) -> None:
    where = tmp_path / "copies"
    (where / f"ruqi-20200101T000000Z{backups.UNFINISHED}").mkdir(parents=True)
    removed = []
    for _ in range(4):
        removed.append(taken(small, where, keep=2).removed)
        small.now += timedelta(hours=1)
    assert removed == [0, 0, 1, 1]
    assert [page.made_at for _, page in backups.all_in(where)] == [small.now - timedelta(hours=n) for n in (2, 1)]
    assert not list(where.glob(f"*{backups.UNFINISHED}"))


def test_one_that_fails_leaves_nothing_and_is_told(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    good = taken(small, tmp_path / "copies")
    small.now += timedelta(hours=1)
    monkeypatch.setattr("storage.copying.copy_file", full)
    with pytest.raises(BackupFailed, match="No space left"):
        taken(small, tmp_path / "copies")
    assert [folder for folder, _ in backups.all_in(tmp_path / "copies")] == [good.folder]
    with small.desk() as desk:
        state = backup_state(desk, timedelta(hours=24))
    assert (state.late, state.why, state.at) == (True, "No space left on device", good.page.made_at)


def test_two_at_once_in_one_folder(small: World, tmp_path: Path) -> None:
    with backups.new_folder(tmp_path / "copies", small.now), pytest.raises(BackupFailed):
        taken(small, tmp_path / "copies")


def test_backups_made_under_load_are_all_restorable(world: World, tmp_path: Path) -> None:
    """A handful here; `python -m tests.soak.backups` makes a hundred on each database."""
    report = soak(world, tmp_path, many=4)
    assert (report.made, report.restored, report.problems) == (4, 4, [])


def test_it_is_no_backup_of_a_database_that_is_damaged(small: World, tmp_path: Path) -> None:
    small.office.store.close()
    with (tmp_path / "ruqi.db").open("r+b") as raw:
        for page in range(2, 40):
            raw.seek(4096 * page + 8)
            raw.write(b"\xff" * 600)
    with pytest.raises(BackupFailed):
        taken(small, tmp_path / "copies")
    assert backups.all_in(tmp_path / "copies") == []


@pytest.mark.parametrize("rows", [False, True], ids=["own", "portable"])
def test_what_came_back_is_sealed_on_from_there(world: World, tmp_path: Path, *, rows: bool) -> None:
    """A backup that was brought back on purpose is no database behind its witness."""
    world.office = replace(world.office, keeper=Keeper(tmp_path / "keys" / "seal.key"))
    seal_what_is_new(world.office, world.now)
    copy = taken(world, tmp_path / "copies", rows=rows)
    world.do("张敏", "receive", world.part("1", due="2025-03-10"))
    assert seal_what_is_new(world.office, world.now) == 1
    brought_back(world, copy.folder)
    with world.desk() as desk:
        report = check_chain(desk)
    assert (report.broken, report.number, report.unsealed) == ((), 1, 1), "the restore itself waits for its seal"
    assert seal_what_is_new(world.office, world.now) == 1
