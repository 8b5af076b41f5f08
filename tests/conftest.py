"""What every test may ask for: the shared documents, real databases, a browser; and what holds for all of them."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from storage import migrate
from storage.engine import open_store
from tests import compiled, postgres
from tests.outside import WALL
from tests.skips import AllowedSkip, read_allowed

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI") == "true"

# Shared machines stall at times, so no single example has a deadline; in CI the same examples come every time.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if IN_CI else "local")


def pytest_configure(config: pytest.Config) -> None:
    WALL.raise_up()
    compiled.share()
    config.stash[ALLOWED] = read_allowed(ROOT / "tests" / "skips.toml")


ALLOWED = pytest.StashKey[list[AllowedSkip]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Fail a test that called outside, also where the code under test swallowed the refusal."""
    WALL.take_offences()
    yield
    if offences := WALL.take_offences():
        pytest.fail("this test called outside this machine: " + "; ".join(offences), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI:
        refuse_unlisted_skip(report, item.config.stash[ALLOWED])
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI:
        refuse_unlisted_skip(report, collector.config.stash[ALLOWED])
    return report


def refuse_unlisted_skip(report: pytest.TestReport | pytest.CollectReport, allowed: list[AllowedSkip]) -> None:
    """Turn a skip that tests/skips.toml does not list into a failure. Expected failures are no skips."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    says = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not any(skip.covers(report.nodeid, says) for skip in allowed):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI without an entry in tests/skips.toml: {says}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference documents beside the repository: plans with their gold files, judges."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not beside this clone")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's browser, for playwright's `executable_path`; as root it needs ``--no-sandbox``."""
    program = Path("/usr/bin/chromium")
    if not program.exists():
        pytest.skip("chromium is not installed; `make test` as root installs it on Debian")
    return program


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real server of this test run, with its empty database `postgres`."""
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed; `make test` as root installs it on Debian")
    with postgres.temporary_server(programs) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """A fresh empty PostgreSQL database for one test, as a URL for SQLAlchemy."""
    with postgres.temporary_database(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh empty database on each engine in turn: a SQLite file, then PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ruqi.db'}"
    url: str = request.getfixturevalue("postgres_database")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database with this version's tables and no rows, on each engine in turn: SQLite, then PostgreSQL."""
    fixture: str = f"made_{request.param}"
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def made_sqlite(tables_file: Path, tmp_path: Path) -> str:
    """A SQLite file with our tables. Copied, not made: a tenth of the time."""
    return f"sqlite:///{shutil.copy(tables_file, tmp_path / 'ruqi.db')}"


@pytest.fixture
def made_postgres(postgres_url: str, postgres_tables: str) -> Iterator[str]:
    """A PostgreSQL database with our tables. Copied, not made: a quarter of the time."""
    with postgres.temporary_database(postgres_url, like=postgres_tables) as url:
        yield url


@pytest.fixture(scope="session")
def tables_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that others are copies of."""
    file = tmp_path_factory.mktemp("tables") / "ruqi.db"
    make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_tables(postgres_url: str) -> Iterator[str]:
    """The name of the PostgreSQL database that others are copies of. Nobody may stay connected to it."""
    with postgres.temporary_database(postgres_url) as url:
        make_tables(url)
        yield url.rpartition("/")[2]


def make_tables(url: str) -> None:
    store = open_store(url)
    migrate.upgrade(store)
    store.close()
