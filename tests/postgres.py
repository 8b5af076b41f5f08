"""A throw-away PostgreSQL for the tests: real, on a free loopback port, stopped even when the tests die by kill -9."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

# Safe only because the data may die with the machine; and nothing is swept, compiled or shipped for a database that
# lives for seconds.
FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("autovacuum=off", "jit=off", "wal_level=minimal", "max_wal_senders=0"),
)
START_LIMIT = 30.0  # seconds
TRIES = 3


class ServerUnusable(Exception):
    """PostgreSQL is installed but did not start."""


def find_programs() -> Path | None:
    """The folder of the newest installed server's programs: Debian's own place first, then PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """Run a server and give its URL, ``postgresql+psycopg://ruqi@127.0.0.1:PORT/postgres``; then delete it."""
    folder = Path(tempfile.mkdtemp(prefix="ruqi-pg-"))
    try:
        _make_cluster(programs, folder)
        process, port = _start(programs, folder)
        try:
            yield f"postgresql+psycopg://ruqi@127.0.0.1:{port}/postgres"
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_database(server_url: str, like: str = "template0") -> Iterator[str]:
    """A fresh copy of the database `like`, empty if not given; dropped after, whoever is still connected."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(plain(server_url), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))
        try:
            yield server_url.rpartition("/")[0] + "/" + name
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def plain(url: str) -> str:
    """The same address as psycopg itself reads it: without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _make_cluster(programs: Path, folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        folder / "data",
        "-U",
        "ruqi",
        "--auth=trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    done = subprocess.run(command, **_as_server_user(folder), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerUnusable(done.stderr)


def _start(programs: Path, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(TRIES):  # another program may take the port between our look and the server's start
        port = _free_port()
        process = _spawn(programs, folder, port)
        if _answers(process, port):
            return process, port
        _stop(process)
    raise ServerUnusable((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])


def _spawn(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [*_dying_with_us(), programs / "postgres", "-D", folder / "data"]
    for option in (f"port={port}", f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", *FAST):
        command += ["-c", option]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, **_as_server_user(folder))


def _as_server_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends it the user that Debian made for it."""
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    return {"cwd": folder, "env": os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}, **user}


def _dying_with_us() -> list[str]:
    """The words before a command that stop it when this process is killed; Linux only."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig=QUIT"] if setpriv else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(f"postgresql://ruqi@127.0.0.1:{port}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)  # PostgreSQL's word for: at once, the data is not wanted any more
    process.wait(timeout=START_LIMIT)
