"""The five real documents: scored against their hand labels, and looked at where there are none."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plans.reading import Reading, read_document, to_jsonl

NAMES = ("hongsibu-2023", "jinan-2022", "zhengzhou-2024", "national-timetable-2023", "model-essays")


@pytest.fixture(scope="module")
def readings(shared: Path) -> dict[str, Reading]:
    return {name: read_document(shared / "plans" / f"{name}.txt") for name in NAMES}


@pytest.fixture(scope="module")
def scores(shared: Path, readings: dict[str, Reading], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("read")
    for name, reading in readings.items():
        (folder / f"{name}.jsonl").write_text(to_jsonl(reading), encoding="utf-8")
    out = folder / "scores.json"
    plans = shared / "plans"
    subprocess.run([sys.executable, plans / "score.py", plans / "gold", folder, "--json", out], check=True)
    scored: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["documents"]
    return scored


@pytest.mark.parametrize("name", ["hongsibu-2023", "jinan-2022"])
def test_numbered_plan(scores: dict[str, Any], name: str) -> None:
    score = scores[name]
    assert score["hit"] == score["gold"] == score["pred"]
    assert min(score["due"], score["roles"], score["ongoing"]) >= 0.99


def test_prose(scores: dict[str, Any]) -> None:
    score = scores["zhengzhou-2024"]
    assert score["hit"] >= 15
    assert score["due_ok"] >= 15
    assert score["on_negative"] == 0


def test_the_timetable_gives_its_dates_and_no_page_clutter(readings: dict[str, Reading]) -> None:
    reading = readings["national-timetable-2023"]
    dates = sorted(str(said.timing.day) for duty in reading.duties for said in duty.body)  # type: ignore[union-attr] # all are dates
    assert dates == sorted(
        ["2025-12-31"] * 2 + ["2024-06-30"] + ["2023-12-31"] * 3 + ["2024-12-31"] * 3,
    )


def test_the_essays_give_only_what_has_a_time(readings: dict[str, Reading]) -> None:
    reading = readings["model-essays"]
    assert all(duty.body for duty in reading.duties)
    assert {duty.item for duty in reading.duties} <= {"2", "8", "10", "12", "15", "21", "22", "23"}
