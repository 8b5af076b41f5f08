"""The commands of the house: CI runs what people run, and every target tells what it does."""

import os
import re
import subprocess

import pytest

from tests.house.rooms import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROMISED = ("setup", "run", "test", "check", "bench", "lock", "clean", "help")


def test_ci_runs_what_people_run() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "make check", "make test"]


@pytest.mark.parametrize("script", [".ci/run", "scripts/setup.sh", "scripts/system-packages.sh", "scripts/lock.sh"])
def test_script_can_be_started(script: str) -> None:
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_make_alone_lists_every_command() -> None:
    shown = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    assert set(PROMISED) <= set(re.findall(r"^  make ([a-z-]+) ", shown, re.MULTILINE))
    assert set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split()) == set(
        re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
    )


def test_check_runs_every_judge() -> None:
    recipe = MAKEFILE.split("\ncheck:")[1].split("\n\n")[0]
    for judge in ("ruff check", "ruff format --check", "mypy", "lint-imports", "requirements*.lock"):
        assert judge in recipe
