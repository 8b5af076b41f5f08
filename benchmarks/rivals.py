"""Claiming as fast as PostgreSQL allows, against procrastinate on the same server: one process, nothing to do, in turn.

procrastinate is not ours: it is fetched into a folder of its own, and only when `--peers` is given.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.claims import NOW, carry, two_databases, waiting_row
from benchmarks.measure import Row, left_out
from storage import claims
from storage.engine import open_store
from storage.tables import delivery

JOBS, AT_ONCE, ROUNDS = 2_000, 100, 5
WHAT, REACH = "claim + re-read + record a second, against procrastinate", "≥ 20"
PEERS = "BENCH_PEERS"
THEIRS = """
import asyncio, json, logging, sys, time
import procrastinate
logging.disable(logging.CRITICAL)
app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=sys.argv[1]))
@app.task(name="remind")
async def remind(i): pass
async def main(n):
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for k in range(0, n, 500):
            await remind.batch_defer_async(*[{"i": i} for i in range(k, k + 500)])
        start = time.perf_counter()
        await app.run_worker_async(wait=False, concurrency=30, install_signal_handlers=False, listen_notify=False)
        print(json.dumps(n / (time.perf_counter() - start)))
asyncio.run(main(int(sys.argv[2])))
"""


def run() -> list[Row]:
    if PEERS not in os.environ:
        return [left_out(WHAT, REACH, "procrastinate is fetched only with --peers")]
    try:
        with tempfile.TemporaryDirectory() as folder:
            _fetch(Path(folder))
            pairs = [_pair(Path(folder)) for _ in range(ROUNDS)]
    except (ImportError, RuntimeError, subprocess.CalledProcessError) as error:
        return [left_out(WHAT, REACH, str(error))]
    ours, theirs = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    return [Row(WHAT, ours, theirs, "/s", REACH)]


def _fetch(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--target",
        str(folder),
        "procrastinate>=3",
        "psycopg[pool]",
    ]
    subprocess.run(command, check=True)  # noqa: S603 a fixed command


def _pair(folder: Path) -> tuple[float, float]:
    with two_databases() as (ours, theirs):
        return _ours(ours), _theirs(theirs, folder)


def _ours(url: str) -> float:
    store = open_store(url)
    store.create()
    with store.write() as tx:
        tx.execute(delivery.insert(), [waiting_row(NOW) for _ in range(JOBS)])
    start, done = time.perf_counter(), 0
    while done < JOBS:
        with store.write() as tx:
            lease = timedelta(minutes=1)
            claimed = claims.claim(tx, owner="a", now=NOW, lease=lease, limit=AT_ONCE, channels=("bench",))
        done += carry(store, claimed, lease)
    store.close()
    return JOBS / (time.perf_counter() - start)


def _theirs(url: str, folder: Path) -> float:
    script = [sys.executable, "-c", THEIRS, url.replace("+psycopg", ""), str(JOBS)]
    paths = os.pathsep.join((*filter(None, sys.path), str(folder)))
    done = subprocess.run(script, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": paths})  # noqa: S603 our own script
    return float(json.loads(done.stdout))
