"""`ruqi backup` and `ruqi restore` as a person meets them, and a program that runs alone on its file."""

import subprocess
from pathlib import Path

import httpx

from tests.ruqi.conftest import Ruqi
from tests.ruqi.house import PROGRAM, running


def test_there_and_back(staffed: Ruqi) -> None:
    done = staffed("backup")
    folder = done.out.strip()
    assert "已试着恢复" in done.err
    assert "备份：2" in staffed("doctor").out
    refused = staffed("restore", folder, code=2)
    assert "--replace" in refused.err
    back = staffed("restore", folder, "--replace")
    assert "已恢复到" in back.out
    assert "ruqi.db.before-" in back.err
    assert staffed("officer", "list", "--json").data


def test_a_lost_database_comes_back_without_being_asked_twice(staffed: Ruqi) -> None:
    folder = staffed("backup", "elsewhere", "--portable").out.strip()
    Path("data/ruqi.db").unlink()
    staffed("restore", folder)
    assert staffed("officer", "list", "--json").data


def test_what_is_no_backup_is_one_line(ruqi: Ruqi) -> None:
    said = ruqi("restore", "data", code=2)
    assert "backup.json" in said.err
    assert not Path("data/ruqi.db").exists()


def test_the_program_shows_its_backups_and_shares_its_file_with_nobody(staffed: Ruqi) -> None:
    with running() as program:
        done = subprocess.run([PROGRAM, "backup"], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        assert "ruqi_backup_ok 1" in httpx.get(f"{program.url}/metrics").text
        command: list[str | Path] = [PROGRAM, "run", "--port", "0"]
        second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert second.returncode != 0
        assert "另一个 ruqi run" in second.stderr
        restored: list[str | Path] = [PROGRAM, "restore", done.stdout.strip(), "--replace"]
        third = subprocess.run(restored, capture_output=True, text=True, check=False, timeout=60)
        assert "另一个 ruqi run" in third.stderr
        assert httpx.get(f"{program.url}/readyz").status_code == 200
