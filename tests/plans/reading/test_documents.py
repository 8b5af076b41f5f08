"""Documents of many domains and layouts, our own, against the duties that a person finds in them."""

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from plans.reading.collect import collect
from plans.reading.output import as_dict
from plans.reading.pages import read_pages
from plans.reading.tidy import half, plain
from tests.plans.reading.build import BUILT

FOLDER = Path(__file__).parent / "documents"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".jsonl")
Duty: TypeAlias = dict[str, Any]


@pytest.fixture(params=[*FILES, *sorted(BUILT)])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A document of ours: a file, or one built for this test."""
    name: str = request.param
    if name not in BUILT:
        return FOLDER / name
    BUILT[name](tmp_path / name)
    return tmp_path / name


def test_every_duty_is_found_as_a_person_finds_it(document: Path) -> None:
    found = [as_dict(duty) for duty in collect(read_pages(document), document.stem).duties]
    for wanted in expected(document):
        match = next((duty for duty in found if starts(duty, wanted)), None)
        if match is None and wanted.get("optional"):
            continue
        assert match is not None, (
            f"missed {wanted['item']} {wanted['text_start']}: {[duty['text'][:20] for duty in found]}"
        )
        found.remove(match)
        assert {role: set(names) for role, names in match["roles"].items()} == {
            role: set(names) for role, names in wanted["roles"].items()
        }
        assert sorted(map(key, match["due"])) == sorted(map(key, wanted["due"]))
        assert match["ongoing"] == wanted["ongoing"]
    assert [duty["text"][:30] for duty in found] == []


def test_there_are_many_documents() -> None:
    assert len(FILES) + len(BUILT) >= 40


def expected(document: Path) -> list[Duty]:
    lines = (FOLDER / f"{document.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def starts(found: Duty, wanted: Duty) -> bool:
    text = letters(found["text"])
    return any(text.startswith(letters(start)) for start in (wanted["text_start"], *wanted.get("text_alt", ())))


def letters(text: str) -> str:
    return "".join(c for c in half(plain(text)).lstrip("0123456789.") if c.isalnum())


def key(due: Duty) -> str:
    """A timing without what is the same either way: how an event is worded, and a stage that nobody asked for."""
    left_out = {"stage", "month_end", "event"} | ({"min_count"} if due.get("min_count") == 1 else set())
    return json.dumps({name: value for name, value in due.items() if name not in left_out}, sort_keys=True)
