"""The seeded bugs still fit the code, and a few of them are tried in every run; all of them in `make soak`."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutants.__main__ import ROOT, caught
from tests.mutants.catalogue import MUTANTS, Mutant

TRIED = ("a process that slept sends all the same", "nothing is ever given up")


def test_there_are_at_least_thirty() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 30


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_bug_has_its_place_in_the_code(mutant: Mutant) -> None:
    """Whoever changes such a line moves the bug along with it."""
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    for name in mutant.tests.split():
        assert Path(ROOT, name).is_file()


@pytest.mark.parametrize("name", TRIED)
def test_it_is_caught(name: str) -> None:
    (mutant,) = (one for one in MUTANTS if one.name == name)
    assert caught(mutant) == "caught"


def test_without_a_bug_the_same_tests_pass() -> None:
    """Else whatever the copy of the tree lacks would pass for a bug that is caught."""
    (mutant,) = (one for one in MUTANTS if one.name == TRIED[0])
    assert caught(replace(mutant, new=mutant.old)) == "survived"
