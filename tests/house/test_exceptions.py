"""Nothing is switched off in silence: every exception to a rule names the rule and carries its reason beside it."""

import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house.rooms import ROOMS, ROOT, name, sources

SWITCH = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|nosec|pylint:|mypy:|ruff:|fmt:)", re.IGNORECASE)
EXPLAINED = (
    re.compile(r"# noqa: ?[A-Z]+\d+(, ?[A-Z]+\d+)*[ ,;:–—#-]+\w.*"),
    re.compile(r"# type: ignore\[[a-z, -]+\]\s*#\s*\w.*"),
)


def unexplained(source: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        switch = token.type == tokenize.COMMENT and SWITCH.match(token.string)
        if switch and not any(form.fullmatch(token.string) for form in EXPLAINED):
            yield f"line {token.start[0]}: {token.string}"


@pytest.mark.parametrize("folder", [*ROOMS, "tests"])
def test_every_exception_in_the_code_says_why(folder: str) -> None:
    found = {name(path): list(unexplained(path.read_text(encoding="utf-8"))) for path in sources(folder)}
    assert {where: lines for where, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("comment", "accepted"),
    [
        ("# noqa: BLE001 one bad row must not stop the queue", True),
        ("# noqa: BLE001, S110 - a goodbye may fail", True),
        ("# type: ignore[import-untyped]  # no stubs are published", True),
        ("# a plain remark", True),
        ("# noqa", False),
        ("# noqa: BLE001", False),
        ("# type: ignore  # no code", False),
        ("# type: ignore[arg-type]", False),
        ("# ruff: noqa", False),
        ("# fmt: off", False),
    ],
)
def test_what_counts_as_explained(comment: str, *, accepted: bool) -> None:
    assert (not list(unexplained(f"x = 1  {comment}\n"))) is accepted


def test_every_rule_that_is_off_says_why() -> None:
    """In pyproject a rule has its reason on its line, or stands in the group under a line that says it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.isort]")]
    explained = False
    for line in (line.strip() for line in lint.splitlines()):
        if line.startswith("#"):
            explained = True
        elif re.match(r'"[A-Z]+\d*",', line):
            assert explained or "#" in line, f"{line} is off without a reason"
        else:
            explained = False
