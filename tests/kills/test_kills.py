"""The short form: forty kills on each database, two nodes on PostgreSQL. The long form is `make soak`."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.bench import Course, bench

SHM = Path("/dev/shm")  # noqa: S108 - a fresh folder of our own is made in it
KILLS = 40


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory, where there is room: a kill leaves the same behind there, and nobody waits for the disk."""
    made = Path(tempfile.mkdtemp(prefix="ruqi-kills-", dir=SHM if SHM.is_dir() else None))
    yield made
    shutil.rmtree(made)


def check(course: Course, folder: Path) -> None:
    with bench(course, folder) as running:
        outcome = running.run()
    assert outcome.verdict.broken == [], outcome
    assert outcome.kills.total() == course.kills
    assert outcome.verdict.reminders >= course.kills * course.units
    assert outcome.verdict.copies <= outcome.verdict.ambiguous
    assert len(outcome.takeovers) == outcome.in_flight, "each claim of the killed was another's in the end"


@pytest.mark.timeout(900)
def test_forty_kills_on_sqlite(folder: Path) -> None:
    check(Course(f"sqlite:///{folder / 'ruqi.db'}", seed=20261128, kills=KILLS, units=5), folder)


@pytest.mark.timeout(900)
def test_forty_kills_of_two_nodes_on_postgres(folder: Path, postgres_database: str) -> None:
    check(Course(postgres_database, seed=20261129, kills=KILLS, nodes=2, units=5), folder)


def test_a_sound_messenger_and_an_orderly_end_make_no_copies(folder: Path) -> None:
    """Nothing was ambiguous: every message is seen once, and none says that it may be a repeat."""
    course = Course(f"sqlite:///{folder / 'ruqi.db'}", seed=3, kills=4, units=6, faulty=0.0, ways=("SIGTERM",))
    with bench(course, folder) as running:
        verdict = running.run().verdict
    assert verdict.broken == []
    assert (verdict.copies, verdict.marked, verdict.ambiguous) == (0, 0, 0)
