"""How long `ruqi run` takes until it is ready, and what memory it holds while nothing happens."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.measure import Row

RUNS = 3
PATIENCE = 60.0
IDLE = 5.0
START = "from ruqi.entry import main; main()"


def run() -> list[Row]:
    """The first start compiles; an installed program is compiled already."""
    _once()
    found = [_once() for _ in range(RUNS)]
    return [
        Row("ruqi run until /readyz says so", statistics.median(ready for ready, _, _ in found), 0, "s", "≤ 2"),
        Row("the same, in seconds of one core", statistics.median(core for _, core, _ in found), 0, "s", ""),
        Row("memory while idle (RSS)", statistics.median(held for _, _, held in found), 0, "MB", "≤ 130"),
    ]


def _once() -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        data = {"RUQI_DATA_DIR": folder, "RUQI_DATABASE_URL": f"sqlite:///{Path(folder) / 'ruqi.db'}"}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        said = kept | data | {"RUQI_PORT": str(port)}
        start = time.perf_counter()
        running = subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-c", START, "run"], env=said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _until_ready(port, running)
            ready, core = time.perf_counter() - start, core_of(running.pid)
            time.sleep(IDLE)
            return ready, core, _resident(running.pid)
        finally:
            running.terminate()
            running.wait(30)


def _until_ready(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                if answer.status == 200:  # noqa: PLR2004 - OK
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
    raise RuntimeError("ruqi run did not become ready")


def core_of(pid: int) -> float:
    """Seconds of processor time so far: fields 14 and 15 of proc(5)'s stat, counted behind the name in brackets."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
