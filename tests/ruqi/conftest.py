"""The command line called as a person would call it: in an empty folder, without a setting of the machine around."""

import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ruqi.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What came out: `out` is the result, `err` everything about it."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 - JSON is what it is
        return json.loads(self.out)


Ruqi = Callable[..., Said]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty working directory, no settings, and the log as it was before."""
    monkeypatch.chdir(tmp_path)
    for key in [key for key in os.environ if key.startswith("RUQI_")]:
        monkeypatch.delenv(key)
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]


@pytest.fixture
def ruqi() -> Ruqi:
    """Run a command; fails the test when the exit code is not `code`."""

    def run(*words: str, code: int = 0, **settings: str) -> Said:
        done = CliRunner().invoke(main, list(words), env=settings)
        said = Said(done.exit_code, done.stdout, done.stderr)
        assert said.code == code, f"ruqi {' '.join(words)} ended with {said.code}\n{said.out}\n{said.err}"
        return said

    return run


@pytest.fixture
def staffed(ruqi: Ruqi) -> Ruqi:
    """With the sample's units and people in the database."""
    ruqi("roster", "import", "sample-roster")
    return ruqi


@pytest.fixture
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A roster file with two units, so that playing is quick; it lies outside the test's own folder."""
    people = "officers: [{name: 张三}, {name: 李四, role: head}]"
    units = f"  - {{name: 司法局, {people}}}\n  - {{name: 甲局, categories: [执法部门], {people}}}\n"
    path = tmp_path_factory.mktemp("roster") / "few.yaml"
    path.write_text(f"ruqi_roster: 1\ntitle: 名册\nunits:\n{units}", encoding="utf-8")
    return str(path)
