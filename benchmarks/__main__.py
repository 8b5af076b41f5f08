"""``make bench``: runs every measurement and prints one table. Name parts to run only those.

``--peers`` fetches the programs that ours is compared with and that are not ours; ``--write`` puts the table into
docs/performance.md and its Chinese twin.
"""

import os
import sys
from importlib import import_module

from benchmarks.measure import Row
from benchmarks.rivals import PEERS
from benchmarks.writing import write

PARTS = (
    "startup",
    "running",
    "occurrences",
    "documents",
    "plays",
    "bursts",
    "isolation",
    "moments",
    "claims",
    "rivals",
    "feeds",
    "ledger",
)


def main(asked: list[str]) -> None:
    if "--peers" in asked:
        os.environ[PEERS] = "1"
    wanted = [part for part in asked if not part.startswith("--")] or list(PARTS)
    _tell(f"{'what':<70} {'ours':>10} {'other':>10}      {'ratio':>8}  reach")
    found: dict[str, list[Row]] = {}
    for part in wanted:
        found[part] = import_module(f"benchmarks.{part}").run()
        for row in found[part]:
            _tell(line(row))
    if "--write" in asked:
        write(found)


def line(row: Row) -> str:
    if row.left_out:
        return f"{row.what:<70} {'left out: ' + row.note:>10}  {row.reach}"
    other = f"{row.other:>10.2f} {row.unit:<4} {row.ratio:>8.3f}" if row.other else f"{'':>10} {row.unit:<4} {'':>8}"
    mark = {True: "met", False: "NOT MET", None: ""}[row.met]
    return f"{row.what:<70} {row.ours:>10.2f} {other}  {row.reach} {mark}".rstrip()


def _tell(said: str) -> None:
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
