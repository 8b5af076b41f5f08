"""How long a newcomer waits: `ruqi --version` and `ruqi --help` against Python doing nothing."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.measure import Row, paired

RUQI = Path(sys.executable).with_name("ruqi")


def run() -> list[Row]:
    rows = []
    for words, reach in (("--version", "≤ 4 (later)"), ("--help", "≤ 12 (later)")):
        a, b = paired(partial(_call, str(RUQI), words), partial(_call, sys.executable, "-c", "pass"))
        rows.append(Row(f"ruqi {words}, against python -c pass", a * 1e3, b * 1e3, "ms", reach))
    return rows


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own program and interpreter
