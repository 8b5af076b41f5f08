"""Three readers from npm: ical.js (Thunderbird, Nextcloud), node-ical (home automation), ts-ics with its strict schema.

They are installed once into .cache/, exactly as package-lock.json pins them, by the machine's own npm.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "ical-js"
CACHE = Path(__file__).parents[2] / ".cache"
INSTALL_LIMIT = 110  # seconds


class NotInstalled(Exception):
    """These readers cannot be had here."""


def install() -> Path:
    """The folder with the readers; raises NotInstalled with the reason."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NotInstalled("node and npm are not installed")
    lock = (HERE / "package-lock.json").read_bytes()
    folder = CACHE / f"ical-js-{hashlib.sha256(lock).hexdigest()[:12]}"
    done = folder / "installed"
    if not done.exists():
        _fill(folder, npm)
        done.touch()
    return folder


def judge(folder: Path, file: Path) -> dict[str, Any]:
    """What the three read in a calendar file; raises CalledProcessError where one of them gives up."""
    command: list[str | Path] = ["node", HERE / "judge.mjs", file]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    verdict: dict[str, Any] = json.loads(said.stdout)
    return verdict


def _fill(folder: Path, npm: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=INSTALL_LIMIT)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"npm could not install the readers: {error}") from error
