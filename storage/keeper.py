"""What stands outside the database: the key that seals are made with, and a witness of the last seal.

Two small files beside each other, for this program's user only. Who can write into the database, but not here, can
neither make a seal nor take the last ones away unseen.
"""

import hashlib
import os
import re
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{64}")
_WITNESS = re.compile(r"(\d+) ([0-9a-f]{64}) (\d+) .*")


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal this machine made, and the first that was made with the key that lies here."""

    number: int
    code: str
    first: int = 1


class BadKey(Exception):
    """The file of the key holds none."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the key in `file` and the witness beside it."""

    file: Path

    @property
    def witness(self) -> Path:
        return self.file.with_suffix(".witness")

    def key(self) -> bytes | None:
        """None where no key lies here. Raises BadKey, OSError."""
        try:
            words = self.file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise BadKey(str(self.file)) from error
        if not _KEY.fullmatch(words):
            raise BadKey(str(self.file))
        return bytes.fromhex(words)

    def make_key(self) -> bytes:
        """A new key; where another process was faster, its key. Raises BadKey, OSError."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_anew(self.file, secrets.token_hex(32) + "\n", replace=False)
        found = self.key()
        if found is None:
            raise BadKey(str(self.file))
        return found

    def witnessed(self) -> Head | None:
        """The last seal that this machine made; None where it made none. Raises OSError."""
        try:
            found = _WITNESS.fullmatch(self.witness.read_text(encoding="ascii", errors="replace").strip())
        except FileNotFoundError:
            return None
        return Head(int(found[1]), found[2], int(found[3])) if found else None

    def bear_witness(self, head: Head, at: str) -> None:
        """Note the last seal. Raises OSError."""
        _write_anew(self.witness, f"{head.number} {head.code} {head.first} {at}\n", replace=True)

    def put_key_aside(self) -> None:
        """The key that lies here stays beside the next one, for whoever wants to check old seals. Raises OSError."""
        with suppress(FileNotFoundError):
            self.file.rename(self.file.with_suffix(".old"))

    def forget(self) -> None:
        """Bear witness of nothing any more: the database begins again without seals. Raises OSError."""
        self.witness.unlink(missing_ok=True)


def name_of(key: bytes) -> str:
    """By what a key is known without being told."""
    return hashlib.sha256(b"ruqi seal key " + key).hexdigest()[:16]


def _write_anew(place: Path, words: str, *, replace: bool) -> None:
    """Whole or not at all, readable for its owner only."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(name).replace(place)
        else:
            with suppress(FileExistsError):
                place.hardlink_to(name)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()
