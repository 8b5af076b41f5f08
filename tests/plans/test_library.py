"""The shipped plans: found by name, read without a problem, and still there in an installed wheel."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling import build

from plans import library
from plans.planfile import read_plan
from plans.planyaml import plan_to_yaml

ROOT = Path(__file__).parents[2]


def test_plans_and_rosters_are_told_apart() -> None:
    assert {"hongsibu-2023", "jinan-2022", "zhengzhou-2024", "national-2023", "three-duties"} <= set(library.names())
    assert library.SAMPLE_ROSTER in library.roster_names()
    assert not set(library.names()) & set(library.roster_names())


@pytest.mark.parametrize("name", library.names())
def test_a_shipped_plan_has_no_error_and_the_name_of_its_file(name: str) -> None:
    reading = library.load(name)
    assert [str(problem) for problem in reading.errors] == []
    assert reading.plan is not None
    assert reading.plan.key == name
    assert reading.plan.duties


@pytest.mark.parametrize("name", library.names())
def test_a_shipped_plan_survives_being_written_anew(name: str) -> None:
    plan = library.load(name).plan
    assert plan is not None
    assert read_plan(plan_to_yaml(plan)).plan == plan


@pytest.mark.parametrize("name", library.roster_names())
def test_a_shipped_roster_has_no_problem(name: str) -> None:
    reading = library.load_roster(name)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.roster is not None
    assert reading.roster.units


@pytest.mark.parametrize("name", ["hongsibu-2023", "hongsibu", "h", " Hongsibu "])
def test_a_clear_beginning_is_enough(name: str) -> None:
    assert library.find(name).name == "hongsibu-2023.yaml"


@pytest.mark.parametrize(
    ("name", "near"),
    [("hongsibo-2023", ("hongsibu-2023",)), ("zzz", ()), ("", ()), ("../plan", ()), ("sample-roster", ())],
)
def test_an_unknown_name_is_answered_with_the_near_one(name: str, near: tuple[str, ...]) -> None:
    with pytest.raises(library.NoSuchPlan) as refused:
        library.find(name)
    assert refused.value.near == near
    assert "hongsibu-2023" in str(refused.value)


def test_a_beginning_of_several_names_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "names", lambda: ("jinan-2022", "jinan-2024", "three-duties"))
    with pytest.raises(library.NoSuchPlan) as refused:
        library.find("jinan")
    assert refused.value.near == ("jinan-2022", "jinan-2024")


def test_a_path_is_read_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = library.find("three-duties").read_text(encoding="utf-8")
    (tmp_path / "我的方案.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "noending").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shipped = library.load("three-duties").plan
    for path in ("我的方案.yaml", str(tmp_path / "我的方案.yaml"), "noending"):
        assert library.load(path).plan == shipped
    assert [problem.key for problem in library.load("missing.yaml").problems] == ["no_file"]


def test_a_shipped_name_wins_over_a_file_of_the_same_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "three-duties").write_text("no plan", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert library.load("three-duties").ok


def test_the_wheel_carries_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / build.build_wheel(str(tmp_path))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = "from plans import library; print(library.load('hongsibu').plan.items, library.load_roster().roster.sample)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "43 True\n", done.stderr
