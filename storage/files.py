"""The file store: bytes under their SHA-256 in one folder. The name a file was given never reaches the disk.

A file appears whole or not at all: it is written beside its place, flushed to the disk, and renamed. The same bytes are
stored once, whoever sends them.
"""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of our own; it is made when the first file comes."""

    folder: Path

    def put(self, data: bytes) -> str:
        """Store the bytes and give their SHA-256. Raises OSError when the disk will not take them."""
        digest = hashlib.sha256(data).hexdigest()
        place = self._place(digest)
        if not (place.is_file() and place.stat().st_size == len(data)):
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(place, data)
        return digest

    def get(self, digest: str) -> bytes | None:
        """The bytes of that digest; None when they are not there, or are not what they were."""
        try:
            data = self._place(digest).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self.folder / digest[:2] / digest


def _write(place: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    """The new name itself must reach the disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
