"""The file store: whole or not at all, once, under its hash."""

import hashlib
import os
from pathlib import Path

import pytest

from storage.files import FileStore


def test_bytes_come_back_and_lie_under_their_hash(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "evidence")
    digest = store.put(b"a paper")
    assert digest == hashlib.sha256(b"a paper").hexdigest()
    assert store.get(digest) == b"a paper"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [digest]


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    place = tmp_path / store.put(b"same")[:2] / hashlib.sha256(b"same").hexdigest()
    before = place.stat().st_ino
    store.put(b"same")
    assert place.stat().st_ino == before


def test_what_was_cut_short_is_written_again(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    digest = store.put(b"a whole paper")
    (tmp_path / digest[:2] / digest).write_bytes(b"a who")
    assert store.get(digest) is None
    store.put(b"a whole paper")
    assert store.get(digest) == b"a whole paper"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileStore(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"too much")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 63, "A" * 64])
def test_only_a_digest_leads_into_the_folder(tmp_path: Path, digest: str) -> None:
    assert FileStore(tmp_path).get(digest) is None
