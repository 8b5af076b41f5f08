"""The rooms are the ten of ARCHITECTURE.md, each says what it is for, and every tool looks at all of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import ROOMS, ROOT, name, pyproject, sources, tree

CLOCK_READER = "scheduler/clock.py"
ENVIRONMENT_READER = "ruqi/tongue.py"
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb"}


@pytest.mark.parametrize("room", ROOMS)
def test_room_says_in_one_sentence_what_it_is(room: str) -> None:
    docstring = ast.get_docstring(tree(ROOT / room / "__init__.py"))
    assert docstring
    assert docstring.endswith(".")
    assert "\n" not in docstring


def test_every_tool_knows_every_room() -> None:
    tool = pyproject()["tool"]
    rooms = set(ROOMS)
    assert set(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == rooms
    assert set(tool["importlinter"]["root_packages"]) == rooms
    assert set(tool["ruff"]["lint"]["isort"]["known-first-party"]) == rooms
    assert set(tool["mypy"]["packages"]) >= rooms | {"tests"}


def test_no_room_beside_the_ten() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "benchmarks"} == set(ROOMS)


def test_only_one_file_reads_the_clock() -> None:
    assert {name(path) for path in sources(*ROOMS) if CLOCKS & set(attributes(path))} <= {CLOCK_READER}


def test_only_one_file_reads_the_environment() -> None:
    assert {name(path) for path in sources(*ROOMS) if ENVIRONMENT & set(attributes(path))} <= {ENVIRONMENT_READER}


def attributes(path: Path) -> Iterator[str]:
    """Every attribute taken, by its last two names: ``datetime.now`` for ``datetime.datetime.now`` too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            match node.value:
                case ast.Name(id=owner) | ast.Attribute(attr=owner):
                    yield f"{owner}.{node.attr}"


def test_attributes_are_seen_in_both_spellings(tmp_path: Path) -> None:
    path = tmp_path / "clock.py"
    path.write_text("import datetime as d\nd.datetime.now()\ndate.today()\n", encoding="utf-8")
    assert {"datetime.now", "date.today"} <= set(attributes(path))
