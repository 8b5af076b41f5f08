"""The locks pin every package by hash, name no address, and what runs is what was tested."""

import re
from pathlib import Path

import pytest

from tests.house.rooms import ROOT

RUN = ROOT / "requirements.lock"
CHATS = ROOT / "requirements-chats.lock"
DEV = ROOT / "requirements-dev.lock"
PIN = re.compile(r"^(?P<package>[a-z0-9][a-z0-9.-]*)(\[[a-z,-]+\])?==(?P<version>\S+)", re.MULTILINE)


def pins(path: Path) -> set[tuple[str, str]]:
    return {(pin["package"], pin["version"]) for pin in PIN.finditer(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", [RUN, CHATS, DEV], ids=lambda path: path.name)
def test_lock_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("lock", [RUN, CHATS, DEV], ids=lambda path: path.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    pinned = [block for block in blocks if not block.startswith("#")]
    assert len(pinned) == len(pins(lock)) > 0
    assert [block.partition(" ")[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_what_runs_is_what_was_tested() -> None:
    assert pins(RUN) <= pins(CHATS) <= pins(DEV)


def test_no_lock_with_addresses_lies_around_in_git() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"uv.lock", "pylock.toml"} <= set(ignored)
