"""Ten thousand inputs for the readers; a million run in the soak. And the harness itself sees what it has to see."""

import time

import pytest

from tests.fuzz import running
from tests.fuzz.mutate import Maker
from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS, Target

RUNS = 10_000


def test_no_input_brings_a_reader_down() -> None:
    report = run(RUNS, seed=1)
    assert report.faults == []
    assert report.runs.keys() == {target.name for target in TARGETS}
    assert report.runs.total() == RUNS


def test_the_shares_are_a_hundred_and_the_same_number_is_the_same_input() -> None:
    assert sum(target.share for target in TARGETS) == 100
    assert Maker(7).text(["办12", "收12"]) == Maker(7).text(["办12", "收12"])
    assert len({Maker(n).text(["办12 文号〔2026〕1号"]) for n in range(200)}) > 150


def test_errors_and_long_thinking_are_faults_and_refusals_are_not() -> None:
    def refuse(_: Maker) -> None:
        raise ValueError

    def break_down(_: Maker) -> None:
        raise ZeroDivisionError

    targets = {t.name: t for t in (Target("a", 1, refuse, (ValueError,)), Target("b", 1, break_down))}
    report = run(40, 1, targets)
    assert report.refused["a"] == report.runs["a"] > 0
    assert len(report.faults) == report.runs["b"] > 0
    assert "ZeroDivisionError" in report.faults[0]


def test_what_takes_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def think(_: Maker) -> None:
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass

    monkeypatch.setattr(running, "SLOW", 0.01)
    report = run(1, 1, {"c": Target("c", 1, think)})
    assert "s of CPU" in report.faults[0]
