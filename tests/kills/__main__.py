"""The long form: `python -m tests.kills --database sqlite --kills 1000 --seed 1`, or `make soak`.

It goes in rounds, each on a fresh database with a seed of its own; a round that is done is a line in the state folder,
so a run that was broken off goes on where it stopped. The report is written anew after each round.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests import postgres
from tests.kills.bench import CHAOS, Course, bench
from tests.kills.report import write_report
from usecases.office import Office

SHM = Path("/dev/shm")  # noqa: S108 - a fresh folder of our own is made in it
"""Memory, where there is: what a kill leaves behind is the same there, and nobody else waits for the disk."""


def main() -> None:
    options = _options()
    options.state.mkdir(parents=True, exist_ok=True)
    done = options.state / f"{options.database}-{options.seed}-{options.kills}{'-chaos' * options.chaos}.jsonl"
    rounds = [json.loads(line) for line in done.read_text(encoding="utf-8").splitlines()] if done.exists() else []
    with ExitStack() as stack:
        server = ""
        if options.database == "postgres":
            programs = postgres.find_programs()
            assert programs, "no PostgreSQL server is installed"
            server = stack.enter_context(postgres.temporary_server(programs))
        while sum(sum(one["kills"].values()) for one in rounds) < options.kills:
            left = options.kills - sum(sum(one["kills"].values()) for one in rounds)
            one = _round(options, len(rounds), min(options.round, left), server)
            rounds.append(one)
            with done.open("a", encoding="utf-8") as file:
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
            write_report(options.report, options.state)
            print(json.dumps(one, ensure_ascii=False), flush=True)
    sys.exit(any(one["verdict"]["broken"] for one in rounds))


def _round(options: argparse.Namespace, number: int, kills: int, server: str) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="ruqi-kills-", dir=SHM if SHM.is_dir() else None))
    seed = options.seed * 1000 + number
    with ExitStack() as stack:
        url, nodes = f"sqlite:///{folder / 'ruqi.db'}", 1
        if server:
            url, nodes = stack.enter_context(postgres.temporary_database(server)), options.nodes
        course = Course(url, seed, kills, nodes=nodes, units=options.units, lease=options.lease, every=options.every)
        if options.chaos and server:
            course = replace(course, ways=CHAOS)
        try:
            with bench(course, folder) as running:
                run = running.run()
                outcome = asdict(replace(run, kills=Counter())) | {"kills": dict(run.kills)}
            if run.verdict.broken:
                shutil.copytree(folder, options.state / f"broken-{options.database}-{seed}", dirs_exist_ok=True)
        except AssertionError as error:
            shutil.copytree(folder, options.state / f"failed-{options.database}-{seed}", dirs_exist_ok=True)
            outcome = {"seed": seed, "kills": {"SIGKILL": kills}, "in_flight": 0, "takeovers": [], "seconds": 0.0}
            outcome["verdict"] = {"broken": [f"the round was not finished: {str(error)[:300]}"]}
    shutil.rmtree(folder, ignore_errors=True)
    return {"database": options.database + ", chaos" * options.chaos, "nodes": nodes, "units": options.units, **outcome}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nodes", type=int, default=2, help="on PostgreSQL; SQLite has one")
    parser.add_argument("--units", type=int, default=12, help="reminders that fall due before each kill")
    parser.add_argument("--lease", type=float, default=Office.lease.total_seconds(), help="seconds; the product's own")
    parser.add_argument("--chaos", action="store_true", help="PostgreSQL: kill, stop, end and cut off in turn")
    parser.add_argument("--every", type=float, default=0.0, help="seconds between two faults; 0: where it hurts most")
    parser.add_argument("--round", type=int, default=50, help="kills on one database before it is judged")
    parser.add_argument("--state", type=Path, default=Path("data/soak"))
    parser.add_argument("--report", type=Path, default=Path("data/soak/kills.md"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
