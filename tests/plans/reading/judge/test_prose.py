"""Long prose: every clause with a time is found once, and what only looks like a time is left alone."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from plans.reading import read_document, to_jsonl
from tests.plans.reading.judge.build import build
from tests.plans.reading.judge.labels import plain, written

PROSE = sorted((Path(__file__).parent / "prose").glob("*.yaml"))


def same(one: str, other: str) -> bool:
    """Whether two clauses are the same words, one perhaps a little longer."""
    return plain(one) in plain(other) or plain(other) in plain(one)


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.stem)
def test_finds_the_clauses_with_a_time_and_no_others(path: Path, tmp_path: Path) -> None:
    told = yaml.safe_load(path.read_text("utf-8"))
    printed = to_jsonl(read_document(build(told, tmp_path)))
    found = [clause for line in printed.splitlines() for clause in json.loads(line)["body"]]
    assert not _missed(told["duties"], found)
    assert not [one for one in told["none"].splitlines() if any(same(one, clause["quote"]) for clause in found)]


def _missed(duties: str, found: list[dict[str, Any]]) -> list[str]:
    missed = []
    for line in duties.splitlines():
        _, quote, due = line.split("|")
        said = due.partition(":")[0]
        if not any(same(quote, one["quote"]) and written(one["due"]) == said for one in found):
            missed.append(line)
    return missed
