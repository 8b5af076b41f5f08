"""What `pip install ruqi` would bring: every room with its data, the command, one version."""

import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.house.rooms import ROOMS, ROOT, pyproject


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command: list[str | Path] = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def files_of(room: str) -> set[str]:
    files = {path for path in (ROOT / room).rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    return {path.relative_to(ROOT).as_posix() for path in files}


@pytest.mark.parametrize("room", ROOMS)
def test_wheel_carries_the_whole_room(wheel: zipfile.ZipFile, room: str) -> None:
    assert files_of(room) <= set(wheel.namelist())


def test_wheel_carries_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {Path(entry).parts[0] for entry in wheel.namelist()}
    assert tops == {*ROOMS, f"ruqi-{version('ruqi')}.dist-info"}


def test_wheel_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    info = f"ruqi-{version('ruqi')}.dist-info"
    assert "ruqi = ruqi.entry:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert "Apache License" in wheel.read(f"{info}/licenses/LICENSE").decode()


def test_version_stands_in_one_place() -> None:
    assert version("ruqi") == pyproject()["project"]["version"]
