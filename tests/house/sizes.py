"""How long files and functions are. `make sizes` lists what is above the budget; the test refuses what has no reason.

A function is counted without its docstring: explaining is not length.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.rooms import ROOMS, ROOT, name, sources, tree

LIST = ROOT / "tests" / "house" / "sizes.toml"


@dataclass(frozen=True, slots=True)
class Size:
    """`what` is ``storage/engine.py`` for a file and ``storage/engine.py::open_store`` for a function."""

    what: str
    lines: int

    @property
    def is_function(self) -> bool:
        return "::" in self.what


@dataclass(frozen=True, slots=True)
class Budget:
    """How long something may be before somebody asks why."""

    file: int
    function: int

    def exceeded_by(self, size: Size) -> bool:
        return size.lines > (self.function if size.is_function else self.file)


def read_budget(path: Path = LIST) -> tuple[Budget, Budget, dict[str, str]]:
    """What is worth a question, what is refused, and the accepted reasons by name."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Budget(**data["ask"]), Budget(**data["refuse"]), data.get("reasons", {})


def measure() -> Iterator[Size]:
    """Every file and function of the rooms and the tests."""
    for path in sources(*ROOMS, "tests"):
        yield Size(name(path), len(path.read_text(encoding="utf-8").splitlines()))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Size(f"{name(path)}::{node.name}", function_lines(node))


def function_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node, clean=False) else node.body
    last = node.body[-1].end_lineno or node.lineno
    return last - body[0].lineno + 1 if body else 1


def main() -> None:
    ask, _, reasons = read_budget()
    for size in sorted(measure(), key=lambda size: -size.lines):
        if ask.exceeded_by(size):
            print(f"{size.lines:5}  {size.what}  {reasons.get(size.what, '')}")


if __name__ == "__main__":
    main()
