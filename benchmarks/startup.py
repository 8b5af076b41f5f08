"""How long a newcomer waits: `ruqi --version` and `ruqi --help` against Python doing nothing."""

import subprocess
import sys
from functools import partial

from benchmarks.measure import Row, paired

RUQI = (sys.executable, "-c", "from ruqi.entry import main; main()")


def run() -> list[Row]:
    rows = []
    for words, reach in (("--version", "≤ 4"), ("--help", "≤ 12")):
        a, b = paired(partial(_call, *RUQI, words), partial(_call, sys.executable, "-c", "pass"))
        rows.append(Row(f"ruqi {words}, against python -c pass", a * 1e3, b * 1e3, "ms", reach))
    return rows


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own program and interpreter
