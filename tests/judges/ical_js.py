"""Readers from npm: ical.js (Thunderbird, Nextcloud), node-ical (home automation), ts-ics with its strict schema."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.judges import npm
from tests.judges.npm import NotInstalled

__all__ = ["NotInstalled", "install", "judge"]
HERE = Path(__file__).parent / "ical-js"


def install() -> Path:
    """The folder with the readers; raises NotInstalled with the reason."""
    return npm.install(HERE)


def judge(folder: Path, file: Path) -> dict[str, Any]:
    """What the three read in a calendar file; raises CalledProcessError where one of them gives up."""
    command: list[str | Path] = ["node", HERE / "judge.mjs", file]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    verdict: dict[str, Any] = json.loads(said.stdout)
    return verdict
