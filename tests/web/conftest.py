"""The sample office, filled once for the whole run and copied for each test that wants to change it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from plans import library
from ruqi.serve import converse
from storage.engine import open_store
from storage.files import FileStore
from tests.web.browsing import QUIET, serving
from tests.web.staffed import Office, Staffed, build
from tests.web.world import World
from usecases.import_plan import import_plan

MakeWorld = Callable[..., World]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample roster and the three sample duties, seven weeks after they were imported."""
    path = tmp_path_factory.mktemp("web") / "filled.db"
    store = open_store(f"sqlite:///{path}")
    store.create()
    world = World(store, converse)
    world.fill("three-duties")
    store.close()
    return path


@pytest.fixture
def make_world(filled: Path, tmp_path: Path) -> Iterator[MakeWorld]:
    """A copy of the sample office; keywords are those of World."""
    with ExitStack() as closing:

        def make(**options: object) -> World:
            path = tmp_path / "ruqi.db"
            shutil.copy(filled, path)
            store = open_store(f"sqlite:///{path}")
            closing.callback(store.close)
            world = World(store, converse, files=FileStore(tmp_path / "evidence"), **options)  # type: ignore[arg-type] # passed on as they came
            world.move_at_once("2026-12-02")
            return world

        yield make


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """An office with every role in three units; a copy of it is an `office`."""
    return build(tmp_path_factory.mktemp("staffed") / "template.db")


@pytest.fixture
def office(staffed: Staffed, tmp_path: Path) -> Iterator[Office]:
    opened = staffed.open(tmp_path / "office.db")
    yield opened
    opened.close()


@pytest.fixture
def verified(world: World) -> World:
    """The same plan with verification by the bureau."""
    plan = library.load("three-duties").plan
    assert plan
    with world.office.write(world.clock.now()) as desk:
        import_plan(desk, replace(plan, verification="bureau"))
    return world


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """2026-12-02, a Wednesday: 年度案卷评查 is overdue since Monday, 年度集中宣誓 falls due on Friday."""
    return make_world()


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Chromium]:
    """One for a module and no longer: while it runs, its library's loop runs in this thread, and no other may."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET, timeout=180_000)
        yield started
        started.close()


@pytest.fixture
def served(make_world: MakeWorld) -> Iterator[World]:
    """The sample office behind a real server."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{sock.getsockname()[1]}"
        with serving(make_world(base_url=address, movable=True), sock) as world:
            yield world
