"""Has a file read by a child process with limits, so that no file can hurt or swell the process that asked."""

import json
import subprocess
import sys
from pathlib import Path

from plans.reading import limits
from plans.reading.errors import KINDS, CannotRead, Damaged, TookTooLong
from plans.reading.sniff import kind_of_file
from plans.reading.values import Reading
from plans.reading.wire import unpack

_ROOT = Path(__file__).resolve().parents[2]


def read_document(path: Path, name: str = "") -> Reading:
    """The duties of a document. `name` is its own name where `path` is not: its year counts when it has no other.

    Raises a `CannotRead` that says what is the matter and what to do about it.
    """
    kind_of_file(path)
    said = json.loads(_ask(path.resolve(), name or path.stem))
    if "error" in said:
        raise KINDS.get(said["error"], CannotRead)
    return unpack(said["reading"])


def _ask(path: Path, name: str) -> bytes:
    command = [sys.executable, "-X", "utf8", "-m", "plans.reading.child", str(path), name.replace("\0", "")[:200]]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the path is an argument, no shell reads it
            command, capture_output=True, timeout=limits.CHILD_WALL_SECONDS, cwd=_ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    if done.returncode < 0:
        raise TookTooLong
    if done.returncode or not done.stdout or len(done.stdout) > limits.MOST_ANSWER:
        raise Damaged
    return done.stdout
