"""Run the tests against each seeded bug: `python -m tests.mutants [--only WORDS] [--report FILE]`.

Each bug is put into a copy of the tree; the tests named with it run there, on SQLite, and have to fail. One that
survives is a hole in the tests.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutants.catalogue import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
LEFT_OUT = frozenset({".git", ".venv", "data", "dist", "node_modules"})
"""At the top of the tree only: `schedules/data` is part of the program."""
FAILED_TESTS = 1
"""pytest's exit code when tests ran and some failed; anything else is no verdict."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--only", default="", help="only bugs whose name holds these words")
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    rows = []
    for mutant in (one for one in MUTANTS if options.only in one.name):
        began = time.monotonic()
        verdict = caught(mutant)
        rows.append((mutant, verdict, time.monotonic() - began))
        print(f"{verdict:10} {rows[-1][2]:5.0f} s  {mutant.name}", flush=True)
    if options.report:
        options.report.write_text(page(rows), encoding="utf-8")
    sys.exit(any(verdict != "caught" for _, verdict, _ in rows))


def left_out(folder: str, names: list[str]) -> set[str]:
    """What the copy does without."""
    top = LEFT_OUT if Path(folder) == ROOT else frozenset({"node_modules"})
    return {name for name in names if name in top or "cache" in name}


def caught(mutant: Mutant) -> str:
    """`caught`, `survived`, or `no verdict` where the tests could not be run."""
    with tempfile.TemporaryDirectory(prefix="ruqi-mutant-") as made:
        tree = Path(made) / "ruqi"
        shutil.copytree(ROOT, tree, ignore=left_out)
        spoil(tree, mutant)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--reruns", "0", "-p", "no:cacheprovider"]
        command += ["-k", "not postgres"]
        environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([*command, *mutant.tests.split()], cwd=tree, env=environment, capture_output=True)  # noqa: PLW1510 - the exit code is the verdict
    if b"ERROR at setup of" in done.stdout:  # a test that could not begin tells nothing; the auditor speaks at the end
        return "no verdict"
    return {0: "survived", FAILED_TESTS: "caught"}.get(done.returncode, "no verdict")


def spoil(tree: Path, mutant: Mutant) -> None:
    """Put the bug in. Raises AssertionError where the place is not there, or not once."""
    file = tree / mutant.file
    text = file.read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1, f"{mutant.name}: {mutant.file} holds its place {text.count(mutant.old)} times"
    file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")


def page(rows: list[tuple[Mutant, str, float]]) -> str:
    good = sum(verdict == "caught" for _, verdict, _ in rows)
    lines = [
        "# Seeded bugs",
        "",
        f"{good} of {len(rows)} are caught by the tests named, on SQLite. Run again: `python -m tests.mutants`.",
        "",
        "| bug | file | tests | verdict | seconds |",
        "|---|---|---|---|---|",
    ]
    for mutant, verdict, seconds in rows:
        tests = ", ".join(f"`{name.rpartition('/')[2]}`" for name in mutant.tests.split())
        lines.append(f"| {mutant.name} | `{mutant.file}` | {tests} | {verdict} | {seconds:.0f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
