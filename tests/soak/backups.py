"""Backups made while an office is hard at work, each brought back elsewhere and audited.

Usage: .venv/bin/python -m tests.soak.backups --database postgres --runs 100 --seed 1 --report FILE, or `make soak`.
The report has one line for each database and seed; a run writes its own and leaves the others alone.
"""

import argparse
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from storage import meta, timeline
from storage.engine import open_store
from storage.migrate import upgrade
from tests import postgres
from tests.usecases.audit import audit
from tests.usecases.kept import world_on
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, office_on
from tests.usecases.world import CHAT, World
from usecases import deliver
from usecases.backup import take_backup
from usecases.restore import restore_backup

WRITERS = 3
PLAN = a_plan(*(a_duty(str(n), by(f"2025-04-{n:02}"), roles=ENFORCERS) for n in range(1, 25)), key="load")


@dataclass(slots=True)
class Report:
    """`written` is how many transactions were committed meanwhile; times in seconds."""

    made: int = 0
    restored: int = 0
    written: int = 0
    backup_times: list[float] = field(default_factory=list)
    restore_times: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def soak(world: World, folder: Path, *, many: int, seed: int = 1) -> Report:
    """Make `many` backups under load and bring each back into a SQLite file of its own."""
    world.take(PLAN)
    report, over = Report(), threading.Event()
    threads = [threading.Thread(target=_work, args=(world, over, report, seed + n)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        for n in range(many):
            _one(world, folder, n, report)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return report


def _one(world: World, folder: Path, n: int, report: Report) -> None:
    moment = world.now + timedelta(seconds=n)
    before = report.written
    while report.written < before + WRITERS:  # the load is really on
        time.sleep(0.001)
    began = time.monotonic()
    made = take_backup(world.office, moment, folder / "soak", keep=2)
    report.made += 1
    report.backup_times.append(time.monotonic() - began)
    target = folder / "back" / f"{n}.db"
    target.parent.mkdir(exist_ok=True)
    began = time.monotonic()
    office = office_on(open_store(f"sqlite:///{target}"))
    try:
        restore_backup(office, moment, made.folder, replace=False)
        report.restore_times.append(time.monotonic() - began)
        assert upgrade(office.store) == "current"
        with office.read(moment) as desk:
            audit(desk)
            pairs = int(meta.get(desk.tx, "pairs") or 0)
            rows = timeline.count(desk.tx, "pair")
            assert pairs == rows, f"half a transaction: {pairs} against {rows}"
        report.restored += 1
    except Exception as error:  # noqa: BLE001 - whatever it is, the report shows it
        report.problems.append(f"backup {n}: {error}")
    finally:
        office.store.close()
        target.unlink(missing_ok=True)


def _work(world: World, over: threading.Event, report: Report, seed: int) -> None:
    """One worker: two rows in one transaction, acts of people, messages sent."""
    choose = random.Random(seed)
    deeds: list[Callable[[World], None]] = [_pair, _pair, _send]
    while not over.is_set():
        try:
            choose.choice(deeds)(world)
            report.written += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the report shows it
            report.problems.append(f"a writer: {type(error).__name__}: {error}")
            return


def _pair(world: World) -> None:
    with world.desk() as desk:
        if desk.office.store.dialect == "postgresql":
            desk.tx.execute(text("SELECT pg_advisory_xact_lock(1)"))
        meta.put(desk.tx, "pairs", str(int(meta.get(desk.tx, "pairs") or 0) + 1))
        timeline.add(desk.tx, at=desk.now, verb="pair", door="soak")


def _send(world: World) -> None:
    with world.desk() as desk:
        rows = deliver.claim(desk, owner=threading.current_thread().name, channels=[CHAT], limit=2)
    for row in rows:
        world.carry(row)


HEAD = """# Backups under load, each brought back

Three writers commit as fast as they can (pairs of rows in one transaction, claims and sends) while backups are made
one after the other. Each is brought back into a SQLite file of its own, checked page by page, and audited:
conservation of reminders, and no half transaction (the counter and the counted rows agree). The short form, four on
each database, is a test: `tests/usecases/test_backup.py::test_backups_made_under_load_are_all_restorable`.
Two cores, shared with other work. Times: median / longest.

| command | versions | sound | transactions meanwhile | backup | restore | problems |
|---|---|---|---|---|---|---|
"""


def main() -> None:
    options = _options()
    with _database(options.database) as (url, folder):
        world = world_on(url, folder / "evidence")
        version = _version(world)
        report = soak(world, folder, many=options.runs, seed=options.seed)
        world.office.store.close()
    command = (
        f"`python -m tests.soak.backups --database {options.database} --runs {options.runs} --seed {options.seed}`"
    )
    line = _line(report, command, f"{version}, Python {platform.python_version()}")
    sys.stdout.write(line)
    if options.report:
        _write(options.report, command, line)
    sys.exit(report.restored < options.runs or bool(report.problems))


@contextmanager
def _database(name: str) -> Iterator[tuple[str, Path]]:
    """The address of a fresh database, and a folder for what is made of it."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "sqlite":
            yield f"sqlite:///{folder}/ruqi.db", Path(folder)
            return
        programs = postgres.find_programs()
        assert programs, "no PostgreSQL server is installed"
        with postgres.temporary_server(programs) as url, postgres.temporary_database(url) as database:
            yield database, Path(folder)


def _version(world: World) -> str:
    if world.office.store.dialect == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with world.desk() as desk:
        return f"PostgreSQL {desk.tx.exec_driver_sql('SHOW server_version').scalar()}"


def _line(report: Report, command: str, versions: str) -> str:
    def times(found: list[float]) -> str:
        return f"{statistics.median(found or [0.0]):.2f} / {max(found, default=0.0):.2f} s"

    took = f"{times(report.backup_times)} | {times(report.restore_times)}"
    sound = f"{report.restored} of {report.made} | {report.written:,}"
    return f"| {command} | {versions} | {sound} | {took} | {' · '.join(report.problems) or 'none'} |\n"


def _write(path: Path, command: str, line: str) -> None:
    """Put the line into the report in place of an earlier one of the same command."""
    before = path.read_text(encoding="utf-8") if path.exists() else HEAD
    kept = [one for one in before.splitlines(keepends=True) if not one.startswith(f"| {command} |")]
    path.write_text("".join([*kept, line]), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.backups", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
