"""The whole table of failpoints: `python -m tests.kills.table --report FILE` takes every step in every way.

On SQLite nothing is paused: there is no second node that could take over.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import get_args

from tests import postgres
from tests.kills.points import MAY_COPY, POINTS, How
from tests.kills.steps import Row, steps, wrong

HEAD = """# Failpoints

At each step of handing over, claim, send and record, and of storing and handling what comes in, a node is killed
(SIGKILL), stopped until another has taken over and then continued (SIGSTOP, SIGCONT), or told to raise. Then everything
is brought to its end and judged on the screens of a fake Telegram and in the database.

A cell: how often the message stood on the screen, how many of these said that they may be a repeat. Lost is 0, copies
only where the message may have left and its outcome is not committed (**bold** steps). `{command}`

"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.kills.table", description=__doc__)
    parser.add_argument("--report", type=Path, default=Path("data/soak/failpoints.md"))
    options = parser.parse_args()
    rows = list(_sqlite()) + list(_postgres())
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(_page(rows), encoding="utf-8")
    sys.exit(any(wrong(row) for _, row in rows))


def _sqlite() -> Iterator[tuple[str, Row]]:
    ways: tuple[How, ...] = ("kill", "raise")
    yield from _taken("sqlite", ways, "")


def _postgres() -> Iterator[tuple[str, Row]]:
    programs = postgres.find_programs()
    assert programs, "no PostgreSQL server is installed"
    with postgres.temporary_server(programs) as server:
        yield from _taken("postgres", get_args(How), server)


def _taken(database: str, ways: tuple[How, ...], server: str) -> Iterator[tuple[str, Row]]:
    for how in ways:
        folder = Path(tempfile.mkdtemp(prefix="ruqi-steps-"))
        with ExitStack() as stack:
            url = stack.enter_context(postgres.temporary_database(server)) if server else f"sqlite:///{folder}/ruqi.db"
            bench = stack.enter_context(steps(url, folder, len(POINTS)))
            for step in POINTS:
                row = bench.take(step, how)
                print(database, row, flush=True)
                yield database, row
        shutil.rmtree(folder)


def _page(rows: list[tuple[str, Row]]) -> str:
    ways = list(dict.fromkeys((database, row.how) for database, row in rows))
    cells = {(database, row.how, row.step): row for database, row in rows}
    lines = [f"| step | {' | '.join(f'{how}, {database}' for database, how in ways)} |", "|---" * (len(ways) + 1) + "|"]
    for step in POINTS:
        name = f"**{step}**" if step in MAY_COPY else step
        lines.append(f"| {name} | {' | '.join(_cell(cells[database, how, step]) for database, how in ways)} |")
    broken = [f"- {database}: {row}" for database, row in rows if wrong(row)]
    lines += ["", *(["Wrong:", *broken] if broken else ["Every cell is as it should be."]), ""]
    return HEAD.format(command="python -m tests.kills.table") + "\n".join(lines)


def _cell(row: Row) -> str:
    return f"{row.seen} seen, {row.marked} marked" + (" (!)" if wrong(row) else "")


if __name__ == "__main__":
    main()
