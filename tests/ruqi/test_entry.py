"""The version is told at once, and is the one that is installed; everything else is the command line's."""

import sys
from importlib.metadata import version

import pytest

from ruqi import entry


def test_the_version_is_the_installed_one_and_nothing_else_is_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ruqi", "--version"])
    monkeypatch.setitem(sys.modules, "ruqi.cli", None)
    entry.main()
    assert capsys.readouterr().out == f"ruqi {version('ruqi')}\n"


def test_anything_else_goes_to_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ruqi", "--version", "--debug"])
    with pytest.raises(SystemExit) as left:
        entry.main()
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("ruqi ")
