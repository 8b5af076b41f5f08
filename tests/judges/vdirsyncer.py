"""vdirsyncer, which keeps calendars in step over HTTP and CalDAV, and khal, which reads what it fetched."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
PAIR = """
[general]
status_path = "{home}/status/"
[pair ruqi]
a = "ours"
b = "theirs"
collections = {collections}
conflict_resolution = "a wins"
[storage theirs]
type = "filesystem"
path = "{home}/theirs/"
fileext = ".ics"
[storage ours]
"""
KHAL = """
[calendars]
[[ruqi]]
path = {home}/theirs/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


@dataclass(frozen=True)
class Home:
    """A folder that stands for somebody's home; `ours` is vdirsyncer's description of our side."""

    folder: Path
    ours: dict[str, str]

    @property
    def files(self) -> Path:
        return self.folder / "theirs"

    def write(self, *, collections: str = "null") -> None:
        self.files.mkdir(parents=True, exist_ok=True)
        said = "\n".join(f"{name} = {value}" for name, value in self.ours.items())
        (self.folder / "vdirsyncer.ini").write_text(PAIR.format(home=self.folder, collections=collections) + said)
        (self.folder / "khal.ini").write_text(KHAL.format(home=self.folder))

    def discover(self) -> None:
        self._run("vdirsyncer", "-c", str(self.folder / "vdirsyncer.ini"), "discover", said="y\n" * 9)

    def sync(self) -> str:
        return self._run("vdirsyncer", "-c", str(self.folder / "vdirsyncer.ini"), "sync")

    def listed(self, first: str, last: str) -> list[str]:
        """What khal shows from one day to another: `day summary`, a line each."""
        words = ("-c", str(self.folder / "khal.ini"), "list", "--day-format", "", "--format", "{start-date} {title}")
        return [line for line in self._run("khal", *words, first, last).splitlines() if line.strip()]

    def _run(self, program: str, *words: str, said: str = "") -> str:
        here = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "Asia/Shanghai"}
        done = subprocess.run(
            [BIN / program, *words], env=here, input=said, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr
