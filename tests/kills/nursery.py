"""Where nodes come from: one process that has imported everything and forks a node whenever it is asked.

Run as a program: it reads one JSON line per node on standard input and answers with the node's process id. It has no
threads and no connections, so what it forks is as good as new.
"""

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
from httpx._transports import default

from tests.kills import node, points
from tests.kills.node import Life

ROOT = Path(__file__).parents[2]


class Nursery:
    """`born` gives a running node; signals are sent to its process id by whoever wants it dead."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path) -> None:
        self._process = process
        self._log = log

    def born(self, life: Life, **more: str) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"life": asdict(life), "log": str(self._log), **more}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def nursery(log: Path) -> Iterator[Nursery]:
    """A nursery; when it closes, everything it bore is dead."""
    command = [sys.executable, "-m", "tests.kills.nursery"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        try:
            yield Nursery(process, log)
        finally:
            assert process.stdin
            process.stdin.close()


def main() -> None:
    born: set[int] = set()
    trusted = httpx.create_ssl_context()
    # Reading the authorities is half of a node's birth. (B010: the name is none that httpx exports.)
    setattr(default, "create_ssl_context", lambda *_, **__: trusted)  # noqa: B010 - see above
    gc.freeze()

    def bury(*_: object) -> None:
        for pid in list(born):
            if os.waitpid(pid, os.WNOHANG)[0]:
                born.discard(pid)

    signal.signal(signal.SIGCHLD, bury)
    for line in sys.stdin:
        asked = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
            if "point" in asked:
                points.arm(asked["point"], asked["how"], Path(asked["mark"]))
            node.live(Life(**asked["life"]), asked["log"])
        born.add(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pid in born:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
