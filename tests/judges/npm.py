"""Judges from npm: installed once into .cache/, as a folder's package-lock.json pins them, by the machine's own npm."""

import hashlib
import shutil
import subprocess
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache"
INSTALL_LIMIT = 110  # seconds


class NotInstalled(Exception):
    """These readers cannot be had here."""


def install(here: Path) -> Path:
    """The folder with what `here` pins; raises NotInstalled with the reason."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NotInstalled("node and npm are not installed")
    lock = (here / "package-lock.json").read_bytes()
    folder = CACHE / f"{here.name}-{hashlib.sha256(lock).hexdigest()[:12]}"
    done = folder / "installed"
    if not done.exists():
        _fill(here, folder, npm)
        done.touch()
    return folder


def _fill(here: Path, folder: Path, npm: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(here / name, folder / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=INSTALL_LIMIT)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"npm could not install the readers: {error}") from error
