"""Worlds whose database is migrated and stays: for backups, upgrades, and whatever reads the schema itself."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from storage.engine import Store, open_store
from storage.files import FileStore
from storage.migrate import upgrade
from tests.storage.stores import hurry
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World


def quick_store(url: str) -> Store:
    """A migrated database; a file of SQLite's need not survive a power cut here."""
    opened = open_store(url)
    if opened.dialect == "sqlite":
        event.listen(opened.engine, "connect", hurry)
    upgrade(opened)
    return opened


def world_on(url: str, files: Path, at: str = "2025-03-03 09:00") -> World:
    made = World(quick_store(url), at)
    made.office = replace(made.office, files=FileStore(files))
    return made


PLAN = a_plan(
    a_duty("1", by("2025-03-10"), by("2025-03-20")),
    a_duty("2", by("2025-03-12"), by("2025-04-30"), roles=ENFORCERS),
    verification="bureau",
)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    made = world_on(database_url, tmp_path / "evidence")
    made.take(PLAN)
    yield made
    made.check()
    made.office.store.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """SQLite only, for what does not depend on the database."""
    made = world_on(f"sqlite:///{tmp_path / 'ruqi.db'}", tmp_path / "evidence")
    yield made
    made.office.store.close()
