"""A database that cannot be used: refused before anything is made, in one line, with an exit code of its own."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ruqi.settings import read_settings
from ruqi.speech import explain
from ruqi.wiring import open_office
from storage import filesystems
from storage.refusals import EXIT_CODES, StoreRefused
from tests.ruqi.conftest import Ruqi
from tests.ruqi.house import running

FILE = Path("data/ruqi.db")


def cut(share: float) -> Callable[[], None]:
    def spoil() -> None:
        data = FILE.read_bytes()
        FILE.write_bytes(data[: int(len(data) * share)])

    return spoil


def scribble() -> None:
    with FILE.open("r+b") as raw:
        for page in range(1, 30):
            raw.seek(4096 * page + 8)
            raw.write(b"\xff" * 500)


def of_another_program() -> None:
    FILE.unlink()
    with closing(sqlite3.connect(FILE)) as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")


def of_the_future() -> None:
    with closing(sqlite3.connect(FILE)) as other, other:
        other.execute("UPDATE ruqi_version SET version_num = '9999'")


def a_folder() -> None:
    FILE.unlink()
    FILE.mkdir()


def a_letter() -> None:
    FILE.write_text("月度台账, 不是数据库\n" * 50)


def of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = Path("mounts")
    here = str(FILE.parent.resolve()).replace(" ", "\\040")
    mounts.write_text(f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / {here} rw - nfs4 server:/share rw\n")
    monkeypatch.setattr(filesystems, "MOUNTS", mounts.resolve())


CASES: dict[str, tuple[Callable[[], None], str]] = {
    "cut in half": (cut(0.5), "damaged"),
    "cut to a few bytes": (cut(0.0001), "damaged"),
    "scribbled over": (scribble, "damaged"),
    "another program's": (of_another_program, "foreign"),
    "of a newer version": (of_the_future, "newer"),
    "a folder": (a_folder, "is_folder"),
    "no database at all": (a_letter, "not_sqlite"),
}


@pytest.mark.parametrize(("spoil", "reason"), CASES.values(), ids=CASES)
def test_each_is_refused_with_its_own_code_and_left_alone(ruqi: Ruqi, spoil: Callable[[], None], reason: str) -> None:
    ruqi("officer", "list")
    spoil()
    before = FILE.read_bytes() if FILE.is_file() else b""
    with pytest.raises(StoreRefused) as refused:
        open_office(read_settings(), thorough=True)
    said = explain(refused.value)
    assert refused.value.exit_code == EXIT_CODES[reason]
    assert len(said) == 1
    assert "data/ruqi.db" in said[0]
    assert (FILE.read_bytes() if FILE.is_file() else b"") == before


def test_one_on_a_network_file_system_is_refused(ruqi: Ruqi, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data").mkdir()
    of_the_network(monkeypatch)
    said = ruqi("officer", "list", code=EXIT_CODES["network"])
    assert "nfs4" in said.err
    assert not FILE.exists()


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "emptied"])
def test_no_new_one_in_the_place_of_one_that_has_backups(staffed: Ruqi, *, gone: bool) -> None:
    folder = staffed("backup").out.strip()
    FILE.write_bytes(b"")
    if gone:
        FILE.unlink()
    said = staffed("officer", "list", code=EXIT_CODES["emptied"])
    assert folder in said.err
    assert FILE.exists() is not gone
    staffed("restore", folder)
    assert staffed("officer", "list", "--json").data


def test_every_reason_has_a_code_of_its_own() -> None:
    assert len(set(EXIT_CODES.values())) == len(EXIT_CODES)
    assert not {0, 1, 2, 70, 130} & set(EXIT_CODES.values())


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("5 1 0:9 / /data rw - nfs4 server:/x rw", "nfs4"),
        ("5 1 0:9 / /data rw shared:1 - fuse.sshfs me@host: rw", "fuse.sshfs"),
        ("5 1 0:9 / /data rw - ext4 /dev/sdb rw", ""),
        ("5 1 0:9 / /datas rw - cifs //server/x rw", ""),
    ],
)
def test_the_mount_that_is_nearest_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, kind: str
) -> None:
    (tmp_path / "mounts").write_text(f"1 0 8:1 / / rw - ext4 /dev/sda rw\n{line}\n")
    monkeypatch.setattr(filesystems, "MOUNTS", tmp_path / "mounts")
    assert filesystems.network_kind(Path("/data/ruqi")) == kind


@pytest.mark.timeout(300)
def test_one_that_is_moved_under_a_running_program_ends_it_with_a_code_and_a_line() -> None:
    """As an upgrade by a newer Ruqi does while this one still runs."""
    with running() as program:
        with closing(sqlite3.connect(FILE)) as other, other:
            other.execute("UPDATE ruqi_version SET version_num = '9999'")
        _, said = program.process.communicate(timeout=120)
    assert program.process.returncode == EXIT_CODES["moved"]
    line = said.splitlines()[-1]
    assert "9999" in line
    assert "data/ruqi.db" in line
    assert "Traceback" not in said
