"""The locks pin every package by hash, name no address, and what runs is what was tested."""

import re
from pathlib import Path

import pytest

from tests.house.rooms import ROOT

RUN = ROOT / "requirements.lock"
CHATS = ROOT / "requirements-chats.lock"
CALDAV = ROOT / "requirements-caldav.lock"
DEV = ROOT / "requirements-dev.lock"
PIN = re.compile(r"^(?P<package>[a-z0-9][a-z0-9.-]*)(\[[a-z,-]+\])?==(?P<version>\S+)", re.MULTILINE)


def pins(path: Path) -> set[tuple[str, str]]:
    return {(pin["package"], pin["version"]) for pin in PIN.finditer(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", [RUN, CHATS, CALDAV, DEV], ids=lambda path: path.name)
def test_lock_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "//" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("lock", [RUN, CHATS, CALDAV, DEV], ids=lambda path: path.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    pinned = [block for block in blocks if not block.startswith("#")]
    assert len(pinned) == len(pins(lock)) > 0
    assert [block.partition(" ")[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_what_runs_is_what_was_tested() -> None:
    assert pins(RUN) <= pins(CHATS) <= pins(DEV)
    assert pins(RUN) <= pins(CALDAV) <= pins(DEV)


def test_the_one_package_under_another_licence_is_taken_by_hand_only() -> None:
    """Radicale is GPL-3: `make caldav` brings it, and neither `make run` nor `make chats` does."""
    by_lock = {lock.name: "radicale" in dict(pins(lock)) for lock in (RUN, CHATS, CALDAV, DEV)}
    assert by_lock == {RUN.name: False, CHATS.name: False, CALDAV.name: True, DEV.name: True}


def test_no_lock_with_addresses_lies_around_in_git() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"uv.lock", "pylock.toml"} <= set(ignored)
