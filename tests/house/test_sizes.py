"""Long files and functions have a reason, and reasons are dropped when they are no longer needed."""

import ast

import pytest

from tests.house.sizes import Budget, Size, function_lines, measure, read_budget


def test_nothing_is_too_long_without_a_reason() -> None:
    _, refuse, reasons = read_budget()
    long = [f"{size.what} ({size.lines})" for size in measure() if refuse.exceeded_by(size)]
    assert [entry for entry in long if entry.partition(" ")[0] not in reasons] == []


def test_every_reason_is_needed_and_given() -> None:
    ask, _, reasons = read_budget()
    needed = {size.what for size in measure() if ask.exceeded_by(size)}
    assert set(reasons) <= needed
    assert all(reason.strip() for reason in reasons.values())


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f():\n    return 1", 1),
        ('def f():\n    """Says."""\n    a = 1\n    return a', 2),
        ('def f():\n    """Only says."""', 1),
        ("async def f(a,\n            b):\n    return (a,\n            b)", 2),
    ],
)
def test_function_is_counted_without_its_head_and_docstring(source: str, lines: int) -> None:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    assert function_lines(node) == lines


def test_budget_tells_files_from_functions() -> None:
    budget = Budget(file=10, function=2)
    assert budget.exceeded_by(Size("a.py::f", 3))
    assert not budget.exceeded_by(Size("a.py", 3))
