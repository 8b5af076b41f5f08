"""Backups made while an office is hard at work, each brought back elsewhere and audited.

Usage: .venv/bin/python -m tests.soak.backups [MANY]   (a hundred on SQLite and on PostgreSQL without a number)
"""

import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
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


def _main(many: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _say("SQLite", f"sqlite:///{folder}/ruqi.db", Path(folder), many)
    programs = postgres.find_programs()
    if programs is None:
        return
    with (
        postgres.temporary_server(programs) as url,
        postgres.temporary_database(url) as database,
        tempfile.TemporaryDirectory() as folder,
    ):
        _say("PostgreSQL", database, Path(folder), many)


def _say(name: str, url: str, folder: Path, many: int) -> None:
    world = world_on(url, folder / "evidence")
    report = soak(world, folder, many=many)
    world.office.store.close()
    times = [max(found, default=0.0) for found in (report.backup_times, report.restore_times)]
    sys.stdout.write(
        f"{name}: {report.restored} of {report.made} restored and audited, {report.written} transactions meanwhile, "
        f"slowest backup {times[0]:.2f} s, slowest restore {times[1]:.2f} s, problems: {report.problems or 'none'}\n"
    )


if __name__ == "__main__":
    _main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
